import { knownOptions, rangeError, show } from '../../errors';
import { count } from '../../numeric/options';
import { checkSeed, createRng } from '../../numeric/rng';
import type { Scale } from '../../scales/scale';
import type { Figure } from '../figure';
import { histogram } from './histogram';
import { formatNumber } from '../text';

/** Options of `figures.scale`. */
export interface ScaleOptions {
  /** The axis: `'own'`, on which the scale samples evenly, or `'linear'`. Default: `'own'`. */
  on?: 'own' | 'linear';
  /** Name of the hyperparameter. Default: `'value'`. */
  label?: string;
  /** How many samples are drawn, a whole number from 1 to 1,000,000. Default: `10000`. */
  samples?: number;
  /** Seed of the samples. Default: `0`. */
  seed?: number;
}

/**
 * What a scale samples: a histogram, with a colour for each decade and its share of the samples in the legend. A
 * linear scale puts nine tenths of the learning rates between 0.0001 and 1 into the decade from 0.1; a log scale
 * a quarter into each. Near 1 the decades are those of 1 - value.
 *
 * @throws RangeError if `scale` is none, or an option is unknown or out of its domain.
 * @example
 * await show(figures.scale(scales.linear(1e-4, 1), { label: 'learning rate', on: 'linear' }));
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
  const { on = 'own', label = 'value' } = options;
  if (on !== 'own' && on !== 'linear') {
    throw rangeError(where, "`on` must be 'own' or 'linear'", show(on), "Leave it out for 'own'.");
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
  const drawn = Float64Array.from({ length: n }, () => of.toNumber(of.fromUnit(rng.uniform())));
  const own = of.axis(label);
  const axis = on === 'linear' && own.scale !== 'category' ? { label, scale: on } : own;
  const title = `What ${of.kind} samples, on ${on === 'own' ? 'its own' : 'a linear'} axis`;
  const decades = own.scale === 'category' || !own.range ? [] : decadesOf(...own.range);
  if (decades.length < 2) {
    return histogram({ samples: drawn }, { axis, title });
  }
  const sets = decades.map(({ low, high }, i) => {
    // The last decade has both of its ends.
    const last = i === decades.length - 1;
    const values = drawn.filter(x => x >= low && (x < high || last));
    const share = formatNumber(Number(((100 * values.length) / n).toPrecision(2)));
    return [`${formatNumber(low)} to ${formatNumber(high)}: ${share} %`, values] as const;
  });
  return histogram(Object.fromEntries(sets), { axis, title });
}

/** The decades of a range, by value or by distance from 1, whichever are more. */
function decadesOf(low: number, high: number): { low: number; high: number }[] {
  const byValue = low > 0 ? Math.log10(high / low) : 0;
  const byDistance = high < 1 ? Math.log10((1 - low) / (1 - high)) : 0;
  const edges =
    byValue >= byDistance
      ? byValue > 0
        ? powersBetween(low, high)
        : []
      : powersBetween(1 - high, 1 - low)
          .map(distance => Number((1 - distance).toPrecision(15)))
          .reverse();
  return edges.slice(1).map((edge, i) => ({ low: edges[i], high: edge }));
}

/** `low`, the powers of ten inside, and `high`; an end that lies next to a power stands for it. */
function powersBetween(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9) + 1;
  const last = Math.ceil(Math.log10(high) - 1e-9) - 1;
  const inner = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(`1e${first + i}`)
  );
  return [low, ...inner, high];
}
