import type { FigurePayload1, Series } from 'tunelab/dist/figures/payload';
import { parsePayload } from 'tunelab/dist/figures/payload';
import { plotlySpec } from 'tunelab/dist/figures/spec';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import type { Layer } from 'tunelab/dist/figures/scene/scene';
import { storedVersion1 } from './hostile/bases';

const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array
};

const COLUMN_FIELDS = ['x', 'y', 'color', 'text', 'edges', 'counts'];

/** Values of a stored column, by Node and not by our decoder. */
function values({ columns }: FigurePayload1, name: string): unknown[] {
  const column = columns[name];
  if (column.dtype === 'string') return column.values;
  const { buffer, byteOffset, length } = Buffer.from(column.data, 'base64');
  const bytes = buffer.slice(byteOffset, byteOffset + length);
  return Array.from(new ARRAYS[column.dtype](bytes));
}

describe('files of version 1', () => {
  const files = storedVersion1().map(([name, json]): [string, FigurePayload1] => [
    name,
    JSON.parse(json) as FigurePayload1
  ]);

  it('are there for scatter, histogram and curves', () => {
    const kinds = files.map(([, { figure }]) => figure);
    expect(new Set(kinds)).toEqual(new Set(['scatter', 'histogram', 'curves']));
    expect(files.every(([, { version }]) => version === 1)).toBe(true);
  });

  it.each(files)('%s is read with all that stands in it', (_, stored) => {
    expect(parsePayload(stored)).toEqual(stored);
  });

  it.each(files)('%s becomes a scene of the same numbers, texts and marks', (_, stored) => {
    const scene = sceneOf(parsePayload(stored));
    expect(scene.panels).toHaveLength(1);
    const [panel] = scene.panels;
    expect([panel.x, panel.y, scene.color, scene.note]).toEqual([
      stored.axes.x,
      stored.axes.y,
      stored.axes.color,
      stored.note
    ]);
    const drawn = panel.layers.filter(({ kind }) => kind !== 'rule') as Layer[];
    const series: readonly Series[] = stored.series;
    expect(drawn.map(({ name }) => name)).toEqual(series.map(({ name }) => name));
    const arrays = drawn.map(layer =>
      Object.fromEntries(
        Object.entries(layer).flatMap(([field, values]) =>
          Array.isArray(values) || ArrayBuffer.isView(values)
            ? [[field, Array.from(values as unknown as unknown[])]]
            : []
        )
      )
    );
    const columns = series.map(one =>
      Object.fromEntries(
        Object.entries(one).flatMap(([field, name]: [string, string]) =>
          COLUMN_FIELDS.includes(field) ? [[field, values(stored, name)]] : []
        )
      )
    );
    expect(arrays).toEqual(columns);
    const rules = panel.layers.filter(({ kind }) => kind === 'rule');
    const marks = ('marks' in stored && stored.marks) || [];
    expect(rules).toMatchObject(marks.map(({ x, label }) => ({ axis: 'x', at: x, label })));
  });

  it.each(files)('%s is drawn', (_, stored) => {
    const spec = plotlySpec(parsePayload(stored));
    expect(spec.data.length).toBeGreaterThanOrEqual(stored.series.length);
    expect(JSON.stringify(spec.layout)).toContain(stored.axes.x.label.slice(0, 8));
  });
});
