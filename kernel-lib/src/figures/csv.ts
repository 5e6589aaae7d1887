/** A figure's data as a table: what it draws, in the quantities' own units, and categories by their words. */
import * as Papa from 'papaparse';
import type { Axis } from '../scales/axis';
import type { FigurePayload } from './format';
import { LAYER_COLUMNS } from './format';
import type { HeatLayer, Layer, Numbers, Panel, Scene } from './scene/scene';
import { sceneOf } from './sceneOf';
import { tableOf } from './study/store';
import { STATES, type TrialTable } from './study/table';

type Cell = string | number;

/** A column of a table, with its header. */
interface TableColumn {
  header: string;
  cells: Cell[];
}

/**
 * The data of a figure as a table with a header, columns of one length padded with empty cells: of a study a row for each
 * trial, of other figures the columns of each layer side by side.
 */
export function figureCsv(payload: FigurePayload): string {
  const columns =
    'trials' in payload ? trialColumns(tableOf(payload)) : sceneColumns(sceneOf(payload));
  const length = columns.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const data = Array.from({ length }, (_, row) => columns.map(({ cells }) => cells[row] ?? ''));
  // Spreadsheets compute texts that begin with `=`; names of categories may come from anywhere.
  return `${Papa.unparse({ fields: columns.map(({ header }) => header), data }, { newline: '\n', escapeFormulae: true })}\n`;
}

function trialColumns(table: TrialTable): TableColumn[] {
  const { metrics, number, state, values, hyperparameters, started, ended, worker } = table;
  const column = (header: string, cells: Cell[]): TableColumn => ({ header, cells });
  const several = metrics.length > 1;
  return [
    column('number', Array.from(number)),
    column(
      'state',
      Array.from(state, index => STATES[index])
    ),
    ...values.map((one, i) => column(several ? `value[${i}]` : 'value', cellsOf(one, metrics[i]))),
    ...hyperparameters.map(({ name, axis, values: own }) => column(name, cellsOf(own, axis))),
    ...(started ? [column('started (s)', cellsOf(started))] : []),
    ...(ended ? [column('ended (s)', cellsOf(ended))] : []),
    ...(worker
      ? [
          column(
            'worker',
            Array.from(worker, index => table.workers?.[index] ?? '')
          )
        ]
      : [])
  ];
}

function sceneColumns(scene: Scene): TableColumn[] {
  const columns: (TableColumn & { values: unknown })[] = [];
  for (const panel of scene.panels) {
    for (const layer of panel.layers) {
      for (const { header, values, axis } of fieldsOf(layer, panel, scene)) {
        const full = [panel.title, layer.name, header].filter(Boolean).join(': ');
        // Layers that share a column, such as the steps of several curves, share its place in the table.
        if (columns.some(one => one.header === full && one.values === values)) continue;
        const same = columns.filter(one => one.header.replace(/ \(\d+\)$/, '') === full).length;
        const cells =
          typeof values[0] === 'string'
            ? [...(values as readonly string[])]
            : cellsOf(values as Numbers, axis);
        columns.push({ header: same > 0 ? `${full} (${same + 1})` : full, cells, values });
      }
    }
  }
  return columns;
}

interface Field {
  header: string;
  values: Numbers | readonly string[];
  axis?: Axis;
}

function fieldsOf(layer: Layer, panel: Panel, scene: Scene): Field[] {
  switch (layer.kind) {
    case 'heat':
      return cellsOfHeat(layer, panel, scene);
    case 'contour': {
      const { x, y, values } = layer;
      const at = Array.from(values, (_, i) => i);
      return [
        { header: nameOf(panel.x, 'x'), values: at.map(i => x[i % x.length]), axis: panel.x },
        { header: nameOf(panel.y, 'y'), values: at.map(i => y[Math.floor(i / x.length)]), axis: panel.y }, // prettier-ignore
        { header: nameOf(scene.color, 'value'), values }
      ];
    }
    case 'rule': {
      const axis = panel[layer.axis];
      return [{ header: `${nameOf(axis, layer.axis)} of ${layer.label ?? 'a line'}`, values: [layer.at], axis }]; // prettier-ignore
    }
    default:
      return Object.entries(LAYER_COLUMNS[layer.kind]).flatMap(([field, kind]) => {
        const values = (layer as unknown as Record<string, unknown>)[field];
        const isHover = field === 'text' && layer.kind !== 'labels';
        const isArray = typeof values === 'object' && values !== null;
        if (!isArray || isHover || kind === undefined) return [];
        const axis = axisOf(field, layer, panel, scene);
        return [
          { header: headerOf(field, axis), values: values as Numbers, ...(axis && { axis }) }
        ];
      });
  }
}

/** Of each cell its middle and its value. */
function cellsOfHeat({ x, y, values, labels }: HeatLayer, panel: Panel, scene: Scene): Field[] {
  const across = x.length - 1;
  const middle = (edges: Numbers, i: number) => (edges[i] + edges[i + 1]) / 2;
  const cells = Array.from(values, (_, i) => i);
  return [
    { header: nameOf(panel.x, 'x'), values: cells.map(i => middle(x, i % across)), axis: panel.x },
    { header: nameOf(panel.y, 'y'), values: cells.map(i => middle(y, Math.floor(i / across))), axis: panel.y }, // prettier-ignore
    { header: nameOf(scene.color, 'value'), values, ...(scene.color && { axis: scene.color }) },
    ...(labels ? [{ header: 'text', values: labels }] : [])
  ];
}

/** The axis on which a field of a layer lies. */
function axisOf(field: string, layer: Layer, panel: Panel, scene: Scene): Axis | undefined {
  switch (field) {
    case 'x':
    case 'edges':
      return panel.x;
    case 'y':
      return panel.y;
    case 'color':
      return scene.color;
    case 'at':
      return layer.kind === 'bars' && layer.along === 'x' ? panel.y : panel.x;
    case 'length':
    case 'base':
      return layer.kind === 'bars' && layer.along === 'x' ? panel.x : panel.y;
    default:
      return undefined;
  }
}

const nameOf = (axis: Axis | undefined, otherwise: string): string => axis?.label || otherwise;

function headerOf(field: string, axis: Axis | undefined): string {
  const name = nameOf(axis, field);
  return field === 'base' ? `${name} (from)` : field === 'trials' ? 'trial' : name;
}

/** Numbers as a spreadsheet reads them, nothing for what is missing, and the words of categories. */
function cellsOf(values: Numbers, axis?: Axis): Cell[] {
  const words = axis?.scale === 'category' ? axis.categories : undefined;
  // float32 was enough for the figure: its digits beyond the seventh are noise.
  const digits = values instanceof Float32Array ? 7 : undefined;
  return Array.from(values, value => {
    if (Number.isNaN(value)) return '';
    const rounded = digits === undefined ? value : Number(value.toPrecision(digits));
    // Places beside a category, such as those of bars that stand side by side, belong to the nearest.
    return words?.[Math.round(rounded)] ?? rounded;
  });
}
