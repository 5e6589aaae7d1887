/** What steers a run, after a change. */
import { rangeError } from '../errors';
import type { OptimizerPlan } from '../wasm/engine';
import type { Changes, Place, Settings } from './format';

/** Constants of optimizers that can be changed by name, beside those that all of them have. */
export const CONSTANTS = ['beta', 'beta1', 'beta2', 'decay'] as const;

/** A rule with other constants; those that it does not have are refused. */
function withConstants(where: string, rule: OptimizerPlan, changes: Changes): OptimizerPlan {
  const changed: Record<string, unknown> = { ...rule };
  for (const name of CONSTANTS) {
    const value = changes[name];
    if (value === undefined) {
      continue;
    }
    if (!Object.hasOwn(rule, name)) {
      throw rangeError(
        where,
        `\`${name}\` must be a constant of the optimizer`,
        `${name}=${value} for ${rule.type}`,
        'Change the rule itself with { optimizer: optimizers.… }.'
      );
    }
    if (rule.type === 'momentum' && rule.dampening !== 0 && rule.dampening === rule.beta) {
      // The lecture's form: v = beta v + (1 - beta) dw.
      changed.dampening = value;
    }
    changed[name] = value;
  }
  return changed as unknown as OptimizerPlan;
}

/**
 * Settings after changes at a place.
 * @throws RangeError if the optimizer has no such constant, or fewer epochs are asked for than have begun.
 */
export function changed(
  where: string,
  settings: Settings,
  changes: Changes,
  place: Place
): Settings {
  const { learningRate, weightDecay, epochs, optimizer = settings.optimizer } = changes;
  if (epochs !== undefined && epochs < place.epoch + (place.batch > 0 ? 1 : 0)) {
    throw rangeError(
      where,
      `\`epochs\` must be at least the ${place.epoch + 1} that have begun`,
      String(epochs),
      'Use run.stop() to end now.'
    );
  }
  const limit = (name: 'clipNorm' | 'clipValue') =>
    changes[name] === null ? undefined : (changes[name] ?? settings[name]);
  return {
    optimizer: {
      ...withConstants(where, optimizer, changes),
      ...(learningRate !== undefined && { learningRate }),
      ...(weightDecay !== undefined && { weightDecay })
    },
    batchSize: changes.batchSize ?? settings.batchSize,
    epochs: epochs ?? settings.epochs,
    clipNorm: limit('clipNorm'),
    clipValue: limit('clipValue')
  };
}
