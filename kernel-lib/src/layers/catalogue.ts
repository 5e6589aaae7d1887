/** The layers, as `layers.*`: plain descriptions that `sequential` builds a network from. */
export { batchNormLayer as batchNorm, type BatchNormLayerOptions } from './batchNorm';
export { dense, type DenseOptions } from './dense';
export { dropout, type DropoutOptions } from './dropout';
export { elu, type EluOptions } from './elu';
export { gelu, type GeluOptions } from './gelu';
export { leakyRelu, type LeakyReluOptions } from './leakyRelu';
export { relu } from './relu';
export { sigmoid } from './sigmoid';
export { softmaxLayer as softmax, type SoftmaxLayerOptions } from './softmax';
export { tanh } from './tanh';
