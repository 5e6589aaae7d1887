/**
 * Plotly's bundle of plane figures is 1.5 MB, a third of the whole: it has all that scenes are drawn with. The page
 * fetches it as a chunk of its own, once.
 */

/** The few functions of Plotly that draw a figure, so that a test can stand in for them. */
export interface PlotlyLibrary {
  react(node: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  downloadImage(figure: object, options: object): Promise<unknown>;
  purge(node: HTMLElement): void;
  relayout(node: HTMLElement, changes: object): Promise<unknown>;
  update(node: HTMLElement, data: object, layout: object): Promise<unknown>;
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
  async () => (await import('plotly.js-cartesian-dist-min')).default as PlotlyLibrary
);

/** Loads Plotly when the page has nothing else to do: the first figure then takes a third of the time. */
export function loadWhenIdle(load: PlotlyLoader): void {
  const start = (): void => {
    // Who needs it later tries again, and says what is wrong.
    load().catch(() => undefined);
  };
  if (typeof requestIdleCallback === 'undefined') setTimeout(start, 2000);
  else requestIdleCallback(start, { timeout: 10_000 });
}
