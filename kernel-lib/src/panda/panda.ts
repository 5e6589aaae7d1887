import { rangeError, show } from '../errors';
import { programOf, restoreSteps, type Network } from '../training/network';
import type { TrainingData, TrainingSet } from '../training/trainingSet';
import { refuseSecond, whileTraining } from '../training/turns';
import type { Message, NetworkNow } from './drive';
import type { Changes, Command, RunEvent, RunHistory } from './format';
import { startRun, type RunHost } from './host';
import { startLiveFigure } from './live';
import { checkChanges, preparePanda, type PandaOptions } from './options';
import { createRecords, type Records } from './records';

interface Waiting {
  resolve: (event: RunEvent) => void;
  reject: (error: Error) => void;
}

/**
 * One model in training, in the background: looked at and steered from other cells. Made by `panda`.
 * Its network has the weights of the last pause, snapshot or roll-back, and at the end those of the end.
 */
export class Run {
  /** The network in training: its weights are up to date where the class says so. */
  readonly network: Network;
  /** Resolves with the history when the run has ended, whatever ended it; rejects if its thread was lost. */
  readonly done: Promise<RunHistory>;
  readonly #records: Records;
  readonly #host: RunHost;
  readonly #rows: number;
  readonly #before: number;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #heard = 0;
  #state: 'running' | 'paused' | 'ended' | 'lost' = 'running';
  #snapshots = 0;
  #end!: { resolve: () => void; reject: (error: Error) => void };

  /** Use `panda(network, data, options)`. */
  constructor(network: Network, data: TrainingData, options: PandaOptions) {
    const { start, train, dev, signal, figure, workerFile } = preparePanda(network, data, options);
    refuseSecond('panda', network);
    this.network = network;
    this.#rows = train.rows;
    this.#before = network.steps;
    this.#records = createRecords(start);
    const end = new Promise<void>((resolve, reject) => (this.#end = { resolve, reject }));
    this.#host = startRun(start, train, dev as TrainingSet | undefined, {
      message: message => this.#hear(message),
      lost: error => this.#lose(error)
    }, workerFile); // prettier-ignore
    const live = figure ? startLiveFigure(this, () => this.history, () => this.#heard) : undefined; // prettier-ignore
    const stop = () => void this.stop().catch(() => undefined);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) {
      stop();
    }
    this.done = whileTraining('panda', network, turn => turn.wait(end))
      .finally(() => {
        signal?.removeEventListener('abort', stop);
        this.#host.close();
        return live?.end();
      })
      .then(() => this.history);
    // Whoever does not wait for the end must not be ended by it.
    this.done.catch(() => undefined);
  }

  /** `'running'`, `'paused'`, `'ended'`, or `'lost'` if its thread died. */
  get state(): 'running' | 'paused' | 'ended' | 'lost' {
    return this.#state;
  }

  /** What was recorded so far; plain data, a copy. */
  get history(): RunHistory {
    return this.#records.history();
  }

  /**
   * Changes what steers the training, from the next mini-batch on (a batch size: from the next epoch on).
   * @returns the event, with the step at which it took effect
   * @throws RangeError for an unknown change or one outside its domain; Error if the run has ended.
   * @example
   * const data = datasets.digits();
   * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
   * const run = panda(network, data.train, { optimizer: optimizers.adam() });
   * await run.set({ learningRate: 0.0003 });
   */
  async set(changes: Changes): Promise<RunEvent> {
    return this.#ask({ kind: 'set', changes: checkChanges(this.network, this.#rows, changes) });
  }

  /**
   * Holds the run after the current mini-batch; the network then has its weights.
   * @throws Error if the run has ended.
   */
  async pause(): Promise<RunEvent> {
    return this.#ask({ kind: 'pause' });
  }

  /**
   * Lets a paused run go on.
   * @throws Error if the run has ended.
   */
  async resume(): Promise<RunEvent> {
    return this.#ask({ kind: 'resume' });
  }

  /**
   * Ends the run after the current mini-batch; one that has ended stays as it is.
   * @returns its history
   */
  async stop(): Promise<RunHistory> {
    if (this.#state === 'running' || this.#state === 'paused') {
      await this.#ask({ kind: 'stop' }).catch(() => undefined);
    }
    return this.done;
  }

  /**
   * Keeps everything as it is now, the optimizer's memory and the place in the data included.
   * @param name for `rollBack`; default: `'1'`, `'2'`, …; the beginning is kept as `'start'`
   * @returns the snapshot's name
   * @throws RangeError for `'start'` or an empty name; Error if the run has ended.
   */
  async snapshot(name?: string): Promise<string> {
    const chosen = name ?? String(++this.#snapshots);
    if (typeof chosen !== 'string' || chosen === '' || chosen === 'start') {
      throw rangeError(
        'run.snapshot',
        "a name must be a text, and not 'start', which is the beginning",
        show(name),
        "Pass for example 'before decay', or nothing."
      );
    }
    await this.#ask({ kind: 'snapshot', name: chosen });
    return chosen;
  }

  /**
   * Goes back to a snapshot: weights, optimizer, settings and place in the data. The history keeps what was tried.
   * @throws Error if there is no such snapshot, or the run has ended.
   */
  async rollBack(name: string): Promise<RunEvent> {
    return this.#ask({ kind: 'rollBack', name });
  }

  #ask(command: Command): Promise<RunEvent> {
    if (this.#state === 'ended' || this.#state === 'lost') {
      throw new Error(
        `run.${command.kind}: the run must still be going, but it has ${this.#state === 'lost' ? 'been lost' : 'ended'}.\n` +
          'Begin another with panda(run.network, data, options).'
      );
    }
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#host.send({ id, command });
    });
  }

  #take(now: NetworkNow | undefined): void {
    if (now) {
      programOf(this.network).restoreState(now.state);
      restoreSteps(this.network, this.#before + now.step);
    }
  }

  #hear(message: Message): void {
    this.#heard++;
    if (message.kind === 'records') {
      this.#records.add(message.chunk);
      this.#state = message.paused ? 'paused' : 'running';
    } else if (message.kind === 'ended') {
      this.#take(message.now);
      this.#records.end(message.ended);
      this.#state = 'ended';
      this.#refuseAll('the run has ended');
      this.#end.resolve();
    } else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.kind === 'done') {
        this.#take(message.now);
        waiting?.resolve(message.event);
      } else {
        waiting?.reject(new RangeError(message.message));
      }
    }
  }

  #lose(error: Error): void {
    if (this.#state === 'ended') {
      return;
    }
    this.#state = 'lost';
    this.#records.end('stopped');
    const lost = new Error(
      `panda: the run's thread must live until its end, but was lost: ${error.message}.\n` +
        'The network has the weights of the last pause or snapshot, run.history what was recorded.',
      { cause: error }
    );
    this.#refuseAll(lost.message);
    this.#end.reject(lost);
  }

  #refuseAll(reason: string): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new Error(`run: ${reason}.`));
    }
    this.#waiting.clear();
  }

  /** What a notebook shows of a run that is a cell's last expression. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { epochs, events, stepLosses, ended } = this.history;
    const last = epochs[epochs.length - 1];
    const loss = last ? `, loss ${last.loss.toPrecision(3)} after epoch ${last.epoch}` : '';
    const dev = last?.devLoss === undefined ? '' : `, dev ${last.devLoss.toPrecision(3)}`;
    const told = events.flatMap(event =>
      event.kind === 'warning' ? [`\n  ${event.message}`] : []
    );
    const state = this.#state === 'ended' ? `ended (${ended})` : this.#state;
    return `Run: ${state}, ${stepLosses.length} mini-batches${loss}${dev}${told.slice(-3).join('')}`;
  }
}

/**
 * Babysits one model: trains it in the background while the notebook stays free, shows a live curve, and lets itself
 * be steered from other cells. Every change is a mark on the curve and an entry in the history, from which `replay`
 * repeats the run bit by bit. Warns when training diverges, units die or saturate, or the loss stays on a plateau.
 *
 * The examples come in the order of `fit` with the same seed: a run that nobody touches gives the same bits as `fit`.
 *
 * In plain Node the process lives until the run has ended; a run that is paused does not keep it alive.
 *
 * @param network from `sequential`; it must not be trained by anything else until the run has ended
 * @param data training examples, as for `fit`
 * @param options as for `fit`: `optimizer`, `epochs` (default 10), `batchSize`, `schedule`, `dev`, `seed`, `clipNorm`,
 *   `clipValue`, `signal`; and `onDivergence`, `figure`
 * @returns the run, at once: `set`, `pause`, `resume`, `snapshot`, `rollBack`, `stop`, `done`
 * @throws RangeError for options or data that do not fit.
 * @example
 * const data = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const run = panda(network, data.train, { optimizer: optimizers.adam(), epochs: 50, dev: data.dev });
 * await run.set({ learningRate: 0.0003 }); // in another cell, while it trains
 * const history = await run.done;
 * @see lecture, "Hyperparameters tuning in practice: Pandas vs. Caviar".
 */
export function panda(network: Network, data: TrainingData, options: PandaOptions): Run {
  return new Run(network, data, options);
}
