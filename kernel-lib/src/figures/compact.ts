/** Columns as small as their numbers allow, and no column twice. */
import type { Axis } from '../scales/axis';
import { encodeColumn } from './columns';
import type { Column, NumericColumn } from './columns';
import type { Numbers } from './scene/scene';

/** Up to this many values a column is small whatever its type, and stays exact. */
const MOST_EXACT = 1000;

/**
 * Whether float32 places all values where float64 does. A screen tells 1e-4 of an axis apart at best; near 1 the
 * distance from 1 counts, which float32 rounds to 6e-8.
 */
function fitsFloat32(values: Numbers, scale: Axis['scale'], low: number, high: number): boolean {
  const linear = 1e-6 * (high - low);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    const error = Math.abs(value - Math.fround(value));
    const allowed =
      scale === 'log'
        ? 1e-6 * Math.abs(value)
        : scale === 'oneMinusLog' && value < 1
          ? Math.min(linear, 1e-3 * (1 - value))
          : linear;
    if (error > allowed) return false;
  }
  return true;
}

/**
 * A column of numbers: whole ones as integers, of more than 1,000 others float32 where that is enough for an axis of
 * the scale, else float64.
 */
export function compactColumn(values: Numbers, scale: Axis['scale'] = 'linear'): NumericColumn {
  let [low, high, whole] = [Infinity, -Infinity, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    whole &&= Number.isInteger(value);
    if (Number.isFinite(value)) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (whole && !(low < -(2 ** 31) || high >= 2 ** 31)) {
    const small = !(low < 0 || high > 255);
    return encodeColumn(small ? Uint8Array.from(values) : Int32Array.from(values));
  }
  const narrow = values.length > MOST_EXACT && fitsFloat32(values, scale, low, high);
  return encodeColumn(narrow ? Float32Array.from(values) : Float64Array.from(values));
}

/** The columns of a payload in the making: equal ones share a name. */
export class ColumnBook {
  readonly columns: Record<string, Column> = {};
  private readonly names = new Map<string, string>();

  /** Keeps a column of numbers, as they lie on an axis of `scale`; returns the name by which it is found. */
  numbers(name: string, values: Numbers, scale?: Axis['scale']): string {
    const column = compactColumn(values, scale);
    return this.keep(name, column, `${column.dtype} ${column.data}`);
  }

  strings(name: string, values: readonly string[]): string {
    return this.keep(name, { dtype: 'string', values: [...values] }, JSON.stringify(values));
  }

  private keep(wanted: string, column: Column, content: string): string {
    const known = this.names.get(content);
    if (known !== undefined) return known;
    let name = wanted;
    for (let i = 2; Object.hasOwn(this.columns, name); i++) name = `${wanted} ${i}`;
    this.columns[name] = column;
    this.names.set(content, name);
    return name;
  }
}
