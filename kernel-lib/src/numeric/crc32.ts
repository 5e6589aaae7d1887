const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) {
    c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return c >>> 0;
});

/**
 * The checksum CRC-32 of some bytes, or of a text's UTF-8 bytes, as zlib, PNG and Python's `binascii.crc32` compute it.
 * @example crc32('study_0') // 368277276
 */
export function crc32(data: string | Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of typeof data === 'string' ? utf8(data) : data) {
    crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The library's typings name no TextEncoder, so that they can be read without a DOM's and Node's types. */
function utf8(text: string): number[] {
  return [...unescape(encodeURIComponent(text))].map(c => c.charCodeAt(0));
}
