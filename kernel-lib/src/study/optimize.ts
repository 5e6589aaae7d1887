import { anySignal, currentKernel, nextTurn, now } from '../host';
import { startProgress, type Progress } from '../progress';
import { accountFor } from '../trials/activity';
import type { Trial } from '../trials/trial';
import type { ConfigOf, Space } from '../trials/view';
import { attempt, STOPPED } from './attempt';
import { limitOf } from './limit';
import type { Objective } from './objective';
import { checkObjective, readLimits, type Limits, type OptimizeOptions } from './optimizeOptions';
import type { Study } from './study';

export type { OptimizeOptions } from './optimizeOptions';

/** Thrown by `optimize` when its signal was aborted; all trials told until then are in the study. */
export class SearchStopped extends Error {
  constructor(finished: number, reason: unknown) {
    super(`the search was stopped after ${finished} trials; the study keeps them`);
    this.name = 'SearchStopped';
    this.cause = reason;
  }
}

type Report = (trial: Trial, step: number, value: number) => void;

/** Where trials run, one at a time: an objective in this thread, or a place elsewhere that stands for one. */
export interface Lane<Config, Context> {
  objective: Objective<Config, Context>;
  /** Resolves when it can take a trial; rejects when it never will, which ends the search. */
  ready?(): Promise<void>;
}

/** The loop behind `study.optimize`. */
export async function optimize<S extends Space, Context>(
  study: Study<S>,
  objective: Objective<ConfigOf<S>, Context>,
  options: OptimizeOptions<Context>,
  report: Report
): Promise<void> {
  checkObjective('study.optimize', objective);
  const limits = readLimits('study.optimize', options);
  await search('study.optimize', study, [{ objective }], limits, options, report);
}

/** Makes trials in all lanes at the same time, until the limits are reached or the sampler is at its end. */
export async function search<S extends Space, Context>(
  where: string,
  study: Study<S>,
  lanes: readonly Lane<ConfigOf<S>, Context>[],
  limits: Limits,
  options: OptimizeOptions<Context>,
  report: Report
): Promise<void> {
  const stopped = options.signal ?? currentKernel()?.signal;
  const { signal, end } = accountFor(study).begin(stopped);
  try {
    await searchUntil(anySignal(stopped, signal)!, where, study, lanes, limits, options, report);
  } finally {
    end();
  }
}

async function searchUntil<S extends Space, Context>(
  stopped: AbortSignal,
  where: string,
  study: Study<S>,
  lanes: readonly Lane<ConfigOf<S>, Context>[],
  limits: Limits,
  options: OptimizeOptions<Context>,
  report: Report
): Promise<void> {
  await settleAbandoned(study);
  // When one lane fails, the trials of the others are stopped as well.
  const failure = new AbortController();
  const signal = anySignal(stopped, lanes.length > 1 ? failure.signal : undefined)!;
  const progress = options.progress === false ? undefined : startProgress();
  const budget = Number.isFinite(limits.trials) ? study.trials.length + limits.trials : undefined;
  const began = now();
  const made: Trial[] = [];
  let begun = 0;
  let over = false;

  async function work({ objective, ready }: Lane<ConfigOf<S>, Context>): Promise<void> {
    while (!over && begun < limits.trials) {
      // A search of quick objectives must not keep the event loop from hearing an interrupt.
      await nextTurn();
      await (ready && orAborted(ready(), signal));
      if (signal.aborted) {
        throw new SearchStopped(made.length, signal.reason);
      }
      const passed = (now() - began) / 1000;
      if (over || begun >= limits.trials || passed >= limits.seconds) {
        return;
      }
      begun++;
      const trial = await study.ask({ budget });
      if (!trial) {
        over = true;
        return;
      }
      const { context } = options;
      const settings = { signal, context: context as Context, seconds: limits.trialSeconds };
      const finished = await runTrial(study, trial, objective, settings, report);
      if (signal.aborted && finished.state === 'failed') {
        throw new SearchStopped(made.length, signal.reason);
      }
      made.push(finished);
      options.onTrial?.(finished);
      const reason = await afterTrial(study, finished, limits);
      showProgress(progress, study, finished, made.length, limits, began);
      over ||= reason !== undefined;
    }
  }

  let first: { error: unknown } | undefined;
  try {
    await Promise.all(
      lanes.map(lane =>
        work(lane).catch(error => {
          first ??= { error };
          over = true;
          failure.abort(error);
        })
      )
    );
  } finally {
    progress?.end();
  }
  if (first) {
    throw first.error;
  }
  if (made.length > 0 && made.every(({ state }) => state === 'failed')) {
    const reason = made[made.length - 1].error;
    console.warn(`${where}: all ${made.length} trials failed, the last one with: ${reason}`);
  }
}

/** Waits no longer than until the signal is aborted. */
async function orAborted(ready: Promise<void>, signal: AbortSignal): Promise<void> {
  let abort!: () => void;
  const aborted = new Promise<void>(resolve => (abort = resolve));
  signal.addEventListener('abort', abort);
  await Promise.race([ready, signal.aborted ? undefined : aborted]).finally(() =>
    signal.removeEventListener('abort', abort)
  );
}

/**
 * Queues a failed trial again if it may be, and asks the stop rules.
 * @returns why the search should end; `undefined` to go on
 */
export async function afterTrial<S extends Space>(
  study: Study<S>,
  finished: Trial,
  { retries, rules }: Pick<Limits, 'retries' | 'rules'>
): Promise<string | undefined> {
  if (finished.state === 'failed' && retries > 0) {
    const { trials } = study;
    let tries = 0;
    for (
      let one: Trial | undefined = finished;
      one?.retryOf !== undefined;
      one = trials[one.retryOf]
    ) {
      tries++;
    }
    if (tries < retries) {
      await study.retry(finished);
    }
  }
  for (const rule of rules) {
    const answer = rule(study as unknown as Study);
    if (answer !== false && answer !== '') {
      return answer === true ? 'a stop rule ended the search' : answer;
    }
  }
  return undefined;
}

function showProgress<S extends Space>(
  progress: Progress | undefined,
  study: Study<S>,
  last: Trial,
  done: number,
  { trials, seconds }: Limits,
  began: number
): void {
  if (progress) {
    const { best, directions } = study;
    const note =
      directions.length > 1
        ? `Pareto front of ${study.paretoFront.length}`
        : best
          ? `best ${Number(best.value!.toPrecision(4))} in trial ${best.number}`
          : `the last one ${last.state}`;
    progress.update(done, trials, 'trial', note, 1000 * seconds - (now() - began));
  }
}

/** The signals of trials that run in a search, by study and number. */
const signals = new WeakMap<Study, Map<number, AbortSignal>>();

/**
 * A search that was stopped in the midst of a computation cannot say so itself: what it left running is
 * recorded as failed when the next one begins.
 */
async function settleAbandoned<S extends Space>(study: Study<S>): Promise<void> {
  const known = signals.get(study as unknown as Study);
  if (!known || known.size === 0) {
    return;
  }
  const running = study.trials.filter(({ state }) => state === 'running');
  for (const { number } of running.filter(trial => known.get(trial.number)?.aborted)) {
    await study.tell(number, new Error(STOPPED));
  }
}

interface RunSettings<Context> {
  signal: AbortSignal;
  context: Context;
  /** How long it may take. */
  seconds: number | undefined;
}

/** Runs a trial in this thread and tells what came of it. */
async function runTrial<S extends Space, Context>(
  study: Study<S>,
  trial: Trial<ConfigOf<S>>,
  objective: Objective<ConfigOf<S>, Context>,
  { signal, context, seconds }: RunSettings<Context>,
  report: Report
): Promise<Trial<ConfigOf<S>>> {
  const { number, seed } = trial;
  const key = study as unknown as Study;
  const running = signals.get(key) ?? new Map<number, AbortSignal>();
  signals.set(key, running.set(number, signal));
  const limit = limitOf(signal, seconds);
  try {
    const tools = {
      signal: limit.signal,
      report: (step: number, value: number) => report(trial, step, value),
      seed,
      context,
      trial: { number }
    };
    const outcome = await attempt(objective, trial.config, tools, limit.late);
    return await study.tell(trial, outcome);
  } finally {
    limit.clear();
    running.delete(number);
  }
}
