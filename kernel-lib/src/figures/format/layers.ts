/** Stored layers: those of a scene, with names of columns where a scene has arrays. */
import type { Layer, Panel } from '../scene/scene';

/** Which fields of a layer name columns, and of what. A `size` may be one number for all marks instead. */
export const LAYER_COLUMNS = {
  points: {
    x: 'numbers',
    y: 'numbers',
    color: 'numbers',
    size: 'numbers',
    text: 'strings',
    trials: 'numbers'
  },
  line: { x: 'numbers', y: 'numbers', text: 'strings' },
  band: { x: 'numbers', low: 'numbers', high: 'numbers' },
  bars: {
    at: 'numbers',
    length: 'numbers',
    base: 'numbers',
    color: 'numbers',
    text: 'strings',
    trials: 'numbers'
  },
  histogram: { edges: 'numbers', counts: 'numbers' },
  heat: { x: 'numbers', y: 'numbers', values: 'numbers', labels: 'strings' },
  contour: { x: 'numbers', y: 'numbers', values: 'numbers' },
  image: { pixels: 'numbers' },
  rule: {},
  labels: { x: 'numbers', y: 'numbers', text: 'strings' }
} as const satisfies { [K in Layer['kind']]: { [F in FieldsOf<K>]?: ColumnKind } };

export type ColumnKind = 'numbers' | 'strings';

type LayerOf<K extends Layer['kind']> = Extract<Layer, { kind: K }>;
type FieldsOf<K extends Layer['kind']> = keyof LayerOf<K>;

// `number` stays for a size that is one for all.
type Stored<L extends Layer> = {
  [F in keyof L]: F extends keyof (typeof LAYER_COLUMNS)[L['kind']]
    ? string | Extract<L[F], number>
    : L[F];
};

/** Distributes over the kinds of layers. */
export type StoredLayer = { [K in Layer['kind']]: Stored<LayerOf<K>> }[Layer['kind']];

export interface StoredPanel extends Omit<Panel, 'layers'> {
  layers: StoredLayer[];
}
