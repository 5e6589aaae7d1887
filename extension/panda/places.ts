/** Between the values of a control and the places of its slider. */
import { position } from 'tunelab/dist/figures/positions';
import type { SteerControl } from 'tunelab/dist/figures/format';

/** A slider as the page has it: from `min` to `max`, in steps. */
export interface ITrack {
  min: number;
  max: number;
  step: number;
}

/** Twentieths of a decade and less are seen by nobody. */
const STEP = 0.02;
const STEPS = 200;
const DIGITS = 3;

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

export function trackOf({ axis, stops }: SteerControl): ITrack {
  if (stops) return { min: 0, max: stops.length - 1, step: 1 };
  const [min, max] = axis.range!.map(end => position(axis, end) ?? 0);
  return { min, max, step: axis.scale === 'linear' ? (max - min) / STEPS : STEP };
}

/** Where a value lies; between two stops, at the nearer one. */
export function placeOf({ axis, stops }: SteerControl, value: number): number {
  if (!stops) return position(axis, value) ?? 0;
  const distance = (stop: number): number => Math.abs(stop - value);
  return stops.reduce((best, stop, i) => (distance(stop) < distance(stops[best]) ? i : best), 0);
}

/** The value at a place, in three digits: of its distance from 1 where that is what counts. */
export function valueAt({ axis, stops }: SteerControl, place: number): number {
  if (stops) return stops[Math.round(place)];
  switch (axis.scale) {
    case 'log':
      return rounded(10 ** place);
    case 'oneMinusLog':
      // The subtraction leaves digits that mean nothing.
      return Number((1 - rounded(10 ** -place)).toPrecision(12));
    default:
      return rounded(place);
  }
}
