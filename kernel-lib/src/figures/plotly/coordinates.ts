/** From values to what Plotly is told of them: positions, or plain values on its own log axis. */
import { position } from '../positions';
import type { Numbers, PanelAxis } from '../scene/scene';

/** `null` where there is no place; typed arrays say NaN. */
export type Places = (number | null)[] | Float64Array | Float32Array | Int32Array;

/** Above this many values a typed array travels as it is: copying them one by one would be seen. */
export const MOST_PLAIN = 5000;

// Beyond this, sums and differences of places overflow.
const FARTHEST = 1e305;

/** A place on an axis, or `null` where there is none. */
export function placeOn(axis: PanelAxis, value: number): number | null {
  const place = position(axis, value);
  return place === null || Math.abs(place) > FARTHEST ? null : place;
}

export class Coordinates {
  /**
   * @param positions Plotly gets positions even on a log axis, whose traces it would otherwise be told in values:
   * bars have widths, and those are no values.
   */
  constructor(
    readonly axis: PanelAxis,
    positions: boolean
  ) {
    this.native = axis.scale === 'log' && !positions;
  }

  /** Whether the axis is Plotly's own log axis. */
  readonly native: boolean;

  /** For ranges, images and annotations: always a position. */
  place(value: number): number | null {
    return placeOn(this.axis, value);
  }

  /** For traces and shapes. */
  value(value: number): number | null {
    const place = this.place(value);
    return place === null || !this.native ? place : value;
  }

  values(values: Numbers): Places {
    if (values.length <= MOST_PLAIN) {
      return Array.from(values, value => this.value(value));
    }
    const same = this.native || this.axis.scale === 'linear' || this.axis.scale === 'category';
    if (same && isWhole(values) && everyPlaced(this, values)) {
      return values;
    }
    return Float64Array.from(values, value => this.value(value) ?? NaN);
  }
}

function isWhole(values: Numbers): values is Float64Array | Float32Array | Int32Array {
  return (
    values instanceof Float64Array || values instanceof Float32Array || values instanceof Int32Array
  );
}

/** Whether every number has a place; a missing one is none, but may stay where it is. */
function everyPlaced({ native }: Coordinates, values: Numbers): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value > FARTHEST || value < (native ? Number.MIN_VALUE : -FARTHEST)) return false;
  }
  return true;
}
