/** The samplers, as `samplers.*`: where to look next. */
export { auto } from './auto';
export { cmaes, type CmaesOptions } from './cmaes';
export { coarseToFine, type CoarseToFineOptions } from './coarseToFine';
export { gaussianProcess, type GaussianProcessOptions } from './gaussianProcess';
export { grid, type GridOptions } from './grid';
export { halton } from './halton';
export { latinHypercube, type LatinHypercubeOptions } from './latinHypercube';
export { random } from './random';
export { sobol } from './sobol';
export { trustRegion, type TrustRegionOptions } from './trustRegion';
export { tpe, type TpeOptions } from './tpe';
