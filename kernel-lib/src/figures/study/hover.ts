/** What hovering a trial shows: everything the table knows of it. Texts are made when they are asked for. */
import { describeValue } from '../positions';
import { formatNumber, shorten } from '../text';
import { metricNames } from './quantity';
import { STATES, type TrialTable } from './table';
import type { TrialView } from './view';

const LONGEST_VALUE = 60;

/** The hyperparameters of a trial that exist there, one text each. */
export function configOf(table: TrialTable, row: number): string[] {
  return table.hyperparameters
    .filter(({ values }) => !Number.isNaN(values[row]))
    .map(({ name, axis, values }) => {
      return `${name}: ${shorten(describeValue(axis, values[row]), LONGEST_VALUE)}`;
    });
}

/** What came of a trial, in a few words. */
export function outcomeOf(table: TrialTable, view: TrialView, row: number): string {
  const state = STATES[table.state[row]];
  if (state === 'failed') {
    return `failed: ${own(table.errors, row) ?? 'no reason was kept'}`;
  }
  if (state !== 'complete') {
    return state;
  }
  if (table.directions.length > 1) {
    return `values: ${table.values.map(values => formatNumber(values[row])).join(', ')}`;
  }
  return `${metricLabel(table, view)}: ${formatNumber(table.values[0][row])}`;
}

/** The first metric, as a view calls it. */
export function metricLabel(table: TrialTable, { labels }: TrialView, metric = 0): string {
  const name = metricNames(table)[metric];
  return labels && Object.hasOwn(labels, name) ? labels[name] : table.metrics[metric].label;
}

/** The hover text of a row, with a line for each thing. */
export function hoverOf(table: TrialTable, view: TrialView): (row: number) => string {
  return row => {
    const note = own(table.notes, row);
    return [
      `trial ${table.number[row]}`,
      outcomeOf(table, view, row),
      ...configOf(table, row),
      ...(note ? [`note: ${note}`] : [])
    ].join('\n');
  };
}

function own(texts: Readonly<Record<number, string>> | undefined, row: number): string | undefined {
  return texts && Object.hasOwn(texts, row) ? texts[row] : undefined;
}
