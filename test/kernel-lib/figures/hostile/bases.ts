/** Valid payloads of every kind, version and layer, from which hostile ones are made. */
import fs from 'node:fs';
import path from 'node:path';
import type { Steer } from 'tunelab/dist/figures/format';
import { sceneFigure } from 'tunelab/dist/figures/scene/store';
import type { Layer, Panel } from 'tunelab/dist/figures/scene/scene';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import { studyFigure } from 'tunelab/dist/figures/study/store';
import { STUDY_FIGURES } from 'tunelab/dist/figures/study/view';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import { study, trial, unit } from '../examples';

export const VERSION_1 = path.join(__dirname, '..', '..', '..', 'fixtures', 'payloads', 'version1');

/** The stored files of version 1, by name. */
export function storedVersion1(): [string, string][] {
  return fs
    .readdirSync(VERSION_1)
    .map(file => [
      path.basename(file, '.json'),
      fs.readFileSync(path.join(VERSION_1, file), 'utf8')
    ]);
}

const x = [1, 2, 3];
const name = 'layer';

/** One layer of each kind, with every field that it can have. */
export const LAYERS: readonly Layer[] = [
  {
    kind: 'points',
    name,
    group: 'g',
    faint: true,
    x,
    y: [0.5, NaN, 2],
    color: [1, 2, 3],
    symbol: 'star',
    size: [4, 9, NaN],
    text: ['a', 'b\nc', ''],
    trials: x
  },
  {
    kind: 'line',
    name,
    x,
    y: x,
    dash: true,
    step: true,
    markers: true,
    width: 3,
    level: 2,
    text: ['a', 'b', 'c']
  },
  { kind: 'band', name, x, low: [0, 0.5, 1], high: x, outline: true, opacity: 0.4 },
  {
    kind: 'bars',
    name,
    along: 'y',
    at: x,
    length: [3, 1, 2],
    base: [0, 0.5, 0],
    thickness: 0.5,
    color: [1, 2, 3],
    text: ['a', 'b', 'c'],
    trials: x
  },
  { kind: 'histogram', name, edges: [0, 1, 2, 4], counts: [3, 0, 2] },
  {
    kind: 'heat',
    name,
    x: [0, 1, 2],
    y: [0, 1],
    values: [0.5, NaN],
    labels: ['a', 'b'],
    opacity: 0.9
  },
  { kind: 'contour', name, x, y: x, values: [1, 2, 3, 2, 3, 4, 3, 4, 5], filled: true, levels: 5 },
  {
    kind: 'image',
    name,
    x: [0, 2],
    y: [0, 2],
    rows: 2,
    columns: 2,
    channels: 3,
    pixels: Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
    text: 'a picture'
  },
  { kind: 'rule', name, axis: 'x', at: 1.5, label: 'here' },
  { kind: 'labels', name, x, y: x, text: ['a', 'b', 'c'], place: 'above' }
];

function panel(row: number, layers: Layer[], changes: Partial<Panel> = {}): Panel {
  return {
    row,
    column: 0,
    title: 'a panel',
    x: { label: 'across', scale: 'linear', range: [0, 4], shared: 'x' },
    y: { label: 'up', scale: 'linear', reversed: true, equal: true },
    layers,
    ...changes
  };
}

const STEER: Steer = {
  state: 'paused',
  controls: [
    { name: 'beta', axis: { label: 'β', scale: 'oneMinusLog', range: [0, 0.999] }, value: 0.9 },
    {
      name: 'batchSize',
      axis: { label: 'batch size', scale: 'log', range: [2, 64], integer: true },
      value: 50,
      stops: [2, 8, 64]
    }
  ],
  snapshots: ['start', 'good']
};

/** A scene with all layers, a panel each, and one with all of them over axes of other scales. */
export function sceneOfEverything(): string {
  const panels = LAYERS.map((layer, row) => panel(row, [layer]));
  const scales = [
    panel(LAYERS.length, [LAYERS[0], LAYERS[1], LAYERS[9]], {
      x: { label: 'rate', scale: 'log', range: [0.5, 4] },
      y: { label: 'momentum', scale: 'oneMinusLog' }
    }),
    panel(LAYERS.length + 1, [LAYERS[0], LAYERS[3]], {
      x: { label: 'kind', scale: 'category', categories: ['a', 'b', 'c', 'd'] },
      y: { label: 'count', scale: 'linear', integer: true, hidden: true }
    })
  ];
  const color = { label: 'error', scale: 'log', better: 'low', range: [0.5, 4] } as const;
  const scene = {
    panels: [...panels, ...scales],
    color: { ...color, range: [0.5, 4] as [number, number] },
    note: 'a note'
  };
  return JSON.stringify(
    sceneFigure({ figure: 'everything', title: 'All layers', alt: 'All.', scene, steer: STEER })
  );
}

const VIEW: TrialView = {
  x: 'learningRate',
  y: 'value',
  color: 'beta',
  size: 'hiddenUnits',
  names: ['learningRate', 'beta', 'activation'],
  labels: { value: 'dev error', beta: 'momentum' },
  scales: { hiddenUnits: 'log' },
  hidden: ['running'],
  ranges: { learningRate: [1e-4, 0.9] },
  pinned: [3],
  sort: 'value',
  descending: true
};

/** A study of every state, with reports, times, errors and notes, as each kind of figure of a study. */
export function studyPayloads(): [string, string][] {
  const trials = Array.from({ length: 12 }, (_, i) =>
    trial(i, {
      reports: [1, 2, 3].map(step => [step, unit(i, step)] as const),
      started: 1000 * i,
      ended: 1000 * i + 1500,
      attributes: { worker: `worker ${i % 2}` },
      ...(i % 5 === 4 ? { state: 'failed', value: null, error: 'loss is NaN' } : {}),
      ...(i % 7 === 6 ? { state: 'pruned', value: null, note: 'too slow' } : {})
    })
  );
  const one = tableOfStudy(study(0, { trials }));
  const two = tableOfStudy(
    study(0, {
      directions: ['minimize', 'maximize'],
      trials: trials.map(each => ({
        ...each,
        value: null,
        values: [unit(each.number), unit(each.number, 9)]
      }))
    } as Parameters<typeof study>[1])
  );
  const importance = { fanova: one.hyperparameters.map((_, i) => (i + 1) / 10) };
  return STUDY_FIGURES.flatMap(figure => {
    const table = figure === 'paretoFront' ? two : { ...one, importance };
    const view =
      figure === 'paretoFront' ? { ...VIEW, x: 'value[0]', y: 'value[1]', sort: 'value[0]' } : VIEW;
    const make = (name: string, seen: TrialView): [string, string] => [
      `${figure} ${name}`,
      JSON.stringify(studyFigure({ figure, table, view: seen, note: 'a note' }))
    ];
    // The surfaces of all pairs of hyperparameters would take most of the time.
    return figure === 'contour'
      ? [make('with a view', view)]
      : [make('with a view', view), make('with defaults', {})];
  });
}

/** The JSON of all of them, by name. */
export function basePayloads(): [string, string][] {
  return [...storedVersion1(), ['everything', sceneOfEverything()], ...studyPayloads()];
}
