/** The values of a trial as code. */
import type { HyperparameterColumn, TrialTable } from 'tunelab/dist/figures/study/table';
import { objectOf } from './groups';
import { literal } from './literal';

/** Digits that a number stored as float32 has. */
const FLOAT32_DIGITS = 7;

/** A value as the learner's scale has it: not the nearest number of 32 bits. */
export function exactNumber({ code, axis, values }: HyperparameterColumn, value: number): number {
  const { kind, low, high, step } = code ?? {};
  if (axis.integer || kind === 'integer') {
    return Math.round(value);
  }
  if (kind === 'quantized' && low !== undefined && step !== undefined && step > 0) {
    return Number((low + Math.round((value - low) / step) * step).toPrecision(15));
  }
  const plain = values instanceof Float32Array ? Number(value.toPrecision(FLOAT32_DIGITS)) : value;
  return Math.min(high ?? Infinity, Math.max(low ?? -Infinity, plain));
}

/** The value of a hyperparameter in a trial; `undefined` where it does not exist. */
export function valueIn(
  column: HyperparameterColumn,
  row: number
): string | number | boolean | null | undefined {
  const value = column.values[row];
  if (value === undefined || Number.isNaN(value)) {
    return undefined;
  }
  if (column.axis.scale !== 'category') {
    return exactNumber(column, value);
  }
  return (column.code?.choices ?? column.axis.categories)?.[value];
}

/** `{ learningRate: 0.012, units: 32 }` */
export function configCode(table: TrialTable, row: number, indent = ''): string {
  const entries = table.hyperparameters.map(column => {
    const value = valueIn(column, row);
    return [column.name, value === undefined ? undefined : literal(value)] as const;
  });
  return objectOf(entries, indent);
}
