/** One scene for each kind of layer: the contract's members, and small enough to be looked at. */
import type { Layer, Panel, PanelAxis, Scene } from 'tunelab/dist/figures/scene/scene';

export const numbers = (count: number, at: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => at(i));

export const linear = (label: string, more: Partial<PanelAxis> = {}): PanelAxis => ({
  label,
  scale: 'linear',
  ...more
});

/** One panel of these layers. */
export function sceneOfLayers(layers: Layer[], more: Partial<Panel & Scene> = {}): Scene {
  const { color, note, ...panel } = more;
  return {
    panels: [{ row: 0, column: 0, x: linear('x'), y: linear('y'), layers, ...panel }],
    ...(color ? { color } : {}),
    ...(note ? { note } : {})
  };
}

const grid = numbers(6, i => i);
const bowl = numbers(36, i => ((i % 6) - 2) ** 2 + (Math.floor(i / 6) - 3) ** 2);

export const layers: Readonly<Record<Layer['kind'], Layer>> = {
  points: {
    kind: 'points',
    name: 'trials',
    x: [1, 2, 3, 4],
    y: [2, 4, 3, 5],
    color: [0.1, 0.9, NaN, 0.4],
    trials: [7, 8, 9, 10]
  },
  line: { kind: 'line', name: 'loss', x: [1, 2, 3, 4], y: [5, 3, NaN, 2] },
  band: {
    kind: 'band',
    name: 'band',
    x: [1, 2, 3],
    low: [1, 2, 1],
    high: [3, 4, 5],
    outline: true
  },
  bars: {
    kind: 'bars',
    name: 'bars',
    along: 'y',
    at: [1, 2, 3],
    length: [4, -2, 3],
    base: [0, 1, 0]
  },
  histogram: { kind: 'histogram', name: 'values', edges: [1, 2, 3, 4], counts: [3, 0, 5] },
  heat: {
    kind: 'heat',
    name: 'heat',
    x: numbers(4, i => i),
    y: numbers(3, i => i),
    values: [0, 0.2, 0.4, 0.6, NaN, 1],
    labels: ['a', 'b', 'c', 'd', 'e', 'f']
  },
  contour: { kind: 'contour', name: 'loss', x: grid, y: grid, values: bowl, filled: true },
  image: {
    kind: 'image',
    name: 'digit',
    x: [1, 3],
    y: [1, 2],
    rows: 2,
    columns: 3,
    channels: 1,
    pixels: [0, 50, 100, 150, 200, 255],
    text: 'a digit'
  },
  rule: { kind: 'rule', name: 'rule', axis: 'x', at: 2, label: 'here' },
  labels: {
    kind: 'labels',
    name: 'words',
    x: [1, 2],
    y: [1, 2],
    text: ['one', 'two'],
    place: 'above'
  }
};

export const color = { label: 'value', scale: 'linear', better: 'low' } as const;

/** The scene of one kind. */
export const sceneOfKind = (kind: Layer['kind']): Scene => sceneOfLayers([layers[kind]], { color });

/** A matrix of `size` x `size` panels that share their axes. */
export function matrix(size: number): Scene {
  return {
    panels: numbers(size * size, i => i).map((i): Panel => {
      const [row, column] = [Math.floor(i / size), i % size];
      return {
        row,
        column,
        title: row === 0 ? `column ${column}` : undefined,
        x: linear(`q${column}`, { shared: `q${column}` }),
        y: linear(`q${row}`, { shared: `q${row}` }),
        layers: [{ kind: 'points', name: 'trials', x: [column, column + 1], y: [row, row + 1] }]
      };
    })
  };
}
