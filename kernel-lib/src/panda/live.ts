import { figureBundle } from '../display/bundle';
import { runCurves } from '../figures/training/runCurves';
import { currentKernel, timers } from '../host';
import type { RunHistory } from './format';

/** Milliseconds between two updates of the live curve. */
const INTERVAL = 500;

let figures = 0;

/**
 * Shows a run's curve in the running cell and keeps it up to date; outside notebooks nothing. Updates carry the
 * data alone; the stored picture follows at the end.
 */
export function startLiveFigure(read: () => RunHistory): { end(): Promise<void> } | undefined {
  const kernel = currentKernel();
  if (!kernel) {
    return undefined;
  }
  const displayId = `tunelab-run-${Date.now().toString(36)}-${figures++}`;
  const { setInterval, clearInterval } = timers();
  let shown = '';
  const light = () => runCurves(read()).toBundle();
  // A curve that cannot be shown must not stop the run that it shows.
  void kernel.display(light(), { displayId }).catch(() => undefined);
  const timer = setInterval(() => {
    const bundle = light();
    const text = String(bundle.data['text/plain']);
    if (text !== shown) {
      shown = text;
      void kernel.display(bundle, { displayId, update: true }).catch(() => undefined);
    }
  }, INTERVAL);
  return {
    async end() {
      clearInterval(timer);
      const whole = figureBundle(runCurves(read()));
      await kernel.display(whole, { displayId, update: true }).catch(() => undefined);
    }
  };
}
