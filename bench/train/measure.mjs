// One workload: every runner builds it, shows its losses, and then all are timed in turn.
import { setTimeout } from 'node:timers/promises';
import { startRunner } from './runner.mjs';
import { nameOf } from './runners.mjs';

/** Milliseconds that a turn should take, and the least and most steps in it. */
const TURN = 200;
const STEPS = [3, 4000];
/** Turns before the first that counts. */
const WARM_UP = 5;
/** Times its length by which a turn may be longer before the next ones are cut. */
const LONG = 4;
/** Threads of a runner that has finished may spin for a while before they sleep. */
const PAUSE = 20;
/** Largest relative difference of a loss from ours: rounding, at float32 and after some steps of Adam. */
const TOLERANCE = 1e-3;

/** Largest relative difference between two lists of losses. */
export function difference(losses, expected) {
  return Math.max(
    ...expected.map((loss, i) => {
      const off = Math.abs(losses[i] - loss) / Math.abs(loss);
      return Number.isFinite(off) ? off : Infinity;
    })
  );
}

/**
 * Builds the problem in each runner and times them in turn, `rounds` times.
 * @returns for each that could: its entry, milliseconds a step of every round, the last compared loss, the largest relative
 *   difference of its losses from those of the first runner, and whether that is rounding
 */
export async function measure(problem, entries, rounds, leftOut) {
  const taking = [];
  try {
    for (const entry of entries) {
      const process = startRunner(entry);
      try {
        const { losses, estimate } = await process.ask({ build: problem });
        const wanted = Math.round(TURN / estimate);
        taking.push({
          entry,
          process,
          losses,
          steps: Math.min(Math.max(wanted, STEPS[0]), STEPS[1]),
          times: []
        });
        // What compiles for a number of steps, or after some networks, does so before the rounds.
        const { steps: turn } = taking.at(-1);
        for (let warmUp = turn > STEPS[0] ? WARM_UP : 1; warmUp > 0; warmUp--) {
          await process.ask({ time: turn });
        }
      } catch (error) {
        leftOut(nameOf(entry), error.message);
        taking.splice(0, taking.length, ...taking.filter(one => one.process !== process));
        await process.stop();
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const one of taking) {
        await setTimeout(PAUSE);
        const { ms } = await one.process.ask({ time: one.steps });
        one.times.push(ms);
        // On a busy machine some take many times their estimate: they must not hold up the rest.
        if (ms * one.steps > LONG * TURN) {
          one.steps = Math.max(STEPS[0], Math.round(TURN / ms));
        }
      }
    }
  } finally {
    await Promise.all(taking.map(({ process }) => process.stop()));
  }
  return taking.map(({ entry, losses, times }) => {
    const off = difference(losses, taking[0].losses);
    return { entry, times, loss: losses.at(-1), off, agrees: off < TOLERANCE };
  });
}
