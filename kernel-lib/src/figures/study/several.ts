/** Several quantities of one figure, and panels that show each against each. */
import { rangeError, show } from '../../errors';
import type { Layer, Panel, PanelAxis } from '../scene/scene';
import { quantityOf, type Quantity } from './quantity';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** How many names a kind draws. */
export interface Many {
  where: string;
  least?: number;
  most: number;
  /** Of its own accord it takes the first so many. */
  usual: number;
}

/**
 * The quantities that a view names, or the first of `usual`.
 * @throws RangeError for names that do not exist, stand twice, or are too few or too many.
 */
export function quantitiesOf(
  table: TrialTable,
  view: TrialView,
  usual: readonly string[],
  { where, least = 1, most, usual: shown }: Many
): Quantity[] {
  const names = view.names ?? usual.slice(0, shown);
  if (view.names && (names.length < least || names.length > most)) {
    throw rangeError(
      where,
      `\`names\` must have from ${least} to ${most} names`,
      `${names.length}`,
      `Leave \`names\` out for the first ${shown}, or name those that matter; figures.importance tells which do.`
    );
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw rangeError(
      where,
      '`names` must differ',
      show(twice),
      'Remove the one that stands twice.'
    );
  }
  return names.map((name, i) => quantityOf(table, view, name, { where, option: `names[${i}]` }));
}

/** Names of all hyperparameters, in their order. */
export function hyperparameterNames({ hyperparameters }: TrialTable): string[] {
  return hyperparameters.map(({ name }) => name);
}

/**
 * Each quantity against each other one, once: two of them in one panel, more as the lower half of a matrix, whose
 * axes are named at its edges.
 */
export function pairPanels(
  quantities: readonly Quantity[],
  layersOf: (x: Quantity, y: Quantity) => Layer[]
): Panel[] {
  if (quantities.length === 2) {
    const [x, y] = quantities;
    return [{ row: 0, column: 0, x: x.axis, y: y.axis, layers: layersOf(x, y) }];
  }
  const last = quantities.length - 1;
  const axisOf = ({ name, axis }: Quantity, named: boolean): PanelAxis => ({
    ...axis,
    shared: name,
    ...(!named && { label: '' })
  });
  return quantities.slice(1).flatMap((y, row) =>
    quantities.slice(0, row + 1).map((x, column) => ({
      row,
      column,
      x: axisOf(x, row === last - 1),
      y: axisOf(y, column === 0),
      layers: layersOf(x, y)
    }))
  );
}

/** `learning rate α, β and dropout`; of many the first. */
export function enumerated(quantities: readonly Quantity[]): string {
  const labels = quantities.map(({ axis }) => axis.label);
  const shown = labels.length > 8 ? [...labels.slice(0, 7), `${labels.length - 7} more`] : labels;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`
    : (shown[0] ?? 'nothing');
}
