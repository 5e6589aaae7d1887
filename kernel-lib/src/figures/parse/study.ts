/** What the schema cannot say of the trials of a study. */
import { LIMITS } from '../format';
import type { StudyPayload } from '../format';
import { STATES } from '../study/table';
import { checkAxis } from './axis';
import type { ColumnReader } from './columns';
import { wrongValue } from './sentences';

const TRIALS = 'payload.trials';

function checkLists({ trials }: StudyPayload): void {
  for (const field of ['metrics', 'values'] as const) {
    const got = trials[field].length;
    const needed = trials.directions.length;
    if (got !== needed) {
      throw wrongValue(`${TRIALS}.${field}`, `must have ${needed} entries, one a direction`, got);
    }
  }
  trials.metrics.forEach((axis, i) => checkAxis(axis, `${TRIALS}.metrics[${i}]`));
  trials.hyperparameters.forEach(({ name, axis }, i) => {
    const where = `${TRIALS}.hyperparameters[${i}]`;
    checkAxis(axis, `${where}.axis`);
    if (name === '__proto__') {
      throw wrongValue(`${where}.name`, 'a hyperparameter has a name of its own', name);
    }
  });
  const cells = trials.length * (trials.values.length + trials.hyperparameters.length);
  if (cells > LIMITS.cells) {
    const rule = `trials times columns may be at most ${LIMITS.cells}`;
    throw wrongValue(`${TRIALS}.hyperparameters`, rule, cells, 'Show less in one figure.');
  }
}

/** @throws TypeError or RangeError naming the field. */
export function checkStudy(payload: StudyPayload, columns: ColumnReader): void {
  checkLists(payload);
  const { trials } = payload;
  const { length } = trials;
  const expect = (field: string, name: string | undefined, count = length): boolean => {
    if (name !== undefined) columns.expect(`${TRIALS}.${field}`, name, count);
    return name !== undefined;
  };
  const below = (field: string, name: string, end: number, orMissing = false): void => {
    const rule = `must be whole numbers from 0 and below ${end}${orMissing ? ', or NaN' : ''}`;
    columns.every(`${TRIALS}.${field}`, name, rule, value => {
      return (Number.isInteger(value) && value >= 0 && value < end) || (orMissing && isNaN(value));
    });
  };
  if (expect('number', trials.number)) below('number', trials.number!, 2 ** 31);
  expect('state', trials.state);
  below('state', trials.state, STATES.length);
  trials.values.forEach((name, i) => expect(`values[${i}]`, name));
  trials.hyperparameters.forEach(({ values }, i) => {
    expect(`hyperparameters[${i}].values`, values);
  });
  expect('started', trials.started);
  expect('ended', trials.ended);
  if (expect('worker', trials.worker)) {
    below('worker', trials.worker!, trials.workers?.length ?? 0, true);
  }
  const { reports, importance } = trials;
  if (reports) {
    const count = columns.length(`${TRIALS}.reports.row`, reports.row);
    expect('reports.step', reports.step, count);
    expect('reports.value', reports.value, count);
    below('reports.row', reports.row, length);
  }
  for (const [measure, name] of Object.entries(importance ?? {})) {
    expect(`importance.${measure}`, name, trials.hyperparameters.length);
  }
  for (const field of ['errors', 'notes'] as const) {
    const sparse = trials[field];
    if (!sparse) continue;
    const count = columns.length(`${TRIALS}.${field}.text`, sparse.text, 'strings');
    expect(`${field}.row`, sparse.row, count);
    below(`${field}.row`, sparse.row, length);
  }
}
