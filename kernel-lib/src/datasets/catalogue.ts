/** The data sets, as `datasets.*`. */
export { blobs, type BlobsOptions } from './blobs';
export { circles, type CirclesOptions } from './circles';
export { csv, type CsvFormat } from './csv';
export { allDigits, digits } from './digits';
export { flower } from './flower';
export { json, rows, type Row } from './json';
export { mnist, type MnistOptions } from './mnist';
export { moons } from './moons';
export { npy } from './npy';
export { readNpy, writeNpy, type NpyArray, type NpyData } from './npyFormat';
export type { PointOptions } from './points';
export { shift, type ShiftOptions } from './shift';
export type { Source } from './source';
export { spirals, type SpiralsOptions } from './spirals';
export {
  folds,
  splitDataset as split,
  type Fold,
  type FoldOptions,
  type SplitOptions
} from './split';
export { standardize, type Scaler } from './standardize';
export type { Column, LabelOptions, TableOptions, TargetOptions } from './table';
