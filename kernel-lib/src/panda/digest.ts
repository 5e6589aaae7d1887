import type { TrainingSet } from '../training/trainingSet';

/** FNV-1a over 32-bit words. */
function mixWords(hash: number, words: Uint32Array): number {
  for (let i = 0; i < words.length; i++) {
    hash = Math.imul(hash ^ words[i], 0x01000193);
    // The low bits alone would never hear of the high ones.
    hash ^= hash >>> 15;
  }
  return hash;
}

const words = ({ buffer, byteOffset, length }: Float32Array | Int32Array) =>
  new Uint32Array(buffer, byteOffset, length);

/** A fingerprint of some examples: a run can only be repeated on the same ones. */
export function digest({ x, targets, rows, features, width }: TrainingSet): string {
  const hash = mixWords(mixWords(0x811c9dc5, words(x)), words(targets));
  return `${rows}x${features}+${width}:${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
