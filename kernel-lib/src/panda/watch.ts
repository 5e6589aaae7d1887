import type { Layer } from '../training/network';
import type { LayerOutput } from '../wasm/engine';
import type { Warning } from './format';

/** Something to tell the one who babysits. */
export interface Finding {
  warning: Warning;
  message: string;
  layer?: number;
}

/** Weight of the past in the smoothed loss, and the steps before it says anything. */
const DECAY = 0.98;
const WARM = 50;
/** A smoothed loss this many times the lowest one is diverging; back below the second, it may be said again. */
const DIVERGING = 2;
const CALM = 1.2;
/** And by this share of where the loss began: near 0 its noise doubles it without meaning anything. */
const RISE = 0.1;
/** Epochs without a gain of this share make a plateau. */
const PATIENCE = 5;
const GAIN = 0.01;
/** Looks at the activations in an epoch, and the share of units that is worth a warning. */
export const LOOKS = 8;
const SHARE = 0.1;
/** Outputs of sigmoid and tanh this near to an end hardly pass a gradient; so many of a unit's make it saturated. */
const END = 0.02;
const MOSTLY = 0.9;

/** Keeps an eye on a run. What it says depends on the run's numbers alone, so that a replay says the same. */
export interface Watch {
  step(loss: number): Finding | undefined;
  /** Looks at what the layers gave for a mini-batch of `rows`. */
  look(outputs: readonly LayerOutput[], rows: number): void;
  epoch(loss: number): Finding[];
  /** After a change from outside, old findings may be said again. */
  forget(): void;
}

/** Which outputs of a layer pass no gradient; `undefined` where all do. The last layer's ends are its aim. */
function stuckTest(layer: Layer, last: boolean): ((a: number) => boolean) | undefined {
  if (layer.type === 'relu') {
    return a => a === 0;
  }
  if (last) {
    return undefined;
  }
  return layer.type === 'sigmoid'
    ? a => a < END || a > 1 - END
    : layer.type === 'tanh'
      ? a => Math.abs(a) > 1 - END
      : undefined;
}

export function createWatch(layers: readonly Layer[]): Watch {
  let smooth = 0;
  let weight = 0;
  let steps = 0;
  let lowest = Infinity;
  let calm = true;
  let first: number | undefined;
  let best = Infinity;
  let stale = 0;
  const watched = layers.flatMap((layer, index) => {
    const isStuck = stuckTest(layer, index === layers.length - 1);
    return isStuck ? [{ index, type: layer.type, isStuck }] : [];
  });
  /** For each watched layer: in how many looks each unit was stuck. */
  const counts = new Map<number, Uint16Array>();
  const told = new Map<number, number>();
  let looks = 0;

  function layerFindings(): Finding[] {
    const findings = watched.flatMap(({ index, type }) => {
      const stuck = (counts.get(index) ?? new Uint16Array()).filter(count => count === looks);
      const units = counts.get(index)?.length ?? 0;
      const before = told.get(index) ?? 0;
      // Said again only when as many more have joined: some units seldom answer, and are not dead.
      if (looks === 0 || stuck.length === 0 || stuck.length < before + SHARE * units) {
        return [];
      }
      told.set(index, stuck.length);
      const dead = type === 'relu';
      const what = dead
        ? `gave 0 for every example looked at; they learn nothing any more`
        : `are saturated: their slope is nearly 0`;
      const advice = dead
        ? "Try a smaller learning rate, batch norm, or initialization: 'he'."
        : 'Try batch norm in front, a smaller learning rate, or relu.';
      return [
        {
          warning: dead ? ('dead' as const) : ('saturated' as const),
          message: `${stuck.length} of ${units} units of layer ${index} (${type}) ${what}. ${advice}`,
          layer: index
        }
      ];
    });
    counts.forEach(array => array.fill(0));
    looks = 0;
    return findings;
  }

  function plateau(loss: number): Finding[] {
    if (loss < best * (1 - GAIN)) {
      best = loss;
      stale = 0;
      return [];
    }
    stale++;
    const message =
      `the training loss has gained less than ${GAIN * 100} % in ${PATIENCE} epochs (${loss.toPrecision(3)}). ` +
      'Try a smaller learning rate to settle, a larger one to leave, or stop.';
    return stale === PATIENCE ? [{ warning: 'plateau', message }] : [];
  }

  return {
    step(loss) {
      smooth = DECAY * smooth + (1 - DECAY) * loss;
      weight = DECAY * weight + (1 - DECAY);
      steps++;
      const average = smooth / weight;
      if (steps < WARM) {
        return undefined;
      }
      first ??= average;
      lowest = Math.min(lowest, average);
      if (average < CALM * lowest) {
        calm = true;
      } else if (calm && average > DIVERGING * lowest && average - lowest > RISE * first) {
        calm = false;
        const message =
          `the smoothed loss has risen from ${lowest.toPrecision(3)} to ${average.toPrecision(3)}. ` +
          'Roll back and try a smaller learning rate.';
        return { warning: 'diverging', message };
      }
      return undefined;
    },
    look(outputs, rows) {
      for (const { index, isStuck } of watched) {
        const { values, units } = outputs[index];
        const count = counts.get(index) ?? new Uint16Array(units);
        counts.set(index, count);
        const enough = layers[index].type === 'relu' ? rows : MOSTLY * rows;
        for (let j = 0; j < units; j++) {
          let stuck = 0;
          for (let r = 0; r < rows; r++) {
            stuck += isStuck(values[r * units + j]) ? 1 : 0;
          }
          count[j] += stuck >= enough ? 1 : 0;
        }
      }
      looks++;
    },
    epoch(loss) {
      return [...layerFindings(), ...plateau(loss)];
    },
    forget() {
      [smooth, weight, steps, lowest, calm] = [0, 0, 0, Infinity, true];
      [best, stale] = [Infinity, 0];
      told.clear();
      counts.clear();
      looks = 0;
    }
  };
}
