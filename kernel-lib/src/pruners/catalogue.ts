/** The pruners, as `pruners.*`: which trials are not worth going on with. */
export { hyperband, type HyperbandOptions } from './hyperband';
export { median } from './median';
export { patient, type PatientOptions } from './patient';
export { percentile, type PercentileOptions } from './percentile';
export { successiveHalving, type SuccessiveHalvingOptions } from './successiveHalving';
export { threshold, type ThresholdOptions } from './threshold';
