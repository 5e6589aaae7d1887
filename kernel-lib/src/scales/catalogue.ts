/** The scales, as `scales.*`: where a hyperparameter lies, and where its samples fall. */
export { choice } from './choice';
export { integer } from './integer';
export { linear } from './linear';
export { log } from './log';
export { oneMinusLog } from './oneMinusLog';
