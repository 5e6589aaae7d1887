import { hashSeed } from '../numeric/rng';
import type { StoredParameter, TrialTemplate, Json, Operation } from '../storage/operation';
import { distributionOf, fromStored, toStored } from '../storage/scaleDistribution';
import { storable } from '../storage/storable';
import type { Trial } from '../trials/trial';
import type { Space } from '../trials/view';
import type { Entry } from './ledger';
import { RESERVED } from './notes';
import type { StoredTrial } from './replay';
import { isWhole } from './space';

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
  readonly #names: readonly string[];
  /** Whether conditions are to be asked which hyperparameters exist. */
  readonly #conditional: boolean;
  /** Those that exist in every configuration. */
  readonly #always: readonly string[];
  readonly #seed: number;
  readonly #single: boolean;
  readonly #distributions: Map<string, StoredParameter['distribution']>;

  /** @param conditions whether those of the space can be asked; of a space that was only read they cannot */
  constructor(space: Space, seed: number, objectives: number, conditions = true) {
    this.#space = space;
    this.#names = Object.keys(space);
    this.#always = this.#names.filter(name => !('condition' in space[name]));
    this.#conditional = conditions && this.#always.length < this.#names.length;
    this.#seed = seed;
    this.#single = objectives === 1;
    this.#distributions = new Map(
      Object.entries(space).map(([name, scale]) => [name, distributionOf(scale)])
    );
  }

  /** Whether all hyperparameters of a trial are known that exist there. */
  isWhole(trial: StoredTrial): boolean {
    return this.#conditional
      ? isWhole(this.#space, this.#config(trial))
      : this.#always.every(name => trial.parameters.has(name));
  }

  #config({ parameters, state, systemAttributes }: StoredTrial): Record<string, unknown> {
    const config: Record<string, unknown> = {};
    const fixed = state === 'waiting' ? systemAttributes.get(FIXED) : undefined;
    for (const name of this.#names) {
      const parameter = parameters.get(name);
      if (parameter) {
        config[name] = fromStored(parameter);
      } else if (fixed && typeof fixed === 'object' && Object.hasOwn(fixed, name)) {
        const value = (fixed as Record<string, Json>)[name];
        if (this.#space[name].contains(value)) {
          config[name] = value;
        }
      }
    }
    return config;
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

  /** A configuration as it is stored. */
  parameters(config: Readonly<Record<string, unknown>>): StoredParameter[] {
    return this.#names
      .filter(name => config[name] !== undefined)
      .map(name => ({
        name,
        value: toStored(this.#space[name], config[name]),
        distribution: this.#distributions.get(name)!
      }));
  }

  /** The operation that adds a trial from elsewhere. */
  creation(study: number, entry: Entry<Config>, now: number): Operation {
    const { state, values, value, reports = NONE, attributes, error, retryOf, origin } = entry;
    const config = entry.config as Readonly<Record<string, unknown>>;
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
      systemAttributes: waiting ? [[FIXED, storable(config)]] : NONE
    };
    return { op: 'createTrial', study, started: waiting ? null : now, template };
  }
}
