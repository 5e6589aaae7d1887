import { nodeModule, nodeProcess } from '../../host';
import { SHARE, threadSource, WORDS, type ThreadData, type ThreadMessage } from './worker';

/** What is used of Node, reached when it is needed: a browser has none of it. */
interface Port {
  postMessage(message: ThreadMessage): void;
  unref(): void;
}
interface Worker {
  on(event: 'error' | 'exit', listener: (error: unknown) => void): void;
  unref(): void;
}
interface WorkerThreads {
  Worker: new (source: string, options: object) => Worker;
  MessageChannel: new () => { port1: Port; port2: Port };
}
const workerThreads = () => nodeModule<WorkerThreads>('node:worker_threads');

/** Whether this host has threads that may share memory. */
export const hasThreads = () =>
  workerThreads() !== undefined && typeof SharedArrayBuffer === 'function';

/** Most shares that a call is cut into. */
export const MOST_SHARES = 64;
/** Networks whose memory the threads know; those before are let go, and told again if they come back. */
const KNOWN = 4;
/** Looks at whether all shares are done before the caller sleeps between looks. */
const SPINS = 20_000;
/** Milliseconds after which a thread that has not ended its share is given up: a whole step takes less. */
const LONGEST_WAIT = 60_000;

/**
 * Threads beside the caller's. A call is cut into shares that write to different places, and whoever is free takes the
 * next one: so a thread that starts late, sleeps or never came costs time and nothing else, and the shares, not the
 * threads, decide every bit of the result.
 */
export class Pool {
  readonly threads: number;
  readonly numbers = new Float64Array(new SharedArrayBuffer(MOST_SHARES * SHARE.numbers * 8));
  readonly #word = new Int32Array(new SharedArrayBuffer(WORDS.count * 4));
  readonly #ports: Port[] = [];
  readonly #known: number[] = [];
  #broken = false;

  constructor(module: object, threads: number) {
    this.threads = threads;
    for (let thread = 1; thread < threads; thread++) {
      this.#start(module, thread);
    }
  }

  #start(module: object, thread: number): void {
    const host = workerThreads()!;
    try {
      const { port1, port2 } = new host.MessageChannel();
      const data: ThreadData = {
        control: this.#word.buffer as SharedArrayBuffer,
        shares: this.numbers.buffer as SharedArrayBuffer,
        port: port2, module, thread, words: WORDS, share: SHARE
      }; // prettier-ignore
      const options = { eval: true, execArgv: [], workerData: data, transferList: [port2] };
      const worker = new host.Worker(threadSource(), options);
      worker.on('error', reason => this.#lose(thread, reason));
      // Neither keeps a process alive that has nothing else to do.
      worker.unref();
      port1.unref();
      this.#ports.push(port1);
    } catch (reason) {
      this.#lose(thread, reason);
    }
  }

  #lose(thread: number, reason: unknown): void {
    const why = reason instanceof Error ? reason.message : String(reason);
    nodeProcess()?.emitWarning?.(
      `sequential: thread ${thread} of the engine could not run (${why}). Networks go on with fewer threads.`
    );
  }

  /** Lets the threads know a network's memory, before shares of it. */
  know(network: number, memory: unknown): void {
    if (this.#known.includes(network)) {
      return;
    }
    this.#known.push(network);
    this.#tell({ network, memory });
    if (this.#known.length > KNOWN) {
      this.forget(this.#known[0]);
    }
  }

  /** Lets go of a network's memory. */
  forget(network: number): void {
    const place = this.#known.indexOf(network);
    if (place >= 0) {
      this.#known.splice(place, 1);
      this.#tell({ network });
      this.#signal();
    }
  }

  #tell(message: ThreadMessage): void {
    this.#ports.forEach(port => port.postMessage(message));
  }

  #signal(): void {
    Atomics.add(this.#word, WORDS.signal, 1);
    if (Atomics.load(this.#word, WORDS.sleeping) > 0) {
      Atomics.notify(this.#word, WORDS.signal);
    }
  }

  /** Before shares are written: none of an earlier call, which may have been interrupted, is still under way. */
  begin(): void {
    Atomics.store(this.#word, WORDS.left, 0);
    this.#settled();
  }

  /**
   * Runs the first `count` shares in `numbers` and returns when all are done. @param own runs one here
   * @throws Error if a thread fails or does not end; the pool then works without others
   */
  run(count: number, own: (share: number) => void): void {
    const word = this.#word;
    if (!this.#broken) {
      Atomics.store(word, WORDS.left, count);
      this.#signal();
      for (let share = Atomics.sub(word, WORDS.left, 1); share > 0;) {
        own(share - 1);
        share = Atomics.sub(word, WORDS.left, 1);
      }
      this.#settled();
      return;
    }
    for (let share = 0; share < count; share++) {
      own(share);
    }
  }

  #settled(): void {
    const word = this.#word;
    if (this.#broken) {
      return;
    }
    let spins = 0;
    let began = 0;
    while (Atomics.load(word, WORDS.running) > 0) {
      if (++spins > SPINS) {
        began ||= Date.now();
        if (Date.now() - began > LONGEST_WAIT) {
          this.#fail('did not end its part of a step');
        }
        // Nobody wakes this up: the machine is busy, and a tenth of a millisecond more does not matter.
        Atomics.wait(word, WORDS.count - 1, 0, 0.1);
      }
    }
    if (Atomics.load(word, WORDS.failed) > 0) {
      this.#fail('failed in its part of a step');
    }
  }

  #fail(what: string): never {
    this.#broken = true;
    throw new Error(
      `step: a thread of the engine ${what}.\n` +
        'This step is not complete; the next ones run in one thread. Build the network with `threads: 1`.'
    );
  }
}
