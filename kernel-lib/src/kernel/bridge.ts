/**
 * What the kernel's two threads say to each other.
 *
 * The server thread owns the sockets; the main thread compiles and runs the cells. So heartbeat,
 * kernel_info, interrupt and shutdown are answered while a cell computes without pause, output
 * leaves at once, and an execution that is terminated can never leave a socket in disorder.
 * User code has the main thread because some packages and `process.chdir` work only there.
 */
import type { Message, Outgoing } from './wire';

/** Where a reply goes: the channel on which the request came. */
export type RequestChannel = 'shell' | 'control';

/** From the server thread to the main thread. */
export type FromServer =
  | { kind: 'request'; channel: RequestChannel; message: Message }
  | { kind: 'interrupt'; terminated: boolean }
  | { kind: 'barrier'; id: number }
  | { kind: 'exit' };

/** From the main thread to the server thread. */
export type ToServer =
  | { kind: 'send'; channel: RequestChannel | 'iopub'; message: Outgoing }
  | { kind: 'barrier'; id: number };

/** What the main thread does, as the server thread must know it before it terminates an execution. */
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

/** Small numbers both threads see at once, also while the main thread computes. */
export class SharedFlags {
  readonly #cells: Int32Array;

  constructor(readonly buffer = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)) {
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
}
