/** Several sets counted in the same bins, and the words for it. */
import { rangeError, show } from '../../errors';
import type { Axis } from '../../scales/axis';
import { countInto, positionsOf, sharedBins } from '../bins';
import { describeValue } from '../positions';
import { concatenate, type NamedSet } from './sets';

/** A set of values in bins. */
export interface CountedSet {
  name: string;
  /** All that came. */
  total: number;
  /** How many have no place on the axis: NaN, infinite, 0 on a log axis. */
  left: number;
  counts: Uint32Array;
}

export interface Counted {
  /** Borders of the bins in the axis's own units; none if no value has a place. */
  edges: Float64Array;
  sets: CountedSet[];
}

/** @throws RangeError unless it is left out or a whole number from 1 to 10,000. */
export function checkBins(where: string, bins: number | undefined): number | undefined {
  if (bins !== undefined && !(Number.isInteger(bins) && bins >= 1 && bins <= 10_000)) {
    throw rangeError(
      where,
      '`bins` must be a whole number from 1 to 10000',
      `bins=${show(bins)}`,
      'Leave it out and the data choose it.'
    );
  }
  return bins;
}

/** Counts sets in bins over all of them, equally wide on the axis. */
export function countSets(axis: Axis, sets: readonly NamedSet[], wanted?: number): Counted {
  const placed = sets.map(({ name, values }) => ({
    name,
    total: values.length,
    ...positionsOf(axis, values)
  }));
  const places = concatenate(placed.map(set => set.places));
  const bins = places.length > 0 ? sharedBins(axis, places, wanted) : undefined;
  return {
    edges: bins?.edges ?? new Float64Array(0),
    sets: placed.map(({ name, total, left, places: own }) => ({
      name,
      total,
      left,
      counts: bins ? countInto(bins, own) : new Uint32Array(0)
    }))
  };
}

/** Share of the set's placed values in each bin, in per cent. */
export function percentages({ counts, total, left }: CountedSet): Float64Array {
  return Float64Array.from(counts, count => (100 * count) / Math.max(1, total - left));
}

export const NOTHING = 'There are no values to count.';

/** Bins and values left out, in sentences for an alt text. */
export function describeCounted(axis: Axis, { edges, sets }: Counted): string {
  const bins = edges.length - 1;
  const ends = [edges[0], edges[bins]].map(edge => describeValue(axis, edge));
  const sentences =
    bins > 0 ? [`${bins} bin${bins === 1 ? '' : 's'} from ${ends.join(' to ')}.`] : [NOTHING];
  for (const { name, left } of sets) {
    if (left > 0) sentences.push(`${left} of ${name} left out: no place on the axis.`);
  }
  return sentences.join(' ');
}
