/** Schedules of the learning rate, as `schedules.*`: factors by step, for `fit(…, { schedule })`. */
export { constant } from './constant';
export { cosine, type CosineOptions } from './cosine';
export { exponential, type ExponentialOptions } from './exponential';
export { inverseTime, type InverseTimeOptions } from './inverseTime';
export { step, type StepOptions } from './step';
export { warmUp, type WarmUpOptions } from './warmUp';
