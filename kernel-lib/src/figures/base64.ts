/**
 * Base64 between strings and bytes, without `Buffer` (a browser has none) and without `atob`
 * (it accepts spaces and missing padding, and goes through a string of characters above 127).
 */
import { rangeError } from '../errors';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 61;

const CODES = Uint8Array.from(ALPHABET, character => character.charCodeAt(0));

// 255 marks a character that is not of the alphabet.
const VALUES = new Uint8Array(256).fill(255);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});

// String.fromCharCode takes its characters as arguments, whose number engines limit.
const CHUNK = 8192;

/** Number of characters that `bytes` bytes take in base64, padding included. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Base64 of `bytes`, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(base64Length(bytes.length));
  const whole = bytes.length - (bytes.length % 3);
  let at = 0;
  for (let i = 0; i < whole; i += 3) {
    const triple = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    codes[at++] = CODES[triple >> 18];
    codes[at++] = CODES[(triple >> 12) & 63];
    codes[at++] = CODES[(triple >> 6) & 63];
    codes[at++] = CODES[triple & 63];
  }
  if (whole < bytes.length) {
    const two = bytes.length - whole === 2;
    const triple = (bytes[whole] << 16) | (two ? bytes[whole + 1] << 8 : 0);
    codes[at++] = CODES[triple >> 18];
    codes[at++] = CODES[(triple >> 12) & 63];
    codes[at++] = two ? CODES[(triple >> 6) & 63] : PADDING;
    codes[at] = PADDING;
  }
  const parts: string[] = [];
  for (let i = 0; i < codes.length; i += CHUNK) {
    parts.push(String.fromCharCode(...codes.subarray(i, i + CHUNK)));
  }
  return parts.join('');
}

/**
 * The `length` bytes that `text` stands for; they begin a buffer of their own.
 * @throws RangeError if `text` is not the padded base64 of exactly that many bytes; `where` names it.
 */
export function decodeBase64(text: string, length: number, where: string): Uint8Array {
  if (text.length !== base64Length(length)) {
    throw rangeError(
      where,
      `${length} bytes take ${base64Length(length)} characters of base64`,
      `${text.length} characters`,
      'The data were cut or changed: run the cell that wrote them again.'
    );
  }
  const bytes = new Uint8Array(length);
  const padding = (3 - (length % 3)) % 3;
  const digits = text.length - padding;
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let quad = 0;
    for (let j = i; j < i + 4; j++) {
      const code = text.charCodeAt(j);
      const value = j < digits ? (code < 256 ? VALUES[code] : 255) : code === PADDING ? 0 : 255;
      if (value === 255) {
        throw rangeError(
          where,
          'base64 uses A-Z, a-z, 0-9, + and /, with = at the end',
          `${JSON.stringify(text[j])} at character ${j}`,
          'The data were changed: run the cell that wrote them again.'
        );
      }
      quad = (quad << 6) | value;
    }
    bytes[at++] = (quad >> 16) & 255;
    if (at < length) bytes[at++] = (quad >> 8) & 255;
    if (at < length) bytes[at++] = quad & 255;
  }
  return bytes;
}
