import type { ProbeRecord } from './probes';

/** What one pass over the training set left behind. */
export interface EpochRecord {
  /** From 1. */
  epoch: number;
  /** Mean training loss over the epoch's mini-batches, in nats for cross-entropy and the logistic loss. */
  loss: number;
  /** Share of training rows that were got right, as seen during the epoch; NaN with mean squared error. */
  accuracy: number;
  /** The same on the dev set at the end of the epoch, when one was given. */
  devLoss?: number;
  devAccuracy?: number;
  /** alpha of the epoch's last step. */
  learningRate?: number;
}

/** What one mini-batch left behind. */
export interface StepRecord {
  /** From 1, counted from the beginning of this `fit`. */
  step: number;
  /** From 1. */
  epoch: number;
  /** Loss of the mini-batch before its update. */
  loss: number;
  /** Share of its rows that were got right; NaN with mean squared error. */
  accuracy: number;
  rows: number;
  /** alpha of this step. */
  learningRate: number;
}

/**
 * What `fit` returns: plain numbers, epoch by epoch and step by step. `figures.learningCurves` also takes one that was
 * stored as JSON; there typed arrays are objects (`Float32Array.from(Object.values(history.stepLosses))` brings one
 * back) and NaN is null. `structuredClone` and worker threads keep everything as it is.
 */
export interface History {
  readonly epochs: EpochRecord[];
  /** Loss of every mini-batch, in order. */
  readonly stepLosses: Float32Array;
  /** alpha of every step, in order. */
  readonly learningRates?: Float64Array;
  /** What the probes recorded, in order. */
  readonly probes?: ProbeRecord[];
  /** Epoch whose measure was the best, with early stopping. */
  readonly bestEpoch?: number;
  /** Why training ended: all epochs were done, the caller's signal stopped it, it stopped improving, or it diverged. */
  readonly ended: 'complete' | 'stopped' | 'early' | 'diverged';
}

/** Thrown by `fit` when its signal was aborted; the network is as after its last whole step. */
export class TrainingStopped extends Error {
  /** What was recorded until then. */
  readonly history: History;

  constructor(history: History, reason: unknown) {
    super(`training was stopped after ${history.stepLosses.length} steps; the network keeps them`);
    this.name = 'TrainingStopped';
    this.history = history;
    this.cause = reason;
  }
}
