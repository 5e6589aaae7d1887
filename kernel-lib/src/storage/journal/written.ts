import type { Operation, StoredOperation } from '../operation';
import { decode } from './decode';

/** An operation and its line in the journal. */
export interface Entry {
  readonly operation: Operation;
  readonly line: string;
}

/**
 * What others read in a line that was written here. Most lines are parameters and reports, which are read as they were
 * written; the rest goes through its text, so that times are rounded and attributes are copies, as for everybody.
 */
export function written({ operation, line }: Entry, workerId: string): readonly StoredOperation[] {
  return operation.op === 'parameter' || operation.op === 'report'
    ? [{ ...operation, workerId }]
    : decode(line).operations;
}
