/** The layers, as `layers.*`: plain descriptions that `sequential` builds a network from. */
export { dense, type DenseOptions } from './dense';
export { batchNormLayer as batchNorm, type BatchNormLayerOptions } from './batchNorm';
export { relu } from './relu';
export { softmaxLayer as softmax } from './softmax';
