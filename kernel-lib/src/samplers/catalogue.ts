/** The samplers, as `samplers.*`: where to look next. */
export { grid, type GridOptions } from './grid';
export { random } from './random';
