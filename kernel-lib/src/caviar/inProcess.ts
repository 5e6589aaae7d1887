import { Pruned, type Objective } from '../study/objective';
import { settling, type Executor, type Place } from './executor';

/**
 * Runs trials in this process, taking turns wherever they wait: for objectives that wait for something else, such as
 * `command`, and where there are no threads. One that computes without pause cannot be ended, one that goes on after
 * its end is ignored.
 */
export function inProcess<Config, Context>(
  objective: Objective<Config, Context>,
  context: Context
): Executor<Config> {
  const place: Place<Config> = {
    ready: () => Promise.resolve(),
    run(config, tools) {
      const trial = settling(tools.signal, () => undefined);
      if (trial.settled) {
        return trial.outcome;
      }
      const report = (step: number, value: number): void => {
        if (trial.settled) {
          throw new Pruned('the trial has been stopped');
        }
        try {
          tools.report(step, value);
        } catch (error) {
          trial.reject(error as Error);
          throw error;
        }
      };
      void (async () => {
        try {
          trial.resolve(await objective(config, { ...tools, report, context }));
        } catch (error) {
          trial.reject(error instanceof Error ? error : new Error(String(error)));
        }
      })();
      return trial.outcome;
    },
    close: () => Promise.resolve()
  };
  return { name: 'this process', open: () => place };
}
