/** Places of the control words, 32 bits each, that all threads of a pool share. */
export const WORDS = { signal: 0, left: 1, running: 2, sleeping: 3, failed: 4, count: 8 } as const;

/**
 * Numbers of one share of a call: network, kernel, up to 13 arguments, and what the thread's number, times this, adds to
 * the 13th of them: where its own room begins.
 */
export const SHARE = { network: 0, kernel: 1, stride: 2, arguments: 3, numbers: 16 } as const;

/** What a thread is started with. */
export interface ThreadData {
  control: SharedArrayBuffer;
  shares: SharedArrayBuffer;
  port: unknown;
  module: object;
  thread: number;
  words: typeof WORDS;
  share: typeof SHARE;
}

/** What the pool tells a thread: to know a network's memory, or to let go of it. */
export interface ThreadMessage {
  network: number;
  memory?: unknown;
}

/** What a thread uses of Node. */
interface Host {
  workerData: ThreadData;
  receiveMessageOnPort(port: unknown): { message: ThreadMessage } | undefined;
  /** Collects garbage at once. */
  collect(): void;
}

/**
 * What a thread runs: it takes shares of calls as long as there are any, spins for a while for the next call, then
 * sleeps. Its text is what a worker is started from, so that no file has to be found: it may use nothing around it.
 */
export function threadBody({ workerData, receiveMessageOnPort, collect }: Host): void {
  const { control, shares, port, module, thread, words, share } = workerData;
  const word = new Int32Array(control);
  const numbers = new Float64Array(shares);
  const host = (globalThis as unknown as { WebAssembly: never }).WebAssembly as {
    Instance: new (module: object, imports: object) => { exports: object };
  };
  const time = (globalThis as unknown as { performance: { now(): number } }).performance;
  const networks = new Map<number, ((...values: number[]) => void)[]>();
  /** Milliseconds of spinning before a thread sleeps: longer than between two calls of a step. */
  const patience = 1;

  function read(): void {
    let lost = false;
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const { network, memory } = next.message;
      if (memory) {
        const { exports } = new host.Instance(module, { env: { memory } });
        networks.set(network, Object.values(exports) as ((...values: number[]) => void)[]);
      } else {
        networks.delete(network);
        lost = true;
      }
    }
    if (lost) {
      // A thread that only computes allocates nothing, and its collector would never look.
      collect();
    }
  }

  let seen = 0;
  for (;;) {
    const began = time.now();
    let turns = 0;
    while (Atomics.load(word, words.signal) === seen) {
      if (++turns % 1000 === 0 && time.now() - began > patience) {
        Atomics.add(word, words.sleeping, 1);
        Atomics.wait(word, words.signal, seen);
        Atomics.sub(word, words.sleeping, 1);
      }
    }
    seen = Atomics.load(word, words.signal);
    // Counted before a share is taken: the caller waits until nobody is counted.
    Atomics.add(word, words.running, 1);
    try {
      read();
      for (;;) {
        const index = Atomics.sub(word, words.left, 1) - 1;
        if (index < 0) {
          break;
        }
        const at = index * share.numbers;
        const a = at + share.arguments;
        const run = networks.get(numbers[at + share.network])![numbers[at + share.kernel]];
        run(
          numbers[a], numbers[a + 1], numbers[a + 2], numbers[a + 3], numbers[a + 4], numbers[a + 5], numbers[a + 6],
          numbers[a + 7], numbers[a + 8], numbers[a + 9], numbers[a + 10], numbers[a + 11],
          numbers[a + 12] + thread * numbers[at + share.stride]
        ); // prettier-ignore
      }
    } catch {
      Atomics.store(word, words.failed, 1);
    }
    Atomics.sub(word, words.running, 1);
  }
}

/** The program of a thread. The collector is reached by a flag that is taken back at once. */
export const threadSource = () => `
const v8 = process.getBuiltinModule('node:v8');
v8.setFlagsFromString('--expose-gc');
const collect = process.getBuiltinModule('node:vm').runInNewContext('gc');
v8.setFlagsFromString('--no-expose-gc');
(${threadBody.toString()})({ ...process.getBuiltinModule('node:worker_threads'), collect });
`;
