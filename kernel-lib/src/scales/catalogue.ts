/** The scales, as `scales.*`: where a hyperparameter lies, and where its samples fall. */
export { choice } from './choice';
export { expression, type ExpressionOptions, type ExpressionRange } from './expression';
export { integer } from './integer';
export { linear } from './linear';
export { log } from './log';
export { oneMinusLog } from './oneMinusLog';
export { quantized } from './quantized';
export { when, type Conditional } from './when';
