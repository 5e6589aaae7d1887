import { hashSeed } from '../numeric/rng';
import type { StoredParameter, TrialTemplate, Json, Operation } from '../storage/operation';
import { distributionOf, fromStored, toStored } from '../storage/scaleDistribution';
import { storable } from '../storage/storable';
import type { Scale } from '../scales/scale';
import { hyperparametersOf, valueAt, type Named } from '../trials/names';
import type { Trial } from '../trials/trial';
import type { Space } from '../trials/view';
import type { Entry } from './ledger';
import { RESERVED } from './notes';
import type { StoredTrial } from './replay';
import { configFrom, isWhole, valueIn } from './space';

/** Attributes of a stored trial that are tunelab's own. */
export const KEYS = {
  error: 'tunelab:error',
  retryOf: 'tunelab:retry_of',
  origin: 'tunelab:origin',
  place: 'tunelab:place'
} as const;
/** Optuna's attribute of a queued trial: values by name. */
const FIXED = 'fixed_params';

const NONE = Object.freeze([]) as readonly [];
const EMPTY = Object.freeze({});

/** Between trials as they are stored and as records: names, units, choices and seeds. */
export class Records<Config> {
  readonly #space: Space;
  readonly #hyperparameters: readonly (Named<Scale<unknown>> &
    Pick<StoredParameter, 'distribution'>)[];
  /** Whether conditions are to be asked which hyperparameters exist. */
  readonly #conditional: boolean;
  /** Names of those that exist in every configuration. */
  readonly #always: readonly string[];
  readonly #seed: number;
  readonly #single: boolean;

  /** @param conditions whether those of the space can be asked; of a space that was only read they cannot */
  constructor(space: Space, seed: number, objectives: number, conditions = true) {
    this.#space = space;
    this.#hyperparameters = hyperparametersOf(space).map(one => ({
      ...one,
      distribution: distributionOf(one.value)
    }));
    this.#always = this.#hyperparameters
      .filter(({ value: scale }) => !('condition' in scale))
      .map(({ name }) => name);
    this.#conditional = conditions && this.#always.length < this.#hyperparameters.length;
    this.#seed = seed;
    this.#single = objectives === 1;
  }

  /** Whether all hyperparameters of a trial are known that exist there. */
  isWhole(trial: StoredTrial): boolean {
    return this.#conditional
      ? isWhole(this.#space, this.#config(trial))
      : this.#always.every(name => trial.parameters.has(name));
  }

  #config({ parameters, state, systemAttributes }: StoredTrial): object {
    const fixed = state === 'waiting' ? systemAttributes.get(FIXED) : undefined;
    return configFrom(this.#space, (scale, name) => {
      const parameter = parameters.get(name);
      if (parameter) {
        return fromStored(parameter);
      }
      const value = fixed && valueAt(fixed, [name]);
      return scale.contains(value) ? value : undefined;
    });
  }

  /**
   * The record of a stored trial.
   * @param seedOf the seed of another trial, for retries
   */
  trial(stored: StoredTrial, seedOf: (number: number) => number | undefined): Trial<Config> {
    const { number, state, values, userAttributes, reports, started, ended } = stored;
    const complete = state === 'complete' && values !== null;
    const retryOf = userAttributes.get(KEYS.retryOf) as number | undefined;
    const origin = userAttributes.get(KEYS.origin) as Trial['origin'] | undefined;
    const error = userAttributes.get(KEYS.error);
    const attributes = [...userAttributes].filter(([name]) => !name.startsWith(RESERVED));
    return {
      number,
      state,
      config: this.#config(stored) as Config,
      value: complete && this.#single ? values[0] : null,
      ...(complete && !this.#single && { values: Object.freeze([...values]) }),
      reports: reports.length > 0 ? [...reports] : NONE,
      attributes: attributes.length > 0 ? Object.fromEntries(attributes) : EMPTY,
      ...(state === 'failed' && error !== undefined && { error: String(error) }),
      ...(retryOf !== undefined && { retryOf }),
      ...(origin !== undefined && { origin }),
      seed: (retryOf === undefined ? undefined : seedOf(retryOf)) ?? hashSeed(this.#seed, number),
      started: started ?? 0,
      ended
    };
  }

  /** A configuration as it is stored: only what exists, by its name with dots. */
  parameters(config: object): StoredParameter[] {
    return this.#hyperparameters.flatMap(({ name, path, value: scale, distribution }) => {
      const value = valueIn(config, path, scale);
      return value === undefined ? [] : [{ name, value: toStored(scale, value), distribution }];
    });
  }

  /** What a queued trial is to be tried with, as it is stored. */
  #fixed(config: object): Json {
    const named = this.#hyperparameters.map(
      ({ name, path, value: scale }) => [name, valueIn(config, path, scale)] as const
    );
    return storable(Object.fromEntries(named));
  }

  /** The operation that adds a trial from elsewhere. */
  creation(study: number, entry: Entry<Config>, now: number): Operation {
    const { state, values, value, reports = NONE, attributes, error, retryOf, origin } = entry;
    const config = entry.config as object;
    const waiting = state === 'waiting';
    const own = { [KEYS.error]: error, [KEYS.retryOf]: retryOf, [KEYS.origin]: origin };
    const template: TrialTemplate = {
      state,
      values: state === 'complete' ? (values ?? [value!]) : null,
      ended: waiting ? null : now,
      parameters: waiting ? NONE : this.parameters(config),
      reports,
      userAttributes: [...Object.entries(attributes ?? EMPTY), ...Object.entries(own)]
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => [key, storable(one)]),
      systemAttributes: waiting ? [[FIXED, this.#fixed(config)]] : NONE
    };
    return { op: 'createTrial', study, started: waiting ? null : now, template };
  }
}
