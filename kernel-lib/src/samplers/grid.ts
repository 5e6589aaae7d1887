import { knownOptions, rangeError, show } from '../errors';
import { createRng } from '../numeric/rng';
import { perStudy, type AskContext, type Sampler } from './sampler';

export interface GridOptions {
  /**
   * How many values of each hyperparameter: one number for all, or one for each by name. Whole numbers take at
   * most as many as they have, choices always all. Default: as many as the budget of the first search
   * allows, nearly the same for each.
   */
  points?: number | Readonly<Record<string, number>>;
}

/**
 * Grid search: every combination of a few values of each hyperparameter, at equal distances on its own scale,
 * both ends included. Combinations come in an order shuffled by the seed, so that a search that is cut short
 * has seen all regions.
 *
 * @throws RangeError when asked, if `points` is no whole number >= 1 or names an unknown hyperparameter.
 * @example study({ space, sampler: samplers.grid({ points: 5 }) }) // 25 trials of two hyperparameters
 * Source: lecture, "Tuning process", which advises against it.
 */
export function grid(options: GridOptions = {}): Sampler {
  knownOptions('samplers.grid', options, ['points']);
  // Not by the budget of a later ask: a search that goes on goes on in the same grid.
  const prepared = perStudy(context => {
    const values = axesOf(options.points, context);
    const total = values.reduce((product, axis) => product * axis.length, 1);
    return { values, total, order: shuffled(total, context.seed) };
  });

  return {
    name: 'grid',
    multiObjective: true,
    ask(context) {
      const { values, total, order } = prepared(context);
      if (context.number >= total) {
        return undefined;
      }
      let rest = order(context.number);
      return values.map(axis => {
        const position = axis[rest % axis.length];
        rest = Math.floor(rest / axis.length);
        return position;
      });
    }
  };
}

/** The values of each axis, as positions: as many as were asked for, or as fit into the budget. */
function axesOf(points: GridOptions['points'], context: AskContext): number[][] {
  const { dimensions, budget = 5 ** dimensions.length } = context;
  if (typeof points === 'object') {
    const unknown = Object.keys(points).find(name => dimensions.every(d => d.name !== name));
    if (unknown !== undefined) {
      throw rangeError(
        'samplers.grid',
        `\`points\` names hyperparameters of the space: ${dimensions.map(d => d.name).join(', ')}`,
        show(unknown),
        'Correct the name.'
      );
    }
  }
  const axes = dimensions.map(dimension => {
    const wanted = typeof points === 'object' ? points[dimension.name] : points;
    return { dimension, open: wanted === undefined, values: dimension.grid(wanted ?? 1) };
  });
  // Where nothing was asked for, the shortest axis grows first, as long as the budget allows.
  for (let grown = true; grown;) {
    const total = axes.reduce((product, { values }) => product * values.length, 1);
    grown = axes
      .filter(({ open }) => open)
      .sort((a, b) => a.values.length - b.values.length)
      .some(axis => {
        const longer = axis.dimension.grid(axis.values.length + 1);
        const fits = (total / axis.values.length) * longer.length <= budget;
        if (longer.length > axis.values.length && fits) {
          axis.values = longer;
          return true;
        }
        return false;
      });
  }
  return axes.map(({ values }) => values);
}

/**
 * A fixed random order of 0 … total - 1, without a table of them: large grids must cost nothing until
 * they are walked. Method: a Feistel network permutes the next power of 4; places beyond the end walk on.
 */
function shuffled(total: number, seed: number): (index: number) => number {
  const bits = Math.max(1, Math.ceil(Math.log2(Math.max(2, total)) / 2));
  const half = 2 ** bits;
  const rng = createRng(seed);
  const keys = [0, 1, 2, 3].map(() => rng.integer(2 ** 32));
  function permute(index: number): number {
    let left = Math.floor(index / half);
    let right = index % half;
    for (const key of keys) {
      const mixed = createHash(right, key) % half;
      [left, right] = [right, (left + mixed) % half];
    }
    return left * half + right;
  }
  return index => {
    let place = permute(index);
    while (place >= total) {
      place = permute(place);
    }
    return place;
  };
}

function createHash(value: number, key: number): number {
  let h = Math.imul((value ^ key) >>> 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  return (h ^ (h >>> 13)) >>> 0;
}
