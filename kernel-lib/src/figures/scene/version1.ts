/** Figures of version 1 as scenes: one panel, a layer for each series, a rule for each mark on curves. */
import { decodeColumn } from '../columns';
import type { NumericValues } from '../columns';
import type { FigurePayload1, Series } from '../format';
import type { Layer, Scene } from './scene';

function layersOf({ figure, columns, series }: FigurePayload1): Layer[] {
  const numbers = (name: string): NumericValues => decodeColumn(columns[name]) as NumericValues;
  return (series as readonly Series[]).map((one, order): Layer => {
    if ('counts' in one) {
      const { name, edges, counts } = one;
      return { kind: 'histogram', name, edges: numbers(edges), counts: numbers(counts) };
    }
    const place = { ...one, x: numbers(one.x), y: numbers(one.y) };
    if (figure === 'curves') {
      // A series without a group is a group of its own; its name cannot meet a group's.
      const { group } = one as { group?: string };
      const own = group === undefined ? `series ${order}` : `group ${group}`;
      return { kind: 'line', ...place, group: own } as Layer;
    }
    const { color, text } = one as { color?: string; text?: string };
    return {
      kind: 'points',
      ...place,
      ...(color === undefined ? {} : { color: numbers(color) }),
      ...(text === undefined ? {} : { text: decodeColumn(columns[text]) as string[] })
    } as Layer;
  });
}

/** The scene of a figure of version 1 that `parsePayload` accepts. */
export function sceneOfVersion1(payload: FigurePayload1): Scene {
  const { axes, note } = payload;
  const marks = (payload.figure === 'curves' && payload.marks) || [];
  const rules = marks.map(({ x, label }): Layer => ({
    kind: 'rule',
    name: '',
    axis: 'x',
    at: x,
    label
  }));
  const layers = [...layersOf(payload), ...rules];
  return {
    panels: [{ row: 0, column: 0, x: axes.x, y: axes.y, layers }],
    ...(axes.color ? { color: axes.color } : {}),
    ...(note === undefined ? {} : { note })
  };
}
