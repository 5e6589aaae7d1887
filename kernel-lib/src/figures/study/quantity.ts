/** Quantities of trials by name: hyperparameters, values, and what the study keeps beside them. */
import { rangeError, show } from '../../errors';
import type { Axis } from '../../scales/axis';
import { position } from '../positions';
import type { Numbers, PanelAxis } from '../scene/scene';
import { shorten } from '../text';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** A quantity of all trials: its axis, and each trial's number on it, NaN where it has none. */
export interface Quantity {
  name: string;
  axis: Axis & Required<Pick<PanelAxis, 'quantity'>>;
  values: Numbers;
}

/** Where a name was given, for the message about one that does not exist. */
export interface Asked {
  /** Such as `figures.scatter`. */
  where: string;
  option: string;
}

/** The metrics by name: `value`, or `value[0]` and on of several objectives. */
export function metricNames({ directions }: TrialTable): string[] {
  return directions.length > 1 ? directions.map((_, i) => `value[${i}]`) : ['value'];
}

/** All names that `quantityOf` knows in a table. */
export function quantityNames(table: TrialTable): string[] {
  return [
    ...table.hyperparameters.map(({ name }) => name),
    ...metricNames(table),
    'number',
    ...(table.started && table.ended ? ['duration'] : [])
  ];
}

/**
 * A quantity by its name: a hyperparameter, `value` (of several objectives `value[0]`, `value[1]`, …), `number`, or
 * `duration` in seconds. A hyperparameter comes first where it has one of the other names.
 * @throws RangeError with the names that exist.
 */
export function quantityOf(
  table: TrialTable,
  view: TrialView,
  name: string,
  asked: Asked = { where: 'figures', option: 'name' }
): Quantity {
  const found = plainQuantity(table, name);
  if (!found) {
    throw rangeError(
      asked.where,
      `\`${asked.option}\` must be one of ${listed(quantityNames(table))}`,
      `${asked.option}=${show(name)}`,
      'Name a hyperparameter of the study, `value` for the metric, or `number` for the order.'
    );
  }
  const axis = { ...asViewed(found.axis, name, view), quantity: name };
  return { name, axis, values: found.values };
}

/** Names as a message lists them; of very many the first. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 50).map(one => `\`${shorten(one, 60)}\``);
  return names.length > 50 ? `${shown.join(', ')}, … ${names.length - 50} more` : shown.join(', ');
}

function plainQuantity(
  table: TrialTable,
  name: string
): { axis: Axis; values: Numbers } | undefined {
  const hyperparameter = table.hyperparameters.find(one => one.name === name);
  if (hyperparameter) {
    return hyperparameter;
  }
  const metric = metricNames(table).indexOf(name);
  if (metric >= 0) {
    return { axis: table.metrics[metric], values: table.values[metric] };
  }
  if (name === 'number') {
    return { axis: { label: 'trial', scale: 'linear', integer: true }, values: table.number };
  }
  const { started, ended, length } = table;
  if (name === 'duration' && started && ended) {
    const values = Float64Array.from({ length }, (_, row) => ended[row] - started[row]);
    return { axis: { label: 'duration (s)', scale: 'linear' }, values };
  }
  return undefined;
}

function asViewed(axis: Axis, name: string, { labels, scales }: TrialView): Axis {
  const label = labels && Object.hasOwn(labels, name) ? labels[name] : axis.label;
  const scale = scales && Object.hasOwn(scales, name) ? scales[name] : axis.scale;
  if (axis.scale === 'category' || scale === axis.scale) {
    return { ...axis, label };
  }
  const { range, ...rest } = axis;
  const fits = range !== undefined && (scale === 'linear' || range[0] > 0);
  return { ...rest, label, scale, ...(fits && { range }) };
}

/** Where values lie along their axis, NaN for those that have no place. */
export function placesOf({ axis, values }: Quantity): Float64Array {
  const places = new Float64Array(values.length);
  for (let row = 0; row < places.length; row++) {
    const value = values[row];
    const place =
      axis.scale === 'linear' || axis.scale === 'category' ? value : position(axis, value);
    places[row] = place !== null && Number.isFinite(place) ? place : NaN;
  }
  return places;
}
