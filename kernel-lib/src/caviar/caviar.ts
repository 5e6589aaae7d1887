import { show, typeError } from '../errors';
import { nodeModule } from '../host';
import { count } from '../numeric/options';
import type { Objective, ObjectiveTools } from '../study/objective';
import { search, type OptimizeOptions } from '../study/optimize';
import { readLimits } from '../study/optimizeOptions';
import { reportNow, type Study } from '../study/study';
import { namesOf } from '../trials/names';
import { searchedWith } from '../trials/searched';
import type { ConfigOf, Space } from '../trials/view';
import { checkCloneable } from './cloneable';
import { checkPlaceholders, isCommand } from './command';
import type { Executor } from './executor';
import { inProcess } from './inProcess';
import { portable, type ObjectiveFile } from './portable';
import { checkThreads, threadExecutor } from './threadExecutor';

/** Options of `caviar`. */
export interface CaviarOptions<Context> extends OptimizeOptions<Context> {
  /** How many trials run at the same time, a whole number >= 1. Default: one for each core. */
  workers?: number;
  /**
   * Data for the objective, copied to each worker when it starts: whatever an objective that is written in place needs
   * of its surroundings. Default: none.
   */
  context?: Context;
  /** Most MB of memory for each worker's objects, a whole number >= 16; typed arrays do not count. Default: Node's. */
  memory?: number;
  /** Where trials run instead of in threads; `context` is then the executor's affair. Default: threads of Node. */
  executor?: Executor;
}

const OWN = ['workers', 'memory', 'executor'] as const;

/**
 * Trains many models at once: tries configurations on all cores, each trial in a worker thread. A trial whose
 * objective throws, crashes, runs out of memory or takes longer than `trialSeconds` is kept as failed with the reason,
 * its thread is replaced where necessary, and the search goes on. One that the pruner gives up is stopped at once.
 *
 * With samplers that ignore history (`random`, `sobol`, `halton`, `latinHypercube`, `grid`) 1, 2 or 8 workers give the
 * same trials; with the others the same only with one worker, since what is known at each ask depends on who is ready.
 *
 * @param study what to search; it has the trials afterwards
 * @param objective trains with a configuration and returns what to make small (or large). A function that is written in
 *   place may use its arguments and what is imported; what else it needs goes through `context`. Or the file of a
 *   module that exports one, as default or as `objective`: a path from the working folder, or a URL; `.ts` where Node
 *   runs TypeScript (22.18 and newer). Or a `command`
 * @param options as for `study.optimize`: `trials`, `seconds`, `trialSeconds`, `stopWhen`, `retries`, `signal`,
 *   `onTrial`, `progress`; and `workers`, `context`, `memory`
 * @returns the study
 * @throws RangeError naming the variables that an objective written in place uses from around it; TypeError naming the
 *   part of `context` that cannot be copied; SearchStopped if the signal is aborted.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) }, sampler: samplers.random() });
 * await caviar(search, async ({ learningRate }, { seed, signal, context: { train, dev } }) => {
 *   const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64, seed });
 *   await fit(network, train, { optimizer: optimizers.adam({ learningRate }), seed, signal });
 *   return evaluate(network, dev).error;
 * }, { trials: 25, workers: 2, context: datasets.digits() });
 * @see lecture, "Hyperparameters tuning in practice: Pandas vs. Caviar".
 */
export async function caviar<S extends Space, Context = undefined>(
  study: Study<S>,
  objective: Objective<ConfigOf<S>, Context> | ObjectiveFile,
  options: CaviarOptions<Context>
): Promise<Study<S>> {
  // The stack tells in which file an objective was written; behind the first await it is lost.
  const { stack = '' } = new Error();
  if (typeof study?.ask !== 'function') {
    throw typeError(
      'caviar',
      'what is searched must be a study',
      show(study),
      'Write caviar(study({ space }), objective, { trials: 25 }).'
    );
  }
  const limits = readLimits('caviar', options, OWN);
  const { workers, memory } = options;
  const most = workers === undefined ? cores() : count('caviar', 'workers', workers);
  if (memory !== undefined) {
    count('caviar', 'memory', memory, 16);
  }
  const executor = (options.executor ?? executorFor(study, objective, options, stack)) as Executor<
    ConfigOf<S>
  >;
  searchedWith(study, objective);
  const places = Array.from({ length: Math.min(most, limits.trials) }, () => executor.open());
  try {
    const lanes = places.map(place => ({
      ready: () => place.ready(),
      objective: (config: ConfigOf<S>, tools: ObjectiveTools<Context>) => place.run(config, tools)
    }));
    await search('caviar', study, lanes, limits, options, (trial, step, value) =>
      reportNow(study, trial, step, value)
    );
  } finally {
    await Promise.all(places.map(place => place.close()));
  }
  return study;
}

function executorFor<S extends Space, Context>(
  { pruner, space }: Study<S>,
  objective: Objective<ConfigOf<S>, Context> | ObjectiveFile,
  { context, memory }: CaviarOptions<Context>,
  stack: string
): Executor<ConfigOf<S>> {
  if (isCommand(objective)) {
    checkPlaceholders(objective, namesOf(space));
    return inProcess(objective, undefined);
  }
  checkThreads();
  checkCloneable(context);
  const waits = pruner !== undefined;
  return threadExecutor({ objective: portable(objective, stack), context, waits, memory });
}

/** How many threads this process may keep busy. */
function cores(): number {
  const os = nodeModule<{ availableParallelism(): number }>('os');
  return os?.availableParallelism() ?? 1;
}
