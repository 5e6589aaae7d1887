/**
 * The checksum CRC-32 of a text's UTF-8 bytes, as zlib and Python's `binascii.crc32` compute it.
 * @example crc32('study_0') // 368277276
 */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of utf8(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The library's typings name no TextEncoder, so that they can be read without a DOM's and Node's types. */
function utf8(text: string): number[] {
  return [...unescape(encodeURIComponent(text))].map(c => c.charCodeAt(0));
}
