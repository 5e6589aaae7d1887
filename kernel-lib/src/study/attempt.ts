import { copyOfGroup } from './groups';
import { Pruned, type Objective, type ObjectiveTools, type Outcome } from './objective';

/** Why a trial ended that was running when its search was stopped. */
export const STOPPED = 'the search was stopped while this trial was running';

/** Thrown into a trial whose time is up. */
export class TimeUp extends Error {
  constructor(seconds: number) {
    super(`the trial took longer than ${seconds} s`);
    this.name = 'TimeUp';
  }
}

/**
 * Calls an objective and never throws: what it returned, or the error that it ended with, for `study.tell`. The same
 * in this thread and in a worker's.
 *
 * @param tools what the objective may use; once `signal` is aborted its error says why instead of what it threw
 * @param late settles with the error that ends the trial although the objective goes on
 */
export async function attempt<Config, Context>(
  objective: Objective<Config, Context>,
  config: Config,
  tools: ObjectiveTools<Context>,
  late?: Promise<Error>
): Promise<Outcome | Error> {
  try {
    const outcome = objective(copyOfGroup(config), tools);
    return await (late ? Promise.race([outcome, late]) : outcome);
  } catch (error) {
    if (tools.signal.aborted && !(error instanceof Pruned)) {
      const { reason } = tools.signal as { reason: unknown };
      return reason instanceof TimeUp ? reason : new Error(STOPPED, { cause: error });
    }
    return error instanceof Error ? error : new Error(String(error));
  }
}
