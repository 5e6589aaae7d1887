/** Measures of a classifier, as `metrics.*`: pure functions of the truth and what was predicted. */
export { accuracy } from './accuracy';
export type { ClassNumbers } from './classNumbers';
export { confusion, type ConfusionOptions } from './confusion';
export { perClass, type ClassMetrics } from './perClass';
export { topK } from './topK';
