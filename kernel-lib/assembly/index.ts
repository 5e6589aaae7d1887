/** What the engine calls; `kernel-lib/src/wasm/simd/kernels.ts` types it for TypeScript. */
export {
  elu,
  eluBackward,
  gelu,
  geluBackward,
  geluTanh,
  geluTanhBackward,
  leakyRelu,
  leakyReluBackward,
  relu,
  reluBackward,
  sigmoid,
  sigmoidBackward,
  tanh,
  tanhBackward
} from './activations';
export { batchMoments, normalize, normalizeBackward, settle } from './batchNorm';
// Called by `gemm` alone: exports are not put into their callers.
export {
  block1x12,
  block1x16,
  block1x8,
  block2x12,
  block2x16,
  block2x8,
  block3x12,
  block4x16,
  block4x8,
  block6x16,
  block6x8,
  pack3x12,
  pack6x16
} from './blocks';
export { dropoutMask, multiply } from './dropout';
export { gatherRows } from './gather';
export { gemm } from './gemm';
export {
  crossEntropies,
  differences,
  logisticLosses,
  rightRows,
  softmaxCrossEntropyBackward,
  softmaxRows,
  squaredErrors
} from './losses';
export { columnSums, copyRows, transpose } from './matrix';
export {
  adam,
  clampEach,
  gradientDescent,
  momentum,
  rmsProp,
  scale,
  shortenColumns,
  squaredNorm
} from './optimizers';
