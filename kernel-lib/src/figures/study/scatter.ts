import type { Scene } from '../scene/scene';
import { whyEmpty } from './empty';
import { colorAxisOf, layersOf, marksOf } from './marks';
import { counted } from '../text';
import { shownRows } from './objective';
import { metricNames, quantityOf, type Quantity } from './quantity';
import type { TrialTable } from './table';
import type { TrialView } from './view';

interface Chosen {
  x: Quantity;
  y: Quantity;
  color?: Quantity;
  size?: Quantity;
}

/** What a view leaves open: the first hyperparameter against the metric, coloured by the metric if no axis shows one. */
function chosenOf(table: TrialTable, view: TrialView): Chosen {
  const where = 'figures.scatter';
  const metrics = metricNames(table);
  const x = view.x ?? table.hyperparameters[0]?.name ?? 'number';
  const y = view.y ?? metrics.find(name => name !== x) ?? metrics[0];
  const shown = metrics.includes(x) || metrics.includes(y);
  const color = view.color ?? (shown ? '' : metrics[0]);
  return {
    x: quantityOf(table, view, x, { where, option: 'x' }),
    y: quantityOf(table, view, y, { where, option: 'y' }),
    ...(color && { color: quantityOf(table, view, color, { where, option: 'color' }) }),
    ...(view.size && { size: quantityOf(table, view, view.size, { where, option: 'size' }) })
  };
}

/** Trials over two of their quantities, coloured by a third, with the size of a fourth. */
export function scatterScene(table: TrialTable, view: TrialView): Scene {
  const { x, y, color, size } = chosenOf(table, view);
  const layers = layersOf(marksOf(table, view, { color, size }), x, y);
  const panels = [{ row: 0, column: 0, x: x.axis, y: y.axis, layers }];
  const note = whyEmpty(table, shownRows(table, view), panels, 'a place on these axes');
  return {
    panels,
    ...(color && { color: colorAxisOf(table, color) }),
    ...(note !== undefined && { note })
  };
}

/** What a scatter shows beyond counts and the best. */
export function scatterWords(table: TrialTable, view: TrialView): string {
  const { x, y, color, size } = chosenOf(table, view);
  const colored = color ? `, coloured by ${color.axis.label}` : '';
  const sized = size ? `, larger with ${size.axis.label}` : '';
  return `Scatter of ${counted(table.length, 'trial')}: ${x.axis.label} against ${y.axis.label}${colored}${sized}.`;
}
