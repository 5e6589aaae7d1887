/** What one pass over the training set left behind. */
export interface EpochRecord {
  /** From 1. */
  epoch: number;
  /** Mean training loss over the epoch's mini-batches, in nats for cross-entropy. */
  loss: number;
  /** Share of training rows whose most probable class was right, as seen during the epoch. */
  accuracy: number;
  /** The same on the dev set at the end of the epoch, when one was given. */
  devLoss?: number;
  devAccuracy?: number;
}

/** What `fit` returns: plain numbers, epoch by epoch and step by step. */
export interface History {
  readonly epochs: EpochRecord[];
  /** Loss of every mini-batch, in order. */
  readonly stepLosses: Float32Array;
  /** Why training ended: all epochs were done, or the caller's signal stopped it. */
  readonly ended: 'complete' | 'stopped';
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
