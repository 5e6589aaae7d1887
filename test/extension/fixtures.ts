/** Payloads and a stand-in for Plotly, for the specs of the extension. */
import './domGaps';
import { MimeModel } from '@jupyterlab/rendermime/lib/mimemodel';
import { nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { encodeColumn, FIGURE_MIME } from 'tunelab/dist/figures/payload';
import type { ScatterPayload } from 'tunelab/dist/figures/payload';
import type { PlotlyLibrary } from '../../extension/plotly';
import { FigureRenderer } from '../../extension/renderer';
import type { FigureOptions } from '../../extension/renderer';
import { FigureView } from '../../extension/view';

/** A scatter of two trials; `changes` replace its fields. */
export function scatter(changes: Partial<ScatterPayload> = {}): ScatterPayload {
  return {
    kind: 'figure',
    version: 1,
    figure: 'scatter',
    title: 'Random search: 2 trials',
    alt: 'Scatter of 2 trials. Best 0.1 in trial 1.',
    axes: {
      x: { label: 'learning rate α', scale: 'log', range: [0.0001, 1] },
      y: { label: 'dropout', scale: 'linear' },
      color: { label: 'dev error', scale: 'linear', better: 'low' }
    },
    columns: {
      x: encodeColumn([0.001, 0.1]),
      y: encodeColumn([0.2, 0.4]),
      color: encodeColumn([0.3, 0.1])
    },
    series: [{ name: 'complete', x: 'x', y: 'y', color: 'color' }],
    ...changes
  };
}

/** A model of an output that holds `payload`, and `others` beside it. */
export function modelOf(payload: unknown, others: ReadonlyPartialJSONObject = {}): MimeModel {
  const data = { ...others, [FIGURE_MIME]: payload } as ReadonlyPartialJSONObject;
  return new MimeModel({ data });
}

/** Plotly without its drawing: it leaves the layers that the renderer describes. */
export function fakePlotly() {
  return {
    react: jest.fn<ReturnType<PlotlyLibrary['react']>, Parameters<PlotlyLibrary['react']>>(
      async node => {
        node.innerHTML = '<svg class="main-svg"></svg><svg class="main-svg"></svg>';
      }
    ),
    downloadImage: jest.fn(async () => 'a name'),
    purge: jest.fn((node: HTMLElement) => {
      node.innerHTML = '';
    }),
    relayout: jest.fn(async (_node: HTMLElement, _changes: object) => undefined),
    update: jest.fn(async (_node: HTMLElement, _data: object, _layout: object) => undefined),
    Plots: { resize: jest.fn<unknown, [HTMLElement]>(async () => undefined) }
  };
}

/** A renderer with a stand-in for Plotly; `options` replace its parts. */
export function makeRenderer(options: Partial<FigureOptions> = {}) {
  const plotly = fakePlotly();
  const view = new FigureView();
  const renderer = new FigureRenderer({
    loadPlotly: async () => plotly,
    view,
    trans: nullTranslator.load('jupyterlab_tunelab'),
    ...options
  });
  return { renderer, plotly, view };
}

/** A promise that is settled from outside. */
export function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
