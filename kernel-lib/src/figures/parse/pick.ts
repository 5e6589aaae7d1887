/** Builds a value anew from the fields that the schema names; whatever else came is left behind. */
import { SHAPES } from './schema';
import { within, wrongValue } from './sentences';
import type { PayloadShape } from './validate';

/** What to take of a value: all of a plain one (0), or parts. Made from the schema by kernel-lib/format/build.mjs. */
type Shape =
  | 0
  | { ref: string }
  | { fields: Readonly<Record<string, Shape>> }
  | { record: Shape }
  | { list: Shape }
  | { tag: string; of: Readonly<Record<string, Shape>> };

type Fields = Record<string, unknown>;

function take(shape: Shape, value: unknown, where: string): unknown {
  if (shape === 0) return value;
  if ('ref' in shape) return take(SHAPES[shape.ref] as Shape, value, where);
  if ('list' in shape) {
    const { list } = shape;
    const values = value as unknown[];
    return list === 0 ? values.slice() : values.map((one, i) => take(list, one, `${where}[${i}]`));
  }
  if ('tag' in shape) return take(shape.of[(value as Fields)[shape.tag] as string], value, where);
  const picked: Fields = {};
  if ('record' in shape) {
    for (const [name, one] of Object.entries(value as Fields)) {
      // JSON can hold such a field; setting it here would change what the object is.
      if (name === '__proto__') throw wrongValue(where, 'an entry has a name of its own', name);
      picked[name] = take(shape.record, one, within(where, name));
    }
    return picked;
  }
  for (const [name, one] of Object.entries(shape.fields)) {
    if (Object.hasOwn(value as Fields, name) && (value as Fields)[name] !== undefined) {
      picked[name] = take(one, (value as Fields)[name], within(where, name));
    }
  }
  return picked;
}

/**
 * A copy of a payload that `validate` has passed, with the schema's fields and no others.
 * @throws RangeError if an entry is named `__proto__`.
 */
export function pick<T>(name: PayloadShape, payload: unknown): T {
  return take({ ref: name }, payload, 'payload') as T;
}
