import type { Distribution } from '../storage/distribution';
import type { Json, Operation, StoredOperation, StoredParameter } from '../storage/operation';
import type { Direction, TrialState } from '../trials/trial';

/** A trial as the operations made it. */
export interface StoredTrial {
  /** Counts the trials of the storage. */
  readonly id: number;
  /** Counts those of its study. */
  readonly number: number;
  readonly study: StoredStudy;
  /** Whether it began empty, at the sampler's next place; else it was queued, or came from elsewhere. */
  readonly fresh: boolean;
  state: TrialState;
  /** Who runs it. */
  workerId: string;
  values: readonly number[] | null;
  started: number | null;
  ended: number | null;
  readonly parameters: Map<string, StoredParameter>;
  reports: readonly (readonly [step: number, value: number])[];
  userAttributes: ReadonlyMap<string, Json>;
  systemAttributes: ReadonlyMap<string, Json>;
  /** Which operation began it, gave it its last hyperparameter, and ended it: their places, or -1. */
  begunAt: number;
  settledAt: number;
  endedAt: number;
  /** How many of its reports are here already, and have yet to come back from the storage. */
  ahead: number;
}

// Shared by all trials that have none, as most do: a large journal is opened sooner without them.
const NONE: StoredTrial['reports'] = Object.freeze([]);
const EMPTY: ReadonlyMap<string, Json> = new Map<string, Json>();

/** A study as the operations made it. */
export interface StoredStudy {
  readonly id: number;
  readonly name: string;
  readonly directions: readonly Direction[];
  deleted: boolean;
  readonly userAttributes: Map<string, Json>;
  readonly systemAttributes: Map<string, Json>;
  readonly trials: StoredTrial[];
  readonly running: Set<StoredTrial>;
  /** The first distribution of each hyperparameter; others must go with it. */
  readonly distributions: Map<string, Distribution>;
  /** Who wants to know of changes. */
  readonly observers: Set<StudyObserver>;
}

/** What changed of a trial. */
export type Change = 'begun' | 'parameter' | 'ended' | 'other';

/** Hears of changes one by one, in their order. */
export interface StudyObserver {
  changed(trial: StoredTrial, what: Change): void;
  noted(key: string): void;
  /** Everything that was read is folded. */
  settle(): void;
}

/**
 * The studies of a storage, made by folding over its operations. What makes no sense is left out, as Optuna does: all
 * readers must come to the same.
 */
export class Replay {
  readonly studies: StoredStudy[] = [];
  readonly trials: StoredTrial[] = [];
  #folded = 0;

  /** @param self who writes here: its reports were taken up when they were made */
  constructor(readonly self: string) {}

  /** The study of a name; `undefined` if there is none. */
  find(name: string): StoredStudy | undefined {
    return this.studies.find(study => study.name === name && !study.deleted);
  }

  fold(operations: readonly StoredOperation[]): void {
    for (const operation of operations) {
      this.#folded++;
      this.#apply(operation);
    }
    if (operations.length > 0) {
      this.studies.forEach(({ observers }) => observers.forEach(one => one.settle()));
    }
  }

  #apply(operation: StoredOperation): void {
    switch (operation.op) {
      case 'createStudy':
        return this.#createStudy(operation);
      case 'deleteStudy':
      case 'studyUserAttribute':
      case 'studySystemAttribute':
        return this.#changeStudy(operation);
      case 'createTrial':
        return this.#createTrial(operation);
      default:
        return this.#changeTrial(operation);
    }
  }

  #createStudy({ name, directions }: Extract<Operation, { op: 'createStudy' }>): void {
    if (!this.find(name)) {
      this.studies.push({
        id: this.studies.length,
        name,
        directions,
        deleted: false,
        userAttributes: new Map(),
        systemAttributes: new Map(),
        trials: [],
        running: new Set(),
        distributions: new Map(),
        observers: new Set()
      });
    }
  }

  #study(id: number): StoredStudy | undefined {
    const study: StoredStudy | undefined = this.studies[id];
    return study?.deleted ? undefined : study;
  }

  #changeStudy(
    operation: Extract<Operation, { study: number; op: 'deleteStudy' | `study${string}` }>
  ): void {
    const study = this.#study(operation.study);
    if (!study) {
      return;
    }
    if (operation.op === 'deleteStudy') {
      study.deleted = true;
      return;
    }
    const { op, key, value } = operation;
    (op === 'studyUserAttribute' ? study.userAttributes : study.systemAttributes).set(key, value);
    study.observers.forEach(one => one.noted(key));
  }

  #createTrial({
    study: id,
    started,
    template,
    workerId
  }: Extract<StoredOperation, { op: 'createTrial' }>): void {
    const study = this.#study(id);
    if (!study) {
      return;
    }
    const state = template?.state ?? 'running';
    const finished = state !== 'running' && state !== 'waiting';
    const trial: StoredTrial = {
      id: this.trials.length,
      number: study.trials.length,
      study,
      fresh: template === undefined,
      state,
      workerId,
      values: template?.values ?? null,
      started,
      ended: finished ? (template?.ended ?? started) : null,
      parameters: new Map(template?.parameters.map(one => [one.name, one])),
      reports: template && template.reports.length > 0 ? [...template.reports] : NONE,
      userAttributes: template ? new Map(template.userAttributes) : EMPTY,
      systemAttributes: template ? new Map(template.systemAttributes) : EMPTY,
      begunAt: state === 'waiting' ? -1 : this.#folded,
      settledAt: this.#folded,
      endedAt: finished ? this.#folded : -1,
      ahead: 0
    };
    this.trials.push(trial);
    study.trials.push(trial);
    template?.parameters.forEach(({ name, distribution }) => goesWith(study, name, distribution));
    if (state === 'running') {
      study.running.add(trial);
    }
    tell(trial, state === 'waiting' ? 'other' : 'begun');
    if (finished) {
      tell(trial, 'ended');
    }
  }

  #changeTrial(operation: Extract<StoredOperation, { trial: number }>): void {
    const trial: StoredTrial | undefined = this.trials[operation.trial];
    if (!trial || trial.study.deleted || trial.endedAt >= 0) {
      return;
    }
    let what: Change = 'other';
    if (operation.op === 'parameter') {
      const { name, value, distribution } = operation;
      if (!goesWith(trial.study, name, distribution)) {
        return;
      }
      trial.parameters.set(name, { name, value, distribution });
      trial.settledAt = this.#folded;
      what = 'parameter';
    } else if (operation.op === 'state') {
      const moved = this.#move(trial, operation);
      if (!moved) {
        return;
      }
      what = moved;
    } else if (operation.op === 'report') {
      if (operation.workerId === this.self && trial.ahead > 0) {
        trial.ahead--;
        return;
      }
      addReport(trial, operation.step, operation.value);
    } else {
      const { op, key, value } = operation;
      const kind = op === 'trialUserAttribute' ? 'userAttributes' : 'systemAttributes';
      if (trial[kind] === EMPTY) {
        trial[kind] = new Map<string, Json>();
      }
      (trial[kind] as Map<string, Json>).set(key, value);
    }
    tell(trial, what);
  }

  #move(
    trial: StoredTrial,
    { state, values, started, ended, workerId }: Extract<StoredOperation, { op: 'state' }>
  ): Change | undefined {
    if (state === 'running') {
      if (trial.state !== 'waiting') {
        return undefined;
      }
      trial.state = state;
      trial.workerId = workerId;
      trial.started = started ?? trial.started;
      trial.begunAt = trial.settledAt = this.#folded;
      trial.study.running.add(trial);
      return 'begun';
    }
    trial.state = state;
    trial.values = values;
    trial.study.running.delete(trial);
    if (state === 'waiting') {
      return 'other';
    }
    trial.ended = ended ?? trial.started ?? 0;
    trial.endedAt = this.#folded;
    if (trial.begunAt < 0) {
      trial.begunAt = this.#folded;
      tell(trial, 'begun');
    }
    return 'ended';
  }
}

/** Adds a value that was reported. */
export function addReport(trial: StoredTrial, step: number, value: number): void {
  if (trial.reports === NONE) {
    trial.reports = [];
  }
  (trial.reports as (readonly [number, number])[]).push(Object.freeze([step, value] as const));
}

function tell(trial: StoredTrial, what: Change): void {
  trial.study.observers.forEach(one => one.changed(trial, what));
}

/**
 * Whether a distribution goes with the one that the study has under a name: of one kind, both logarithmic or neither,
 * choices the same. The first one is remembered.
 */
function goesWith({ distributions }: StoredStudy, name: string, given: Distribution): boolean {
  const known = distributions.get(name);
  if (!known) {
    distributions.set(name, given);
    return true;
  }
  return known === given || sameKind(known, given);
}

/** Optuna's rule: bounds and steps may change, what a number means may not. */
export function sameKind(a: Distribution, b: Distribution): boolean {
  if (a.kind === 'categorical' || b.kind === 'categorical') {
    return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
  }
  return a.kind === b.kind && a.log === b.log;
}
