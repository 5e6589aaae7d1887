/** Between a scene and what is stored of it: its arrays become columns, which equal arrays share. */
import type { Axis } from '../../scales/axis';
import { decodeColumn } from '../columns';
import type { NumericValues } from '../columns';
import { ColumnBook } from '../compact';
import { Figure } from '../figure';
import { FIGURE_VERSION, LAYER_COLUMNS } from '../format';
import type { ColumnKind, ScenePayload, Steer, StoredLayer } from '../format';
import type { Layer, Numbers, Panel, Scene } from './scene';

/** Above this many marks, hover texts that a function makes are not stored: they would outweigh the figure. */
const MOST_MADE_TEXTS = 5000;

type Fields = Record<string, unknown>;

function columnKinds(kind: Layer['kind']): Readonly<Record<string, ColumnKind>> {
  return LAYER_COLUMNS[kind];
}

/** The scale on which a field of a layer is seen. */
function scaleOf(layer: Layer, field: string, panel: Panel, scene: Scene): Axis['scale'] {
  switch (field) {
    case 'x':
    case 'edges':
      return panel.x.scale;
    case 'y':
    case 'low':
    case 'high':
      return panel.y.scale;
    case 'color':
      return scene.color?.scale ?? 'linear';
    case 'values':
      return layer.kind === 'heat' ? (scene.color?.scale ?? 'linear') : 'linear';
    default:
      return 'linear';
  }
}

function textsOf(text: unknown, marks: number): readonly string[] | undefined {
  if (typeof text !== 'function') return text as readonly string[];
  if (marks > MOST_MADE_TEXTS) return undefined;
  return Array.from({ length: marks }, (_, i) => (text as (index: number) => string)(i));
}

function storeLayer(layer: Layer, panel: Panel, scene: Scene, book: ColumnBook): StoredLayer {
  const kinds = columnKinds(layer.kind);
  const fields = Object.entries(layer).flatMap(([field, value]: [string, unknown]) => {
    const kind = Object.hasOwn(kinds, field) ? kinds[field] : undefined;
    if (!kind || value === undefined || typeof value === 'number') return [[field, value]];
    if (kind === 'numbers') {
      const scale = scaleOf(layer, field, panel, scene);
      return [[field, book.numbers(field, value as Numbers, scale)]];
    }
    const texts = textsOf(value, 'x' in layer ? layer.x.length : 0);
    return texts ? [[field, book.strings(field, texts)]] : [];
  });
  return Object.fromEntries(fields) as StoredLayer;
}

/**
 * A figure that draws a scene. Its arrays are stored as compact columns; hover texts that a function makes are stored
 * for up to 5,000 marks.
 * @param figure What kind of figure it is, one word: `histogram`.
 * @throws RangeError or TypeError naming the field of FORMAT.md that the scene does not keep to.
 * @example
 * const layers: Layer[] = [{ kind: 'line', name: 'loss', x: [1, 2, 3], y: [0.9, 0.5, 0.4] }];
 * const axes = { x: { label: 'epoch', scale: 'linear' }, y: { label: 'loss', scale: 'linear' } } as const;
 * sceneFigure({ figure: 'curves', title: 'Loss', alt: 'Loss falls.', scene: { panels: [{ row: 0, column: 0, ...axes, layers }] } });
 */
export function sceneFigure(parts: {
  figure: string;
  title: string;
  alt: string;
  scene: Scene;
  /** Of a training run: what can be steered. */
  steer?: Steer;
}): Figure {
  const { figure, title, alt, scene, steer } = parts;
  const book = new ColumnBook();
  const panels = scene.panels.map(panel => ({
    ...panel,
    layers: panel.layers.map(layer => storeLayer(layer, panel, scene, book))
  }));
  return new Figure({
    kind: 'figure',
    version: FIGURE_VERSION,
    figure,
    title,
    alt,
    ...(scene.note === undefined ? {} : { note: scene.note }),
    columns: book.columns,
    panels,
    ...(scene.color ? { color: scene.color } : {}),
    ...(steer ? { steer } : {})
  });
}

/** The scene of a payload that `parsePayload` accepts. Layers that share a column share its array. */
export function readScene({ columns, panels, color, note }: ScenePayload): Scene {
  const decoded = new Map<string, NumericValues | string[]>();
  const read = (name: string): NumericValues | string[] => {
    const values = decoded.get(name) ?? decodeColumn(columns[name]);
    decoded.set(name, values);
    return values;
  };
  const readLayer = (stored: StoredLayer): Layer => {
    const layer: Fields = { ...stored };
    for (const field of Object.keys(columnKinds(stored.kind))) {
      const name = layer[field];
      if (typeof name === 'string') layer[field] = read(name);
    }
    return layer as unknown as Layer;
  };
  return {
    panels: panels.map(panel => ({ ...panel, layers: panel.layers.map(readLayer) })),
    ...(color ? { color } : {}),
    ...(note === undefined ? {} : { note })
  };
}
