/** From values to places on an axis, and the ticks that name those places. */
import type { Axis } from '../scales/axis';
import { formatNumber, formatOneMinus, plain, shorten } from './text';

/** Places of ticks, in positions, and their labels. */
export interface Ticks {
  tickvals: number[];
  ticktext: string[];
}

/** Longer names of categories are cut on axes. */
export const LONGEST_CATEGORY = 24;

/**
 * The position of a value: log10(v) on `log`, -log10(1 - v) on `oneMinusLog`, the value itself
 * otherwise; `null` where there is none.
 */
export function position(axis: Axis, value: number): number | null {
  const place =
    axis.scale === 'log'
      ? Math.log10(value)
      : axis.scale === 'oneMinusLog'
        ? // log1p keeps what 1 - v would round away when v is small.
          -Math.log1p(-value) / Math.LN10
        : value;
  return Number.isFinite(place) ? place : null;
}

/** A value in words, as axis and hover show it. */
export function describeValue(axis: Axis, value: number): string {
  if (axis.scale === 'category') {
    return axis.categories?.[value] ?? formatNumber(value);
  }
  if (axis.integer && Number.isSafeInteger(value)) {
    return String(value);
  }
  return axis.scale === 'oneMinusLog' ? formatOneMinus(value) : formatNumber(value);
}

/** Ticks at whole positions, and at 2 and 5 in between when few whole ones are in sight. */
function decadeTicks(
  [low, high]: [number, number],
  most: number,
  value: (power: number, digit: number) => number
): number[] {
  const first = Math.floor(low) - 1;
  const last = Math.ceil(high) + 1;
  const span = high - low;
  const step = Math.max(1, Math.ceil(span / most));
  const digits = most >= 5 && span < 1.5 ? [1, 2, 5] : most >= 5 && span < 2.5 ? [1, 3] : [1];
  const values: number[] = [];
  for (let power = first; power <= last; power += 1) {
    if (((power % step) + step) % step === 0) {
      values.push(...digits.map(digit => value(power, digit)));
    }
  }
  return values;
}

/**
 * Ticks for an axis whose positions are not its values; `low` and `high` are positions, and about `most` labels stand
 * beside each other without touching.
 */
export function ticks(axis: Axis, low: number, high: number, most = 8): Ticks | undefined {
  if (axis.scale === 'category') {
    const labels = (axis.categories ?? []).map(label => plain(shorten(label, LONGEST_CATEGORY)));
    return { tickvals: labels.map((_, i) => i), ticktext: labels };
  }
  if (axis.scale === 'linear') {
    return undefined;
  }
  const values =
    axis.scale === 'log'
      ? decadeTicks([low, high], most, (power, digit) => digit * 10 ** power)
      : decadeTicks([low, high], most, (power, digit) => 1 - digit * 10 ** -power);
  const tickvals = values.map(value => position(axis, value)!);
  const ticktext = values.map(value => plain(describeValue(axis, value)));
  return { tickvals, ticktext };
}

/** Lowest and highest finite position; `undefined` when there is none. */
export function extent(places: Iterable<number | null>): [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const place of places) {
    if (place !== null && Number.isFinite(place)) {
      low = Math.min(low, place);
      high = Math.max(high, place);
    }
  }
  return low <= high ? [low, high] : undefined;
}
