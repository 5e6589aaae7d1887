import { knownOptions, typeError, show } from '../errors';
import { currentKernel, nextTurn } from '../host';
import { count } from '../numeric/options';
import { startProgress } from '../progress';
import type { Trial } from '../trials/trial';
import type { ConfigOf, Space } from '../trials/view';
import type { Objective } from './objective';
import type { Study } from './study';

/** Options of a study's `optimize`. */
export interface OptimizeOptions<Context> {
  /** How many trials to make, a whole number >= 1; fewer when the sampler has nothing left to try. */
  trials: number;
  /** Stops the search when aborted. Default: the notebook cell's interrupt. */
  signal?: AbortSignal;
  /** Handed to the objective as it is. */
  context?: Context;
  /** Called after each trial with its record. */
  onTrial?: (trial: Trial) => void;
  /** Shows a line with trials done, best value and remaining time when the search lasts. Default: `true`. */
  progress?: boolean;
}

/** Thrown by `optimize` when its signal was aborted; all trials told until then are in the study. */
export class SearchStopped extends Error {
  constructor(finished: number, reason: unknown) {
    super(`the search was stopped after ${finished} trials; the study keeps them`);
    this.name = 'SearchStopped';
    this.cause = reason;
  }
}

/** A signal that is never aborted, for hosts without one. */
const never = () => new AbortController().signal;

/** The loop behind `study.optimize`. */
export async function optimize<S extends Space, Context>(
  study: Study<S>,
  objective: Objective<ConfigOf<S>, Context>,
  options: OptimizeOptions<Context>,
  report: (trial: Trial, step: number, value: number) => void
): Promise<void> {
  const where = 'study.optimize';
  knownOptions(where, options, ['trials', 'signal', 'context', 'onTrial', 'progress']);
  if (typeof objective !== 'function') {
    throw typeError(
      where,
      'the objective must be a function of a configuration',
      show(objective),
      'Pass async config => value.'
    );
  }
  if (options.onTrial !== undefined && typeof options.onTrial !== 'function') {
    throw typeError(
      where,
      '`onTrial` must be a function of a finished trial',
      show(options.onTrial),
      'Pass trial => console.log(trial.value).'
    );
  }
  const budget = count(where, 'trials', options?.trials);
  await settleAbandoned(study);
  const signal = options.signal ?? currentKernel()?.signal ?? never();
  const progress = options.progress === false ? undefined : startProgress();
  const before = study.trials.length;
  try {
    for (let done = 0; done < budget; done++) {
      // A search of quick objectives must not keep the event loop from hearing an interrupt.
      await nextTurn();
      if (signal.aborted) {
        throw new SearchStopped(done, signal.reason);
      }
      const trial = await study.ask({ budget: before + budget });
      if (!trial) {
        break;
      }
      const finished = await runTrial(study, trial, objective, signal, options, report);
      if (signal.aborted && finished.state === 'failed') {
        throw new SearchStopped(done, signal.reason);
      }
      options.onTrial?.(finished);
      const best = study.best;
      const note = best
        ? `best ${Number(best.value!.toPrecision(4))} in trial ${best.number}`
        : `the last one ${finished.state}`;
      progress?.update(done + 1, budget, 'trial', note);
    }
  } finally {
    progress?.end();
  }
  const made = study.trials.slice(before);
  if (made.length > 0 && made.every(({ state }) => state === 'failed')) {
    const reason = made[made.length - 1].error;
    console.warn(`study.optimize: all ${made.length} trials failed, the last one with: ${reason}`);
  }
}

/** The signals of trials that run in a search, by study and number. */
const signals = new WeakMap<Study, Map<number, AbortSignal>>();
const STOPPED = 'the search was stopped while this trial was running';

/**
 * A search that was stopped in the midst of a computation cannot say so itself: what it left running is
 * recorded as failed when the next one begins.
 */
async function settleAbandoned<S extends Space>(study: Study<S>): Promise<void> {
  const known = signals.get(study as unknown as Study);
  const running = study.trials.filter(({ state }) => state === 'running');
  for (const { number } of running.filter(trial => known?.get(trial.number)?.aborted)) {
    await study.tell(number, new Error(STOPPED));
  }
}

/** What an objective may change: records keep theirs. */
function copyOf<Node>(node: Node): Node {
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const inner = Object.entries(node).map(([key, value]) => [key, copyOf(value)] as const);
  return (
    Array.isArray(node) ? inner.map(([, value]) => value) : Object.fromEntries(inner)
  ) as Node;
}

async function runTrial<S extends Space, Context>(
  study: Study<S>,
  trial: Trial<ConfigOf<S>>,
  objective: Objective<ConfigOf<S>, Context>,
  signal: AbortSignal,
  options: OptimizeOptions<Context>,
  report: (trial: Trial, step: number, value: number) => void
): Promise<Trial<ConfigOf<S>>> {
  const key = study as unknown as Study;
  signals.set(key, (signals.get(key) ?? new Map<number, AbortSignal>()).set(trial.number, signal));
  let outcome;
  try {
    outcome = await objective(copyOf(trial.config), {
      signal,
      report: (step, value) => report(trial, step, value),
      seed: trial.seed,
      context: options.context as Context,
      trial: { number: trial.number }
    });
  } catch (error) {
    outcome = error instanceof Error ? error : new Error(String(error));
    if (signal.aborted) {
      outcome = new Error(STOPPED, { cause: error });
    }
  }
  signals.get(key)?.delete(trial.number);
  return study.tell(trial, outcome);
}
