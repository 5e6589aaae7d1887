import { figureBundle } from '../display/bundle';
import { openScreen } from '../display/screen';
import { Figure } from '../figures/figure';
import { runCurves } from '../figures/training/runCurves';
import { timers } from '../host';
import { Budget } from '../live/budget';
import { followed, type Command } from '../live/registry';
import type { Changes, RunHistory } from './format';
import type { Run } from './panda';

/** Milliseconds between two updates where no comm carries them. */
const INTERVAL = 500;

/** The run has a thread of its own: its figure may use much of the notebook's. */
const SHARE = 0.25;

/** What a reader of a run's figure may have done; the run checks it. */
function commandsOf(run: Run): Readonly<Record<string, Command>> {
  return {
    set: async ({ changes }) => ({ tick: (await run.set(changes as Changes)).tick }),
    pause: async () => ({ tick: (await run.pause()).tick }),
    resume: async () => ({ tick: (await run.resume()).tick }),
    stop: () => {
      void run.stop().catch(() => undefined);
      return { tick: run.history.stepLosses.length };
    },
    snapshot: async ({ name }) => {
      const kept = await run.snapshot(name as string | undefined);
      return { name: kept, tick: run.history.events.at(-1)?.tick ?? 0 };
    },
    rollBack: async ({ name }) => ({ tick: (await run.rollBack(name as string)).tick })
  };
}

/**
 * Shows a run's curve in the running cell and keeps it up to date; outside notebooks nothing. Updates carry the
 * data alone; the stored picture follows at the end.
 * @param revision another value after each record
 */
export function startLiveFigure(
  run: Run,
  read: () => RunHistory,
  revision: () => number
): { end(): Promise<void> } | undefined {
  const screen = openScreen();
  if (!screen) {
    return undefined;
  }
  const { setInterval, clearInterval } = timers();
  const draw = () => runCurves(read());
  const entry = followed({
    figure: draw,
    revision,
    commands: commandsOf(run),
    budget: new Budget(SHARE)
  });
  const first = draw();
  const shown = entry ? new Figure({ ...first.payload, live: { id: entry.id } } as Figure['payload']) : first; // prettier-ignore
  // A curve that cannot be shown must not stop the run that it shows.
  void screen.show(shown.toBundle()).catch(() => undefined);
  let last = revision();
  const update = () => {
    if (revision() !== last) {
      last = revision();
      void screen.update(draw().toBundle()).catch(() => undefined);
    }
  };
  const timer = entry ? undefined : setInterval(update, INTERVAL);
  return {
    async end() {
      if (timer) {
        clearInterval(timer);
      }
      entry?.finish(false);
      await screen.update(figureBundle(draw())).catch(() => undefined);
    }
  };
}
