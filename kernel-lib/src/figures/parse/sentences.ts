/** What a reader says of a payload that it cannot read: which field, what must hold, what came. */
import { rangeError, typeError } from '../../errors';

export const AGAIN = 'The output is damaged or was written by something else: run its cell again.';

export const NEWER = 'Something newer wrote it: update jupyterlab-tunelab, or run its cell again.';

/** Shallow on purpose: a hostile value may be nested a million deep. */
function describe(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 40 ? `a text of ${value.length} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === undefined) return 'nothing';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

export function wrongType(where: string, rule: string, got: unknown): TypeError {
  return typeError(where, rule, describe(got), AGAIN);
}

export function wrongValue(where: string, rule: string, got: unknown, advice = AGAIN): RangeError {
  return rangeError(where, rule, describe(got), advice);
}

/** A field within `where`; a name may be as long as a hostile payload likes. */
export function within(where: string, name: string): string {
  return `${where}.${name.length > 60 ? `${name.slice(0, 60)}…` : name}`;
}

/** `a`, `b` or `c` in a sentence. */
export function oneOf(names: readonly unknown[]): string {
  return `must be one of ${names.map(name => `\`${String(name)}\``).join(', ')}`;
}
