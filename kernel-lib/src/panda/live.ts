import { figureBundle } from '../display/bundle';
import { openScreen } from '../display/screen';
import { Figure } from '../figures/figure';
import { runFigure } from '../figures/training/runCurves';
import { inThisCell, timers } from '../host';
import { Budget } from '../live/budget';
import { followed, type Command } from '../live/registry';
import type { Changes } from './format';
import type { BranchOptions, Run } from './panda';
import { steerOf } from './steer';

/** Milliseconds between two updates where no comm carries them. */
const INTERVAL = 500;

/** The run has a thread of its own: its figure may use much of the notebook's. */
const SHARE = 0.25;

/** What a reader of a run's figure may have done; the run checks it. */
function commandsOf(run: Run): Readonly<Record<string, Command>> {
  // What a reader begins stands where the figure does, whichever cell ran last.
  const inCell = inThisCell();
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
    rollBack: async ({ name }) => ({ tick: (await run.rollBack(name as string)).tick }),
    branch: async args => ({ name: (await inCell(() => run.branch(args as BranchOptions))).name })
  };
}

/**
 * Shows a run's curve in the running cell and keeps it up to date; outside notebooks nothing. Updates carry the
 * data alone; the stored picture follows at the end.
 * @param rows examples that it trains on
 * @param revision another value after each record
 */
export function startLiveFigure(
  run: Run,
  rows: number,
  revision: () => number
): { end(): Promise<void> } | undefined {
  const screen = openScreen();
  if (!screen) {
    return undefined;
  }
  const { setInterval, clearInterval } = timers();
  const draw = () => runFigure(run.history, { steer: steerOf(run, rows) });
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
