// Trials for the measurements, the same in each run: steps of irrational numbers look random and need no generator.
import { fromLibrary } from './sources.mjs';

const { studyFigure } = fromLibrary('figures/study/store');

function tableOf(length) {
  const column = make => Float64Array.from({ length }, (_, i) => make(i));
  const unit = (i, step) => (i * step) % 1;
  const rate = i => unit(i, 0.6180339887);
  const momentum = i => unit(i, 0.7548776662);
  return {
    study: 'Random search',
    directions: ['minimize'],
    metrics: [{ label: 'dev error', scale: 'linear' }],
    length,
    number: Int32Array.from({ length }, (_, i) => i),
    state: new Uint8Array(length).fill(2),
    values: [
      column(i => 0.03 + 0.09 * (4 * rate(i) - 2.4) ** 2 + 0.03 * (2 * momentum(i) - 1) ** 2)
    ],
    hyperparameters: [
      {
        name: 'learningRate',
        axis: { label: 'learning rate', scale: 'log', range: [1e-4, 1] },
        values: column(i => 10 ** (-4 + 4 * rate(i)))
      },
      {
        name: 'beta',
        axis: { label: 'momentum', scale: 'oneMinusLog', range: [0.9, 0.999] },
        values: column(i => 1 - 10 ** (-1 - 2 * momentum(i)))
      }
    ]
  };
}

/** The payload of a scatter of so many trials, coloured by their value. */
export function scatterOf(trials) {
  const view = { x: 'learningRate', y: 'beta', color: 'value' };
  const figure = studyFigure({ figure: 'scatter', table: tableOf(trials), view });
  // As a notebook holds it.
  return JSON.parse(JSON.stringify(figure.payload));
}

/** The same for Vega-Lite, with the same number of marks, axes and colours. */
export function vegaOf(trials) {
  const { values, hyperparameters } = tableOf(trials);
  const [x, y] = hyperparameters.map(one => one.values);
  const rows = Array.from(x, (_, i) => ({ x: x[i], y: y[i], value: values[0][i] }));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    title: `Random search: ${trials} trials`,
    width: 800,
    height: 320,
    data: { values: rows },
    mark: { type: 'point', filled: true, tooltip: true },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: 'learning rate', scale: { type: 'log' } },
      y: { field: 'y', type: 'quantitative', title: 'momentum', scale: { zero: false } },
      color: { field: 'value', type: 'quantitative', title: 'dev error' }
    }
  };
}
