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
export { dropoutMask, multiply } from './dropout';
export { gatherRows } from './gather';
export { gemm } from './gemm';
export {
  differences,
  logisticLosses,
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
