/** One axis of parallel coordinates: heights from 0 to 1, and labels in the quantity's own units. */
import type { Axis } from '../../scales/axis';
import { valueAt } from '../bins';
import { describeValue, extent, position, ticks as ownTicks } from '../positions';
import { shorten } from '../text';
import { placesOf, type Quantity } from './quantity';

/** Where trials lie that do not have the quantity. */
export const MISSING = -0.16;

const MOST_LABELS = 9;
const LONGEST_LABEL = 14;

export interface Dimension {
  label: string;
  /** Height of each row of the table. */
  heights: Float64Array;
  /** Whether some of the rows do not have it. */
  missing: boolean;
  ticks: { height: number; text: string }[];
}

/** @param rows those that are drawn */
export function dimensionOf(quantity: Quantity, rows: readonly number[]): Dimension {
  const { axis } = quantity;
  const places = placesOf(quantity);
  const whole =
    axis.scale === 'category'
      ? [0, Math.max(0, (axis.categories?.length ?? 1) - 1)]
      : (axis.range ?? []).map(value => position(axis, value));
  const found = extent([...whole, ...rows.map(row => places[row])]) ?? [0, 0];
  const [low, high] = found;
  const heightOf = (place: number) => (high > low ? (place - low) / (high - low) : 0.5);
  const missing = rows.some(row => Number.isNaN(places[row]));
  return {
    label: axis.label,
    heights: places.map(place => (Number.isNaN(place) ? MISSING : heightOf(place))),
    missing,
    ticks: [
      ...ticksBetween(axis, low, high).map(({ place, text }) => ({
        height: heightOf(place),
        text
      })),
      ...(missing ? [{ height: MISSING, text: 'none' }] : [])
    ]
  };
}

interface Tick {
  place: number;
  text: string;
}

function ticksBetween(axis: Axis, low: number, high: number): Tick[] {
  const places = high > low ? placesBetween(axis, low, high) : [low];
  return places.map(place => {
    // A step of 0.1 taken seven times is not quite 0.7.
    const value = Number(valueAt(axis, place).toPrecision(12));
    return { place, text: shorten(describeValue(axis, value), LONGEST_LABEL) };
  });
}

function placesBetween(axis: Axis, low: number, high: number): number[] {
  if (axis.scale === 'category') {
    const step = Math.ceil((high - low + 1) / MOST_LABELS);
    return multiples(step, low, high);
  }
  if (axis.scale === 'linear') {
    return multiples(niceStep((high - low) / 5, axis.integer ?? false), low, high);
  }
  const whole = ownTicks(axis, low, high)!.tickvals;
  const inside = whole
    .filter(place => place >= low - 1e-9 && place <= high + 1e-9)
    .sort((a, b) => a - b);
  return inside.length > 1 ? inside : [low, high];
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** 1, 2 or 5 times a power of ten, about as long as `rough`. */
function niceStep(rough: number, integer: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find(digit => digit * power >= rough * 0.8)! * power;
  return integer ? Math.max(1, Math.round(step)) : step;
}
