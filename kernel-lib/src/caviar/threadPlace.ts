import type { Threads, ThreadWorker } from '../panda/threads';
import { Pruned, type Outcome } from '../study/objective';
import { settling, type Place, type RunTools, type Settling } from './executor';
import { Verdict, type FromThread, type Portable, type ToThread } from './protocol';

/** What all threads of a search have in common. */
export interface ThreadSetup {
  threads: Threads;
  /** The compiled `worker.js`. */
  file: string;
  objective: Portable;
  context: unknown;
  /** Whether a pruner must be asked at each report before the objective goes on. */
  waits: boolean;
  /** Most MB of heap for each thread; default: Node's. */
  memory?: number | undefined;
}

/** Milliseconds in which an objective that was told to stop may end by itself; then its thread is ended. */
const GRACE = 250;

/** The trial that runs in a thread; it stays there until the objective has ended, settled or not. */
interface Running {
  id: number;
  tools: RunTools;
  trial: Settling;
  ended: () => void;
  /** Ends the thread when it was told to stop and does not. */
  grace?: ReturnType<typeof setTimeout>;
}

/** A place for trials in a thread of its own, which is replaced when it crashes, hangs or runs out of memory. */
export class ThreadPlace<Config> implements Place<Config> {
  #worker: ThreadWorker | undefined;
  #started: Promise<void> | undefined;
  /** Resolves when what was settled from outside has left the thread. */
  #left: Promise<void> = Promise.resolve();
  #running: Running | undefined;
  #verdict = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #closed = false;
  #trials = 0;

  constructor(private readonly setup: ThreadSetup) {
    // A thread takes a tenth of a second to start: all begin at once.
    this.ready().catch(() => undefined);
  }

  async ready(): Promise<void> {
    await this.#left;
    await (this.#started ??= this.#start());
  }

  run(config: Config, tools: RunTools): Promise<Outcome> {
    const worker = this.#worker;
    if (!worker || this.#running || this.#closed) {
      return Promise.reject(new Error('caviar: a place must be ready before it runs a trial.'));
    }
    const id = ++this.#trials;
    const trial = settling(tools.signal, () => this.#stop(id));
    this.#left = new Promise(ended => (this.#running = { id, tools, trial, ended }));
    if (trial.settled) {
      this.#free();
      return trial.outcome;
    }
    const { seed, trial: { number } } = tools; // prettier-ignore
    this.#post({ kind: 'run', id, config, seed, number, waits: this.setup.waits });
    return trial.outcome;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#lose(new Error('the search ended while this trial was running'));
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #post(message: ToThread): void {
    this.#worker?.postMessage(message);
  }

  #start(): Promise<void> {
    const { threads, file, objective, context, memory } = this.setup;
    this.#verdict = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const worker = new threads.Worker(file, {
      workerData: { objective, context, verdict: this.#verdict.buffer },
      name: 'tunelab trial',
      ...(memory !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memory } })
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      const lost = (error: Error) => {
        // A thread that has been replaced has nothing to say any more.
        if (this.#worker === worker) {
          this.#worker = undefined;
          this.#started = undefined;
          this.#lose(error);
        }
        reject(error);
      };
      worker.on('message', message => {
        const said = message as FromThread;
        if (said.kind === 'ready') {
          resolve();
        } else if (said.kind === 'unfit') {
          reject(new Error(said.message));
        } else if (this.#worker === worker) {
          this.#hear(said);
        }
      });
      worker.on('error', error => lost(crash(error, memory)));
      worker.on('exit', code =>
        lost(new Error(`its thread ended with code ${code}, as by process.exit(${code})`))
      );
    });
  }

  #hear(message: Exclude<FromThread, { kind: 'ready' | 'unfit' }>): void {
    const running = this.#running;
    if (running?.id !== message.id) {
      return;
    }
    if (message.kind === 'report') {
      this.#report(running, message.step, message.value);
      return;
    }
    if (message.kind === 'done') {
      running.trial.resolve(message.outcome);
    } else {
      running.trial.reject(toError(message.error));
    }
    this.#free();
  }

  #report({ id, tools, trial }: Running, step: number, value: number): void {
    let verdict: number = trial.settled ? Verdict.stop : Verdict.goOn;
    if (!trial.settled) {
      try {
        tools.report(step, value);
      } catch (error) {
        verdict = Verdict.stop;
        trial.reject(error as Error);
        this.#stop(id);
      }
    }
    this.#answer(verdict);
  }

  #answer(verdict: number): void {
    Atomics.store(this.#verdict, 0, verdict);
    Atomics.notify(this.#verdict, 0);
  }

  /** Asks the objective to stop, and ends its thread unless it does so within the grace. */
  #stop(id: number): void {
    const running = this.#running;
    if (running?.id !== id) {
      return;
    }
    this.#post({ kind: 'abort', id, reason: 'the trial has been stopped' });
    running.grace = setTimeout(() => {
      const worker = this.#worker;
      this.#worker = undefined;
      this.#started = undefined;
      void worker?.terminate();
      this.#free();
    }, GRACE);
  }

  #lose(error: Error): void {
    this.#running?.trial.reject(error);
    this.#free();
  }

  #free(): void {
    const running = this.#running;
    this.#running = undefined;
    clearTimeout(running?.grace);
    running?.ended();
  }
}

function crash(error: Error & { code?: string }, memory: number | undefined): Error {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const limit = memory === undefined ? '' : ` of ${memory} MB`;
    return new Error(
      `its thread ran out of memory${limit}; give each worker more with \`memory\`, in MB`,
      { cause: error }
    );
  }
  return new Error(`its thread was lost: ${error.message}`, { cause: error });
}

function toError({ name, message }: { name: string; message: string }): Error {
  if (name === 'Pruned') {
    return new Pruned(message);
  }
  const error = new Error(message);
  error.name = name;
  return error;
}
