/** The data sets, as `datasets.*`. */
export { digits } from './digits';
export { splitDataset as split, type SplitOptions } from './split';
