/** The trials of a view as marks: the same layers in every panel of every kind. */
import type { ColorAxis, MarkSymbol } from '../format';
import { extent } from '../positions';
import type { Layer, Numbers, PointsLayer } from '../scene/scene';
import { hoverOf } from './hover';
import { metricNames, placesOf, type Quantity } from './quantity';
import { bestName, rowsOf, type Rows } from './rows';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** What all panels of a figure share: which rows, their texts, colours and sizes. */
export interface Marks {
  table: TrialTable;
  rows: Rows;
  text: (row: number) => string;
  color?: Numbers;
  size?: Float64Array;
}

export function marksOf(
  table: TrialTable,
  view: TrialView,
  parts: { color?: Pick<Quantity, 'values'>; size?: Quantity } = {}
): Marks {
  const { color, size } = parts;
  return {
    table,
    rows: rowsOf(table, view),
    text: hoverOf(table, view),
    ...(color && { color: color.values }),
    ...(size && { size: diametersOf(size) })
  };
}

/** The colour axis of a quantity. Of a metric it says which end is the good one. */
export function colorAxisOf(table: TrialTable, quantity: Quantity): ColorAxis {
  const { quantity: name, ...axis } = quantity.axis;
  const metric = metricNames(table).indexOf(name);
  if (metric < 0) {
    return axis;
  }
  return { ...axis, better: table.directions[metric] === 'maximize' ? 'high' : 'low' };
}

const SMALLEST = 5;
const LARGEST = 22;

/** Diameters in CSS pixels, so that areas grow evenly along the quantity's axis; the smallest where it is missing. */
function diametersOf(quantity: Quantity): Float64Array {
  const places = placesOf(quantity);
  const [low, high] = extent(places) ?? [0, 0];
  return places.map(place => {
    const share = Number.isNaN(place) || high <= low ? 0 : (place - low) / (high - low);
    return Math.sqrt(SMALLEST ** 2 + share * (LARGEST ** 2 - SMALLEST ** 2));
  });
}

/** Diameters of pinned trials, and of stars where there are several. */
const PINNED = 14;
const FRONT = 12;

/**
 * Complete trials as circles, pruned ones as open diamonds, failed ones as crosses, the best as stars on top. Trials
 * without a place on one of the axes are left out; layers without a trial too.
 */
export function layersOf(marks: Marks, x: Quantity, y: Quantity): Layer[] {
  const { table, rows } = marks;
  const best = new Set(rows.best);
  const complete = rows.byState.complete.filter(row => !best.has(row));
  const [places, heights] = [placesOf(x), placesOf(y)];
  const add = (
    name: string,
    some: readonly number[],
    style: { symbol?: MarkSymbol; size?: number; colored?: boolean }
  ): PointsLayer[] => {
    const { colored = true, ...rest } = style;
    const seen = some.filter(row => !Number.isNaN(places[row] + heights[row]));
    if (seen.length === 0) {
      return [];
    }
    const { color, size, text } = marks;
    const pick = (values: Numbers) => Float64Array.from(seen, row => values[row]);
    return [
      {
        kind: 'points',
        name,
        x: pick(x.values),
        y: pick(y.values),
        ...(color && colored && { color: pick(color) }),
        ...(size && rest.symbol !== 'star' && { size: pick(size) }),
        text: i => text(seen[i]),
        trials: pick(table.number),
        ...rest
      }
    ];
  };
  const pinned = add('pinned', rows.pinned, { size: PINNED });
  return [
    ...add('complete', complete, {}),
    ...add('pruned', rows.byState.pruned, { symbol: 'diamond', colored: false }),
    ...add('failed', rows.byState.failed, { symbol: 'cross', colored: false }),
    // Last, so that they lie on top.
    ...add(bestName(table), rows.best, {
      symbol: 'star',
      // Stars of a front are many, and must leave the marks between them in sight.
      ...(rows.best.length > 1 && { size: FRONT })
    }),
    ...pinned,
    ...pinned.map((layer): Layer => {
      // The spaces stand for the mark's own breadth.
      const text = Array.from(layer.trials!, number => `\u00a0\u00a0${number}`);
      return { kind: 'labels', name: '', x: layer.x, y: layer.y, text, place: 'right' };
    })
  ];
}
