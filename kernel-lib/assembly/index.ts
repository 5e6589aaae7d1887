/** What the engine calls; `kernel-lib/src/wasm/kernels.ts` types it for TypeScript. */
export { relu, reluBackward, softmaxCrossEntropyBackward, softmaxRows } from './activations';
export { batchMoments, normalize, normalizeBackward, settle } from './batchNorm';
export { gemm } from './gemm';
export { columnSums, copyRows, transpose } from './matrix';
export { adam, gradientDescent, momentum } from './optimizers';
