import type { Json } from '../operation';

// JSON as Python writes it: NaN and infinities are bare tokens, everything beyond ASCII is escaped.

/** Stands for NaN between two steps of reading. Nobody can have written it: it is drawn anew in each process. */
const NAN = `NaN ${Math.random()} ${Math.random()}`;

/**
 * Reads a line that may hold the tokens NaN, Infinity and -Infinity. A key `__proto__` becomes a property like others.
 * @throws SyntaxError if it is no JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) {
      throw error;
    }
  }
  let hasNaN = false;
  const plain = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|NaN|Infinity/g, token => {
    if (token === 'Infinity') {
      // Too large for a number, and so read as infinity.
      return '1e999';
    }
    hasNaN ||= token === 'NaN';
    return token === 'NaN' ? JSON.stringify(NAN) : token;
  });
  return JSON.parse(plain, hasNaN ? (_, value) => (value === NAN ? NaN : value) : undefined);
}

/** A text as JSON in ASCII. */
export function textJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}

/** A number, exactly: also NaN, infinities and -0, which JSON.stringify loses. */
export const numberJson = (value: number) => (Object.is(value, -0) ? '-0.0' : String(value));

/** A number that Python shall read as a float, also if it is whole. */
export function floatJson(value: number): string {
  const text = numberJson(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/**
 * @throws TypeError for what JSON does not have.
 */
export function valueJson(value: Json): string {
  if (typeof value === 'number') {
    return numberJson(value);
  }
  if (typeof value === 'string') {
    return textJson(value);
  }
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(valueJson).join(',')}]`;
  }
  if (typeof value !== 'object') {
    throw new TypeError(
      `journal: an attribute must be JSON, but holds a ${typeof value}.\nPass it through storable(value) before.`
    );
  }
  const entries = Object.entries(value as Record<string, Json>);
  return `{${entries.map(([key, each]) => `${textJson(key)}:${valueJson(each)}`).join(',')}}`;
}
