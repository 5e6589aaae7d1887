/**
 * What the kernel's parts say to each other.
 *
 *     Jupyter ── server (server.ts) ══ pipe ══ relay thread (relay.ts) ── main thread (session.ts)
 *                its own process               the process of the user's code
 *
 * The server owns the sockets, so a crash of the user's code cannot take them along: it is told to
 * the reader like any other error. The relay hears an interrupt while the main thread computes, and
 * carries output away meanwhile. User code has its process's main thread because some packages and
 * `process.chdir` work only there.
 */
import type { Message, Outgoing } from './wire';

/** Where a reply goes: the channel on which the request came. */
export type RequestChannel = 'shell' | 'control';

/** From the server to the process of the user's code. */
export type FromServer =
  | { kind: 'request'; channel: RequestChannel; message: Message }
  | { kind: 'input'; value: string }
  | { kind: 'interrupt' }
  | { kind: 'barrier'; id: number }
  | { kind: 'exit' };

/** From the relay to the main thread: the same, and whether V8 has already ended what ran. */
export type FromRelay =
  Exclude<FromServer, { kind: 'interrupt' }> | { kind: 'interrupt'; terminated: boolean };

/** From the process of the user's code to the server. */
export type ToServer<Content = string> =
  | { kind: 'send'; channel: RequestChannel | 'iopub' | 'stdin'; message: Outgoing<Content> }
  | { kind: 'barrier'; id: number }
  | { kind: 'stuck' };

/** What the main thread does, as the relay must know it before it terminates an execution. */
export enum Phase {
  /** Waits for requests. */
  Idle = 0,
  /** Kernel or compiler code runs: terminating it would damage the compiler's state. */
  Kernel = 1,
  /** A cell runs or is awaited. */
  Cell = 2
}

const PHASE = 0;
const ACKNOWLEDGED = 1;
const REQUESTED = 2;
const UNSENT = 3;

/** Output beyond this, in KiB, makes the code that prints wait until some of it has left. */
const MAX_UNSENT_KIB = 4 * 1024;
const LOOK_AGAIN_MS = 50;

/** Small numbers both threads see at once, also while the main thread computes. */
export class SharedFlags {
  readonly #cells: Int32Array;

  constructor(readonly buffer = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT)) {
    this.#cells = new Int32Array(buffer);
  }

  get phase(): Phase {
    return Atomics.load(this.#cells, PHASE) as Phase;
  }

  set phase(phase: Phase) {
    Atomics.store(this.#cells, PHASE, phase);
  }

  /** Runs kernel code that must not be terminated, such as the compiler, during a cell. */
  protect<T>(work: () => T): T {
    const before = this.phase;
    this.phase = Phase.Kernel;
    try {
      return work();
    } finally {
      this.phase = before;
    }
  }

  /** Counts one more interrupt; gives its number. */
  requestInterrupt(): number {
    return Atomics.add(this.#cells, REQUESTED, 1) + 1;
  }

  /** Says that every interrupt so far has been taken up. */
  acknowledgeInterrupts(): void {
    Atomics.store(this.#cells, ACKNOWLEDGED, Atomics.load(this.#cells, REQUESTED));
  }

  /** Whether interrupt number `id` still waits. Without `id`: whether any does. */
  interruptWaits(id = Atomics.load(this.#cells, REQUESTED)): boolean {
    return Atomics.load(this.#cells, ACKNOWLEDGED) < id;
  }

  /** Main thread: stands still while too much output is under way; then counts `bytes` more. */
  addUnsent(bytes: number): void {
    for (
      let unsent = Atomics.load(this.#cells, UNSENT);
      unsent > MAX_UNSENT_KIB;
      unsent = Atomics.load(this.#cells, UNSENT)
    ) {
      Atomics.wait(this.#cells, UNSENT, unsent, LOOK_AGAIN_MS);
    }
    Atomics.add(this.#cells, UNSENT, kibibytes(bytes));
  }

  /** Relay: `bytes` that were counted have left. */
  subtractUnsent(bytes: number): void {
    Atomics.sub(this.#cells, UNSENT, kibibytes(bytes));
    Atomics.notify(this.#cells, UNSENT);
  }
}

function kibibytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

/** How much a message weighs on its way: its text, two bytes a character at most, and its buffers. */
export function weight(message: ToServer): number {
  if (message.kind !== 'send') {
    return 0;
  }
  const { content, buffers = [] } = message.message;
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, 2 * content.length);
}
