// Who searches: tunelab's samplers here, Optuna's behind a bridge, in the same space and with the same objective.
import { createRequire } from 'node:module';
import { spaceOf } from './spaces.mjs';

const { samplers, study } = createRequire(import.meta.url)('tunelab');

/**
 * A search tries `budget` configurations, one after the other. `objective(config, trial)` gives the value of the
 * configuration that was asked for as number `trial`, from 0.
 */
export function tunelabRunner(sampler) {
  return async ({ axes, seed, budget }, objective) => {
    const found = study({ space: spaceOf(axes), sampler: samplers[sampler](), seed });
    for (let k = 0; k < budget; k++) {
      const trial = await found.ask({ budget });
      await found.tell(trial, await objective(trial.config, k));
    }
  };
}

let opened = 0;

/** `sampler` is a name of samplers.py. */
export function optunaRunner(bridge, sampler) {
  return async ({ axes, seed, budget }, objective) => {
    const key = opened++;
    let config = await bridge.ask({ open: key, sampler, seed, space: axes });
    for (let k = 0; k < budget; k++) {
      const value = await objective(config, k);
      config = k + 1 < budget ? await bridge.ask({ next: key, value }) : undefined;
    }
    await bridge.ask({ close: key });
  };
}
