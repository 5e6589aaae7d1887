/** What the schema cannot say of an axis. */
import type { Axis } from '../../scales/axis';
import { wrongType, wrongValue } from './sentences';

/** @throws TypeError or RangeError; categories of an axis that has no use for them are taken away. */
export function checkAxis(axis: Axis, where: string): void {
  const { scale, range } = axis;
  if (range && !(range[0] < range[1])) {
    throw wrongValue(`${where}.range`, 'must be two numbers, the lower one first', range);
  }
  if (range && scale === 'log' && range[0] <= 0) {
    throw wrongValue(`${where}.range`, 'a log axis begins above 0', range[0]);
  }
  if (range && scale === 'oneMinusLog' && range[1] >= 1) {
    throw wrongValue(`${where}.range`, 'a oneMinusLog axis ends below 1', range[1]);
  }
  if (scale !== 'category') {
    delete axis.categories;
  } else if (!axis.categories) {
    throw wrongType(`${where}.categories`, 'must be a list', axis.categories);
  }
}
