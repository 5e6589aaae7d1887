/** The optimizers, as `optimizers.*`: plain descriptions that `fit` follows. */
export { adam, type AdamOptions } from './adam';
export { adamW, type AdamWOptions } from './adamW';
export { gradientDescent, type GradientDescentOptions } from './gradientDescent';
export { momentum, type MomentumOptions } from './momentum';
export { rmsProp, type RmsPropOptions } from './rmsProp';
