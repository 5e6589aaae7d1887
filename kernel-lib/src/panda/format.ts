import type { Layer } from '../training/network';
import type { EpochRecord, History } from '../training/history';
import type { ClipLimits, OptimizerPlan, ProgramState } from '../wasm/engine';

/** What steers a run and may change while it goes. */
export interface Settings extends ClipLimits {
  readonly optimizer: OptimizerPlan;
  readonly batchSize: number;
  readonly epochs: number;
}

/** What `run.set` changes, from the next mini-batch on; a batch size from the next epoch on. */
export interface Changes {
  /** alpha, > 0; a schedule goes on and multiplies the new one. */
  learningRate?: number;
  /** Factor of the weights in their gradients, >= 0. */
  weightDecay?: number;
  /**
   * Weight of the past in momentum's velocity, in [0, 1). Where `dampening` equals it, as in the lecture's form, it goes
   * along. Only where the rule has it, as the next three.
   */
  beta?: number;
  /** Weight of the past in Adam's mean of gradients, in [0, 1). */
  beta1?: number;
  /** Weight of the past in Adam's mean of squared gradients, in [0, 1). */
  beta2?: number;
  /** Weight of the past in RMSprop's mean of squared gradients, in [0, 1). */
  decay?: number;
  /** Another rule or other constants, from `optimizers.*`; a rule of the same type keeps its memory. */
  optimizer?: OptimizerPlan;
  /** Largest norm of all gradients together, > 0; `null` for none. */
  clipNorm?: number | null;
  /** Largest magnitude of each gradient, > 0; `null` for none. */
  clipValue?: number | null;
  /** Rows in a mini-batch. */
  batchSize?: number;
  /** Passes over the training data in all; not below the ones that have begun. */
  epochs?: number;
}

export type Warning = 'diverged' | 'diverging' | 'dead' | 'saturated' | 'plateau';

/** What was done to a run, or what it warned of. */
export type RunEvent = {
  /** Mini-batches computed before it, rolled back ones included: never goes back. */
  readonly tick: number;
  /** Mini-batches that the network had learned from when it happened. */
  readonly step: number;
  /** The epoch then running, from 1. */
  readonly epoch: number;
} & (
  | { readonly kind: 'set'; readonly changes: Changes }
  | { readonly kind: 'snapshot'; readonly name: string }
  | { readonly kind: 'rollBack'; readonly name: string; readonly toStep: number }
  | { readonly kind: 'pause' | 'resume' | 'stop' }
  | {
      /** Another run went on from a snapshot, or from here. */
      readonly kind: 'branch';
      readonly name: string;
      readonly from?: string;
      readonly changes?: Changes;
    }
  | {
      readonly kind: 'warning';
      readonly warning: Warning;
      readonly message: string;
      readonly layer?: number;
    }
);

/** An epoch of a run. */
export interface RunEpoch extends EpochRecord {
  /** Mini-batches computed until its end, rolled back ones included. */
  readonly tick: number;
}

/** Where a run is in its data. */
export interface Place {
  /** Mini-batches that the network has learned from. */
  readonly step: number;
  /** Epochs done. */
  readonly epoch: number;
  /** Mini-batches done in the running epoch, and how large they are. */
  readonly batch: number;
  readonly batchSize: number;
  /** Sums over the running epoch. */
  readonly loss: number;
  readonly correct: number;
}

/** All that a run needs to go on from somewhere. */
export interface Snapshot {
  /** Mini-batches computed before it, in this run and in the one that it left. */
  readonly tick: number;
  readonly place: Place;
  readonly settings: Settings;
  readonly state: ProgramState;
}

/** Everything that decides a run, as it began: plain data. */
export interface RunStart {
  readonly name?: string;
  /** Of a branch: where it left the other run. */
  readonly branch?: Pick<Snapshot, 'tick' | 'place'>;
  readonly layers: readonly Layer[];
  readonly inputs: number;
  readonly precision: 'float32' | 'float64';
  /** The build that computes: others round differently. */
  readonly engine: string;
  readonly networkSeed: number;
  readonly state: ProgramState;
  readonly settings: Settings;
  /** Seed of the order of examples. */
  readonly seed: number;
  /** The schedule's factor for each step; the last one stays. */
  readonly factors?: Float64Array;
  readonly onDivergence: 'stop' | 'pause';
  /** Fingerprints of the data. */
  readonly train: string;
  readonly dev?: string;
}

/** What a run leaves behind, as far as it got: a history with everything needed to repeat it. Plain data. */
export interface RunHistory extends History {
  readonly version: 1;
  readonly epochs: RunEpoch[];
  /** Loss of every mini-batch, rolled back ones included: one for each tick. */
  readonly stepLosses: Float32Array;
  /** alpha at each tick. */
  readonly learningRates: Float64Array;
  readonly events: readonly RunEvent[];
  readonly start: RunStart;
}

/** What the run is asked to do. */
export type Command =
  | { kind: 'set'; changes: Changes }
  | { kind: 'snapshot'; name: string }
  | { kind: 'rollBack'; name: string }
  | { kind: 'branch'; name: string; from?: string; changes?: Changes }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'stop' };

/** New records since the last ones. */
export interface Chunk {
  losses: Float32Array;
  learningRates: Float64Array;
  epochs: RunEpoch[];
  events: RunEvent[];
}

export type Ended = History['ended'] | undefined;
