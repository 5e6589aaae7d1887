import { currentKernel } from './host';

/** A line that says how far a long call has come. */
export interface Progress {
  /**
   * @param total infinite if nobody knows
   * @param left milliseconds that are left at most, if there is a limit
   */
  update(done: number, total: number, unit: string, note: string, left?: number): void;
  /** Shows the last state for good. */
  end(): void;
}

/** Calls shorter than this show nothing. */
const QUIET = 700;
/** Milliseconds between two updates. */
const INTERVAL = 250;

/**
 * Cells that show a line, known by their signals: only the outermost long call of a cell does, a training inside a
 * search does not. A call that was cut off cannot take its cell out again, but the next cell has another signal.
 */
const active = new WeakSet<AbortSignal>();
let lines = 0;

function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return seconds < 90
    ? `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
    : `${(seconds / 60).toFixed(1)} min`;
}

/**
 * Begins a progress line in the running cell: `12 of 25 trials, 3.1 s, 3.4 s to go, best 0.021`. Silent
 * outside notebooks, for short calls, and inside another one that already shows a line.
 */
export function startProgress(): Progress | undefined {
  const kernel = currentKernel();
  const cell = kernel?.signal;
  if (!kernel || !cell || active.has(cell)) {
    return undefined;
  }
  active.add(cell);
  const displayId = `tunelab-progress-${Date.now().toString(36)}-${lines++}`;
  const started = Date.now();
  let shown = 0;
  let text = '';
  let hasLine = false;

  const send = (): void => {
    shown = Date.now();
    const bundle = { data: { 'text/plain': text } };
    // A line that cannot be shown must not stop the work it speaks of.
    kernel.display(bundle, { displayId, update: hasLine }).catch(() => undefined);
    hasLine = true;
  };

  return {
    update(done, total, unit, note, left = Infinity) {
      const passed = Date.now() - started;
      const expected = Math.min((passed / done) * (total - done), Math.max(0, left));
      const rest = done < total && Number.isFinite(expected) ? `, ${duration(expected)} to go` : '';
      const of = Number.isFinite(total) ? `${done} of ${total}` : `${done}`;
      const plural = (Number.isFinite(total) ? total : done) === 1 ? unit : `${unit}s`;
      text = `${of} ${plural}, ${duration(passed)}${rest}${note ? `, ${note}` : ''}`;
      if (passed > QUIET && Date.now() - shown > INTERVAL) {
        send();
      }
    },
    end() {
      active.delete(cell);
      if (hasLine) {
        send();
      }
    }
  };
}
