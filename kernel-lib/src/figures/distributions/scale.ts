import { knownOptions, rangeError, show } from '../../errors';
import { count } from '../../numeric/options';
import { checkSeed, createRng } from '../../numeric/rng';
import type { Axis } from '../../scales/axis';
import type { Scale } from '../../scales/scale';
import type { Figure } from '../figure';
import { sceneFigure } from '../scene/store';
import { formatNumber } from '../text';
import { decadesOf, type Decade } from './decades';
import { decadesPanel, type DecadeSamples } from './decadesPanel';
import { histogram } from './histogram';
import { writtenShare } from './written';

/** Options of `figures.scale`. */
export interface ScaleOptions {
  /** The axis: `'own'`, on which the scale samples evenly, `'linear'`, or both side by side. Default: `'both'`. */
  on?: 'own' | 'linear' | 'both';
  /** Name of the hyperparameter. Default: `'value'`. */
  label?: string;
  /** How many samples are drawn, a whole number from 1 to 1,000,000. Default: `10000`. */
  samples?: number;
  /** Seed of the samples. Default: `0`. */
  seed?: number;
}

/**
 * What a scale samples, on a linear axis and on its own: histograms with a colour for each decade, and above each its
 * share of the samples. A linear scale puts nine tenths of the learning rates between 0.0001 and 1 into the decade from
 * 0.1; a log scale a quarter into each. Near 1 the decades are those of 1 - value. A linear scale over several decades
 * is also shown on the axis of the decades; a scale without decades on its own axis alone.
 *
 * @throws RangeError if `scale` is none, or an option is unknown or out of its domain.
 * @example
 * await show(figures.scale(scales.linear(1e-4, 1), { label: 'learning rate' }));
 * await show(figures.scale(scales.log(1e-4, 1), { label: 'learning rate' }));
 * @see lecture, "Using an appropriate scale to pick hyperparameters".
 */
export function scale<T>(of: Scale<T>, options: ScaleOptions = {}): Figure {
  const where = 'figures.scale';
  knownOptions(where, options, ['on', 'label', 'samples', 'seed']);
  if (typeof of?.fromUnit !== 'function') {
    throw rangeError(
      where,
      'the first argument must be a scale from `scales.*`',
      show(of),
      'Pass for example scales.log(1e-4, 1).'
    );
  }
  const { on = 'both', label = 'value' } = options;
  if (on !== 'own' && on !== 'linear' && on !== 'both') {
    throw rangeError(
      where,
      "`on` must be 'own', 'linear' or 'both'",
      show(on),
      "Leave it out for 'both'."
    );
  }
  const n = count(where, 'samples', options.samples ?? 10_000);
  if (n > 1e6) {
    throw rangeError(
      where,
      '`samples` must be at most 1000000',
      `samples=${n}`,
      'The picture does not change beyond a few thousand.'
    );
  }
  const rng = createRng(checkSeed(where, options.seed ?? 0));
  const samples = Float64Array.from({ length: n }, () => of.toNumber(of.fromUnit(rng.uniform())));
  const own = of.axis(label);
  const linear: Axis = own.scale === 'category' ? own : { ...own, scale: 'linear' };
  const found = own.scale === 'category' || !own.range ? undefined : decadesOf(...own.range);
  if (!found || found.decades.length < 2) {
    const axis = on === 'linear' ? linear : own;
    return histogram({ samples }, { axis, title: `What scales.${of.kind} samples` });
  }
  // On a linear scale's own axis nothing new would be seen: the argument is on the axis of the decades.
  const other: Axis =
    own.scale === 'linear' && on === 'both' ? { ...own, scale: found.scale } : own;
  const onLinear = { axis: linear, place: 'a linear axis' };
  const onOwn = { axis: other, place: other === own ? 'its own axis' : 'the axis of its decades' };
  const shown = on === 'both' ? [onLinear, onOwn] : [on === 'linear' ? onLinear : onOwn];
  const drawn = split(samples, found.decades);
  const [low, high] = own.range!.map(formatNumber);
  return sceneFigure({
    figure: 'scale',
    title: `What scales.${of.kind} samples${on === 'both' ? '' : `, on ${shown[0].place}`}`,
    alt:
      `${n} samples of scales.${of.kind} from ${low} to ${high}, ` +
      `on ${shown.map(({ place }) => place).join(' and on ')}. ` +
      `Share of the samples in each decade: ${drawn.map(({ name }) => name).join('; ')}.`,
    scene: {
      panels: shown.map(({ axis, place }, row) =>
        decadesPanel(axis, drawn, row, on === 'both' ? `On ${place}` : undefined)
      )
    }
  });
}

/** Samples by decade; the last decade has both of its ends. */
function split(samples: Float64Array, decades: readonly Decade[]): DecadeSamples[] {
  return decades.map(({ low, high }, i) => {
    const last = i === decades.length - 1;
    const values = samples.filter(x => x >= low && (x < high || last));
    const share = values.length / samples.length;
    return {
      low,
      high,
      name: `${formatNumber(low)} to ${formatNumber(high)}: ${writtenShare(share)}`,
      share,
      values
    };
  });
}
