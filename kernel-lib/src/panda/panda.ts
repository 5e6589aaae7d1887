import { knownOptions } from '../errors';
import { inThisCell } from '../host';
import type { Listed } from '../live/protocol';
import { enlist } from '../live/registry';
import { programOf, restoreSteps, type Network } from '../training/network';
import type { TrainingData } from '../training/trainingSet';
import { refuseSecond, whileTraining } from '../training/turns';
import { branchOf } from './branch';
import type { Message, NetworkNow } from './drive';
import type { Changes, Command, RunEvent, RunHistory, Settings } from './format';
import { startRun, type RunHost } from './host';
import { startLiveFigure } from './live';
import { checkChanges, checkName, preparePanda, type PandaOptions, type Prepared } from './options';
import { createRecords, type Records } from './records';

type Done = Extract<Message, { kind: 'done' }>;

interface Waiting {
  resolve: (answer: Done) => void;
  reject: (error: Error) => void;
}

/** Options of `run.branch`. */
export interface BranchOptions {
  /** The snapshot to go on from. Default: none, which is the run as it is now. */
  from?: string;
  /** Name of the new run, 1 to 100 characters. Default: `'branch 1'`, `'branch 2'`, … */
  name?: string;
  /** What is different in it from the beginning, as for `set`. Default: nothing. */
  changes?: Changes;
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
  readonly #prepared: Prepared;
  readonly #records: Records;
  readonly #host: RunHost;
  readonly #before: number;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #heard = 0;
  #state: 'running' | 'paused' | 'ended' | 'lost' = 'running';
  #settings: Settings;
  #snapshots: readonly string[] = ['start'];
  #named = 0;
  #begun = 0;
  readonly #branches: Run[] = [];
  #end!: { resolve: () => void; reject: (error: Error) => void };

  /** Use `panda(network, data, options)`. */
  constructor(network: Network, prepared: Prepared) {
    const { start, train, dev, signal, figure, workerFile } = prepared;
    refuseSecond('panda', network);
    this.network = network;
    this.#prepared = prepared;
    this.#settings = start.settings;
    this.#before = network.steps - (start.branch?.place.step ?? 0);
    this.#records = createRecords(start);
    const end = new Promise<void>((resolve, reject) => (this.#end = { resolve, reject }));
    this.#host = startRun(start, train, dev, {
      message: message => this.#hear(message),
      lost: error => this.#lose(error)
    }, workerFile); // prettier-ignore
    const live = figure ? startLiveFigure(this, train.rows, () => this.#heard) : undefined;
    enlist(this, run => run.#listed());
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

  /** What its figure is called. */
  get name(): string {
    return this.#prepared.start.name ?? '';
  }

  /** What steers it, as far as it has said: learning rate and other constants of the optimizer, batch size, epochs, limits. */
  get settings(): Settings {
    return this.#settings;
  }

  /** Names of what `rollBack` can go back to, oldest first; `'start'` is the beginning. */
  get snapshots(): readonly string[] {
    return [...this.#snapshots];
  }

  /** The runs that went on from this one, also those that a reader of its figure began, oldest first. */
  get branches(): readonly Run[] {
    return [...this.#branches];
  }

  /** `'running'`, `'paused'`, `'ended'`, or `'lost'` if its thread died. */
  get state(): 'running' | 'paused' | 'ended' | 'lost' {
    return this.#state;
  }

  /** What was recorded so far; plain data, a copy. */
  get history(): RunHistory {
    return this.#records.history();
  }

  #listed(): Listed {
    const { steps, loss } = this.#records.latest();
    const value = Number.isFinite(loss) ? { value: loss } : {};
    return { kind: 'run', name: this.name, state: this.#state, done: steps, ...value };
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
    const checked = this.#check('run.set', changes);
    return (await this.#ask({ kind: 'set', changes: checked })).event;
  }

  /**
   * Holds the run after the current mini-batch; the network then has its weights.
   * @throws Error if the run has ended.
   */
  async pause(): Promise<RunEvent> {
    return (await this.#ask({ kind: 'pause' })).event;
  }

  /**
   * Lets a paused run go on.
   * @throws Error if the run has ended.
   */
  async resume(): Promise<RunEvent> {
    return (await this.#ask({ kind: 'resume' })).event;
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
   * @param name for `rollBack` and `branch`, 1 to 100 characters; default: `'1'`, `'2'`, …; the beginning is kept as `'start'`
   * @returns the snapshot's name
   * @throws RangeError for `'start'`, an empty or a long name; Error if the run has ended.
   */
  async snapshot(name?: string): Promise<string> {
    const chosen = checkName('run.snapshot', name ?? String(++this.#named));
    await this.#ask({ kind: 'snapshot', name: chosen });
    return chosen;
  }

  /**
   * Goes back to a snapshot: weights, optimizer, settings and place in the data. The history keeps what was tried.
   * @throws Error if there is no such snapshot, or the run has ended.
   */
  async rollBack(name: string): Promise<RunEvent> {
    return (await this.#ask({ kind: 'rollBack', name })).event;
  }

  /**
   * Lets a second run go on from here, or from a snapshot, with a network of its own, a copy: weights, optimizer's memory, place in
   * the data and all that follows from it. Without `changes` its losses have the same bits as those of this run, had that
   * gone on from there untouched. It begins at once, in a thread of its own and with a figure of its own; this run
   * stays as it is, going on or paused.
   * @param options `from`, `name`, `changes`
   * @returns the new run; its `'start'` is where it left this one
   * @throws RangeError for an unknown option, snapshot or change, or one outside its domain; Error if the run has ended.
   * @example
   * const data = datasets.digits();
   * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
   * const run = panda(network, data.train, { optimizer: optimizers.adam() });
   * const slower = await run.branch({ name: 'slower', changes: { learningRate: 0.0001 } });
   * await Promise.all([run.done, slower.done]);
   */
  async branch(options: BranchOptions = {}): Promise<Run> {
    const where = 'run.branch';
    knownOptions(where, options, ['from', 'name', 'changes']);
    const { from } = options;
    const changes = options.changes && this.#check(where, options.changes);
    const inCell = inThisCell();
    const name = checkName(where, options.name ?? `branch ${++this.#begun}`);
    const { branch } = await this.#ask({
      kind: 'branch',
      name,
      ...(from !== undefined && { from }),
      ...(changes && { changes })
    });
    return inCell(() => {
      const { network, prepared } = branchOf(this.network, this.#before, this.#prepared, name, branch!); // prettier-ignore
      const run = new Run(network, prepared);
      this.#branches.push(run);
      if (changes) {
        // It comes before the first mini-batch, which waits for the next turn at least.
        void run.set(changes).catch(() => undefined);
      }
      return run;
    });
  }

  #check(where: string, changes: Changes): Changes {
    return checkChanges(where, this.network, this.#prepared.train.rows, changes);
  }

  #ask(command: Command): Promise<Done> {
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
      this.#settings = message.settings;
      this.#snapshots = message.snapshots;
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
        waiting?.resolve(message);
      } else {
        waiting?.reject(new RangeError(message.message));
      }
    }
  }

  #lose(error: Error): void {
    if (this.#state === 'ended') {
      return;
    }
    this.#heard++;
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
    return `${this.name}: ${state}, ${stepLosses.length} mini-batches${loss}${dev}${told.slice(-3).join('')}`;
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
 *   `clipValue`, `signal`; and `name`, `onDivergence`, `figure`
 * @returns the run, at once: `set`, `pause`, `resume`, `snapshot`, `rollBack`, `branch`, `stop`, `done`
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
  return new Run(network, preparePanda(network, data, options));
}
