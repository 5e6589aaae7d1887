/** What the schema cannot say of a stored scene. */
import { LAYER_COLUMNS, LIMITS } from '../format';
import type { ScenePayload, Steer, StoredLayer } from '../format';
import { checkAxis } from './axis';
import { COUNTS, increasing, INCREASING, isCount } from './columns';
import type { ColumnReader } from './columns';
import { wrongType, wrongValue } from './sentences';

/** How many values a field's column must have, and for `marks` how many marks the layer draws. */
function lengthsOf(
  layer: StoredLayer,
  where: string,
  columns: ColumnReader
): { marks: number } & Record<string, number> {
  const count = (field: string, name: string): number => columns.length(`${where}.${field}`, name);
  switch (layer.kind) {
    case 'histogram': {
      const marks = count('counts', layer.counts);
      return { marks, edges: marks + 1 };
    }
    case 'heat': {
      const [x, y] = [count('x', layer.x), count('y', layer.y)];
      return { marks: Math.max(0, x - 1) * Math.max(0, y - 1), x, y };
    }
    case 'contour': {
      const [x, y] = [count('x', layer.x), count('y', layer.y)];
      return { marks: x * y, x, y };
    }
    case 'image': {
      const marks = layer.rows * layer.columns;
      return { marks, pixels: marks * layer.channels };
    }
    case 'bars':
      return { marks: count('at', layer.at) };
    case 'rule':
      return { marks: 1 };
    default:
      return { marks: count('x', layer.x) };
  }
}

const SIZES = 'sizes must be above 0 and at most 100 CSS pixels, or NaN';
const isSize = (value: number): boolean => Number.isNaN(value) || (value > 0 && value <= 100);

function checkValues(layer: StoredLayer, where: string, columns: ColumnReader): void {
  switch (layer.kind) {
    case 'histogram':
      columns.every(`${where}.edges`, layer.edges, INCREASING, increasing);
      columns.every(`${where}.counts`, layer.counts, COUNTS, isCount);
      return;
    case 'heat':
    case 'contour':
      columns.every(`${where}.x`, layer.x, INCREASING, increasing);
      columns.every(`${where}.y`, layer.y, INCREASING, increasing);
      return;
    case 'points':
      if (typeof layer.size === 'string') {
        columns.every(`${where}.size`, layer.size, SIZES, isSize);
      }
      return;
    case 'image':
      if (columns.columns[layer.pixels].dtype !== 'uint8') {
        const got = columns.columns[layer.pixels].dtype;
        throw wrongValue(`${where}.pixels`, 'must name a column of uint8', got);
      }
  }
}

function checkLayer(layer: StoredLayer, where: string, columns: ColumnReader): void {
  const lengths = lengthsOf(layer, where, columns);
  for (const [field, kind] of Object.entries(LAYER_COLUMNS[layer.kind])) {
    const name = (layer as unknown as Record<string, unknown>)[field];
    if (typeof name === 'string') {
      columns.expect(`${where}.${field}`, name, lengths[field] ?? lengths.marks, kind);
    }
  }
  checkValues(layer, where, columns);
  columns.draw(where, lengths.marks);
}

const isColored = (layer: StoredLayer): boolean =>
  layer.kind === 'heat' || 'color' in layer || 'level' in layer;

function checkSteer({ controls }: Steer): void {
  controls.forEach(({ name, axis, value, stops }, i) => {
    const where = `payload.steer.controls[${i}]`;
    checkAxis(axis, `${where}.axis`);
    if (!axis.range || axis.scale === 'category') {
      throw wrongType(`${where}.axis.range`, 'must be there, on an axis of numbers', axis.range);
    }
    const [low, high] = axis.range;
    if (!(value >= low && value <= high)) {
      throw wrongValue(`${where}.value`, 'must lie in the range of its axis', value);
    }
    const before = controls.findIndex(one => one.name === name);
    if (before < i) {
      throw wrongValue(`${where}.name`, 'each control has a name of its own', name);
    }
    if (
      stops?.some((stop, j) => !(stop >= low && stop <= high && (j === 0 || stop > stops[j - 1])))
    ) {
      throw wrongValue(`${where}.stops`, 'must rise, in the range of the axis', stops);
    }
  });
}

/** @throws TypeError or RangeError naming the field. */
export function checkScene({ panels, color, steer }: ScenePayload, columns: ColumnReader): void {
  if (color) checkAxis(color, 'payload.color');
  if (steer) checkSteer(steer);
  let layers = 0;
  panels.forEach((panel, i) => {
    const where = `payload.panels[${i}]`;
    checkAxis(panel.x, `${where}.x`);
    checkAxis(panel.y, `${where}.y`);
    layers += panel.layers.length;
    if (layers > LIMITS.layers) {
      const rule = `all panels together may have ${LIMITS.layers} layers`;
      throw wrongValue(`${where}.layers`, rule, layers, 'Show less in one figure.');
    }
    panel.layers.forEach((layer, j) => {
      checkLayer(layer, `${where}.layers[${j}]`, columns);
      if (isColored(layer) && !color) {
        throw wrongType('payload.color', 'must be there when marks are coloured', undefined);
      }
    });
  });
}
