/**
 * Plotly is 4.6 MB: the page fetches it as a chunk of its own, once, when the first figure is drawn.
 */

/** The few functions of Plotly that draw a figure, so that a test can stand in for them. */
export interface PlotlyLibrary {
  react(node: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  purge(node: HTMLElement): void;
  relayout(node: HTMLElement, changes: object): Promise<unknown>;
  Plots: { resize(node: HTMLElement): unknown };
}

export type PlotlyLoader = () => Promise<PlotlyLibrary>;

/** Calls `load` once for all callers; after a failure the next caller tries again. */
export function once(load: PlotlyLoader): PlotlyLoader {
  let loading: Promise<PlotlyLibrary> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

export const loadPlotly = once(
  async () => (await import('plotly.js-dist-min')).default as PlotlyLibrary
);
