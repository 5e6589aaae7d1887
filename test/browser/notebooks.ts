/** Notebooks for the tests: with saved outputs, which need no kernel to be looked at, and with code. */
import { encodeColumn, FIGURE_MIME } from 'tunelab/dist/figures/payload';
import type {
  CurvesPayload,
  FigurePayload,
  HistogramPayload,
  ScatterPayload
} from 'tunelab/dist/figures/payload';

/** A notebook as JSON whose cells have one output each, with `payloads` under our MIME type. */
export function savedNotebook(payloads: unknown[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'saved-outputs-only', display_name: 'None' } },
    cells: payloads.map((payload, i) => ({
      cell_type: 'code',
      id: `cell-${i}`,
      execution_count: i + 1,
      metadata: {},
      source: `// saved output ${i}`,
      outputs: [
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'text/plain': 'the text that must not show', [FIGURE_MIME]: payload }
        }
      ]
    }))
  });
}

/** A notebook for our kernel whose code cells have not been run. */
export function codeNotebook(sources: string[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' }
    },
    cells: sources.map((source, i) => ({
      cell_type: 'code',
      id: `cell-${i}`,
      execution_count: null,
      metadata: {},
      source,
      outputs: []
    }))
  });
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Fractions that look random and are the same in every run: steps of the golden ratio. */
const scattered = (count: number, start: number): number[] =>
  range(count).map(i => (start + i * 0.618033988749895) % 1);

/** `count` trials over a learning rate and a weight of the past, both on scales of their own. */
export function scatterOf(count: number): ScatterPayload {
  const rates = scattered(count, 0.1).map(u => 10 ** (-4 + 4 * u));
  const betas = scattered(count, 0.7).map((_, i) => 1 - 10 ** (-1 - 2 * ((0.37 + i * 0.7548) % 1)));
  const errors = rates.map(rate => 0.02 + 0.12 * (Math.log10(rate) + 1.7) ** 2);
  return {
    kind: 'figure',
    version: 1,
    figure: 'scatter',
    title: `Random search: ${count} trials`,
    alt: `Scatter of ${count} trials: learning rate against beta, coloured by dev error.`,
    axes: {
      x: { label: 'learning rate α', scale: 'log', range: [1e-4, 1] },
      y: { label: 'momentum β', scale: 'oneMinusLog', range: [0.9, 0.999] },
      color: { label: 'dev error', scale: 'linear', better: 'low' }
    },
    columns: {
      x: encodeColumn(rates),
      y: encodeColumn(betas),
      color: encodeColumn(errors),
      name: encodeColumn(range(count).map(i => `trial ${i}`))
    },
    series: [{ name: 'complete', x: 'x', y: 'y', color: 'color', text: 'name' }]
  };
}

/** Two bells of 24 bars each, as before and after batch norm. */
export function histogramOfTwo(): HistogramPayload {
  const edges = range(25).map(i => -6 + i * 0.5);
  const bell = (mean: number, sd: number): number[] =>
    range(24).map(i => Math.round(900 * Math.exp(-(((edges[i] + 0.25 - mean) / sd) ** 2) / 2)));
  return {
    kind: 'figure',
    version: 1,
    figure: 'histogram',
    title: 'z of the first hidden layer, before and after batch norm',
    alt: 'Histograms of z: before batch norm wide and shifted, after it around 0 with variance 1.',
    axes: { x: { label: 'z', scale: 'linear' }, y: { label: 'count', scale: 'linear' } },
    columns: {
      edges: encodeColumn(edges),
      before: encodeColumn(bell(1.8, 1.7)),
      after: encodeColumn(bell(0, 1))
    },
    series: [
      { name: 'before', edges: 'edges', counts: 'before' },
      { name: 'after', edges: 'edges', counts: 'after' }
    ]
  };
}

/** Training and dev loss of one network. */
export function lossCurves(): CurvesPayload {
  const epochs = range(40).map(i => i + 1);
  return {
    kind: 'figure',
    version: 1,
    figure: 'curves',
    title: 'Loss while training',
    alt: 'Training loss falls to 0.02 in 40 epochs, dev loss to 0.12.',
    axes: {
      x: { label: 'epoch', scale: 'linear', integer: true },
      y: { label: 'loss', scale: 'log' }
    },
    columns: {
      epoch: encodeColumn(epochs),
      train: encodeColumn(epochs.map(epoch => 0.02 + 2 * Math.exp(-epoch / 5))),
      dev: encodeColumn(epochs.map(epoch => 0.12 + 1.9 * Math.exp(-epoch / 6)))
    },
    series: [
      { name: 'train', x: 'epoch', y: 'train', group: 'network' },
      { name: 'dev', x: 'epoch', y: 'dev', group: 'network', dash: true }
    ]
  };
}

/** Ways in which a payload can be damaged, with a word that the message must say. */
export function damaged(): [payload: unknown, word: string][] {
  const good: FigurePayload = scatterOf(3);
  return [
    [null, 'payload'],
    ['<script>alert(1)</script>', 'payload'],
    [{ ...good, version: 3 }, 'version'],
    [
      { ...good, columns: { ...good.columns, x: { dtype: 'float64', length: 3, data: '%%%' } } },
      'columns.x'
    ],
    [{ ...good, series: [{ name: 's', x: 'nowhere', y: 'y' }] }, 'nowhere']
  ];
}
