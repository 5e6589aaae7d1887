import type { Axis } from '../../scales/axis';
import type { ColorAxis } from '../format';
import { extent, position } from '../positions';
import type { Layer, LineLayer, Scene } from '../scene/scene';
import { dimensionOf, MISSING, type Dimension } from './dimension';
import { whyEmpty } from './empty';
import { hoverOf } from './hover';
import { colorAxisOf } from './marks';
import { counted } from '../text';
import { shownRows } from './objective';
import { metricNames, placesOf, quantityOf, type Quantity } from './quantity';
import { bestName, rowsOf } from './rows';
import { enumerated, hyperparameterNames, quantitiesOf } from './several';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** Lines of about the same value are drawn as one, in this many colours. */
const CLASSES = 10;
/** More lines than this hide each other: they are thinner. */
const MANY = 300;

function chosenOf(table: TrialTable, view: TrialView): { all: Quantity[]; color: Quantity } {
  const where = 'figures.parallelCoordinates';
  const metrics = metricNames(table);
  const usual = [...metrics, ...hyperparameterNames(table)];
  return {
    all: quantitiesOf(table, view, usual, { where, least: 2, most: 24, usual: 12 }),
    color: quantityOf(table, view, view.color || metrics[0], { where, option: 'color' })
  };
}

/**
 * A line for each complete trial across one axis for each quantity, each in its own units. A hyperparameter that does
 * not exist in a trial has its place below the axis. The best lie on top.
 */
export function parallelCoordinatesScene(table: TrialTable, view: TrialView): Scene {
  const { all, color } = chosenOf(table, view);
  const rows = rowsOf(table, view);
  const colors = placesOf(color);
  const complete = rows.byState.complete.filter(row => !Number.isNaN(colors[row]));
  const dimensions = all.map(one => dimensionOf(one, complete));
  const text = hoverOf(table, view);
  const polyline = (some: readonly number[]): Pick<LineLayer, 'x' | 'y' | 'text'> => {
    // One place more for each trial, where the line breaks.
    const each = dimensions.length + 1;
    const x = new Float64Array(some.length * each).fill(NaN);
    const y = new Float64Array(some.length * each).fill(NaN);
    some.forEach((row, i) => {
      dimensions.forEach(({ heights }, k) => {
        x[i * each + k] = k;
        y[i * each + k] = heights[row];
      });
    });
    return { x, y, text: i => text(some[Math.floor(i / each)]) };
  };
  const axis = colorAxisOf(table, color);
  const classes = classesOf(complete, colors, color, axis);
  const width = complete.length > MANY ? 0.75 : 1.5;
  const lines = classes.map(({ rows: some, level }): Layer => {
    return { kind: 'line', name: '', ...polyline(some), level, width, markers: false };
  });
  const above = (name: string, some: readonly number[]): Layer[] =>
    some.length > 0 ? [{ kind: 'line', name, ...polyline(some), width: 3.5, markers: false }] : [];
  const drawable = new Set(complete);
  const pinned = rows.pinned.filter(row => drawable.has(row));
  const drawn = [
    ...lines,
    ...above(
      bestName(table),
      rows.best.filter(row => drawable.has(row))
    ),
    ...above('pinned', pinned)
  ];
  const missing = dimensions.some(one => one.missing);
  const panel = {
    row: 0,
    column: 0,
    x: { ...acrossOf(dimensions), range: [-0.5, dimensions.length - 0.5] as [number, number] },
    y: {
      label: '',
      scale: 'linear' as const,
      range: [missing ? MISSING - 0.05 : -0.05, 1.05] as [number, number],
      hidden: true
    },
    layers: drawn.length > 0 ? [...dimensions.map(axisLine), ...drawn, tickLabels(dimensions)] : []
  };
  const note = whyEmpty(table, shownRows(table, view), [panel]);
  return { panels: [panel], color: axis, ...(note !== undefined && { note }) };
}

/** Rows in classes of neighbouring values, the good ones last, so that they lie on top. */
function classesOf(
  rows: readonly number[],
  colors: Float64Array,
  { values }: Quantity,
  axis: ColorAxis
): { rows: number[]; level: number }[] {
  const whole = (axis.range ?? []).map(value => position(axis, value));
  const [low, high] = extent([...whole, ...rows.map(row => colors[row])]) ?? [0, 0];
  const classes = Array.from({ length: CLASSES }, (): number[] => []);
  for (const row of rows) {
    const share = high > low ? (colors[row] - low) / (high - low) : 0;
    classes[Math.min(CLASSES - 1, Math.floor(share * CLASSES))].push(row);
  }
  const found = classes
    .filter(members => members.length > 0)
    .map(members => {
      const byColor = [...members].sort((a, b) => colors[a] - colors[b]);
      return { rows: members, level: values[byColor[Math.floor(byColor.length / 2)]] };
    });
  return axis.better === 'low' ? found.reverse() : found;
}

function acrossOf(dimensions: readonly Dimension[]): Axis {
  return { label: '', scale: 'category', categories: dimensions.map(({ label }) => label) };
}

function axisLine({ missing }: Dimension, k: number): Layer {
  const y = [missing ? MISSING : 0, 1];
  return { kind: 'line', name: '', neutral: true, markers: false, width: 1, x: [k, k], y };
}

function tickLabels(dimensions: readonly Dimension[]): Layer {
  const all = dimensions.flatMap(({ ticks }, k) => ticks.map(tick => ({ ...tick, k })));
  return {
    kind: 'labels',
    name: '',
    x: all.map(({ k }) => k),
    y: all.map(({ height }) => height),
    text: all.map(({ text }) => text),
    place: 'left',
    backed: true
  };
}

/** What parallel coordinates show beyond counts and the best. */
export function parallelCoordinatesWords(table: TrialTable, view: TrialView): string {
  const { all, color } = chosenOf(table, view);
  return (
    `Parallel coordinates of ${counted(table.length, 'trial')}: a line each across ` +
    `${enumerated(all)}, coloured by ${color.axis.label}.`
  );
}
