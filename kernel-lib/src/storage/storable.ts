import type { Json } from './operation';

/**
 * The nearest thing to `value` that can be stored, for attributes that an objective made up: typed arrays become
 * arrays, what has `toJSON` what that gives, big integers texts; functions, symbols and what is undefined become
 * `null` in lists and vanish from objects; a circle is cut where it closes. NaN and infinities stay.
 */
export function storable(value: unknown): Json {
  return plain(value, []) ?? null;
}

function plain(value: unknown, above: readonly object[]): Json | undefined {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) {
    return value as Json;
  }
  if (typeof value === 'bigint') {
    return String(value);
  }
  if (typeof value !== 'object' || above.includes(value)) {
    return undefined;
  }
  const path = [...above, value];
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') {
    return plain(toJSON.call(value), path);
  }
  if (value instanceof Error) {
    return String(value);
  }
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return Array.from(value as unknown as ArrayLike<unknown>, each => plain(each, path) ?? null);
  }
  // fromEntries, unlike an assignment, takes `__proto__` for a name.
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, plain(each, path)] as const)
      .filter((entry): entry is [string, Json] => entry[1] !== undefined)
  );
}
