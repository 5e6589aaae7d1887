/**
 * What surrounds the library, looked up when it is needed and never at import: the kernel of a
 * notebook (or none), and the event loop. Nothing here needs Node, so that a browser can be the host.
 */

/** A MIME bundle as Jupyter sends it: representations by MIME type, with metadata by MIME type. */
export interface MimeBundle {
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

/** What arrived on a comm. */
export interface CommMessage {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: readonly Uint8Array[];
}

/** A connection between code in cells and the front end. */
export interface Comm {
  /** Called with each message of the other side. */
  onMessage?: (message: CommMessage) => void;
  /** Called once when the other side closes. */
  onClose?: (message: CommMessage) => void;
  send(data?: Record<string, unknown>, buffers?: readonly Uint8Array[]): void;
  close(data?: Record<string, unknown>): void;
}

/** What a kernel made for tunelab offers to it, found at `globalThis[Symbol.for('tunelab.kernel')]`. */
export interface Kernel {
  /** Version of this interface. */
  readonly version: 1;
  /** Which kernel this is: `'tslab-launcher'` for tunelab's own. */
  readonly kind: string;
  /**
   * Sends a bundle to the cell that is running. A promise holds that cell's idle back until it is
   * settled and sent. With `update`, replaces what was shown under `displayId`.
   */
  display(
    bundle: MimeBundle | Promise<MimeBundle>,
    options?: { displayId?: string; update?: boolean }
  ): Promise<void>;
  /** Aborted when the running cell is interrupted; another one for each cell. */
  readonly signal: AbortSignal;
  /**
   * Asks the reader for a line of text. With `password`, what is typed stays hidden. Default: shown.
   * Rejects when the cell is interrupted, and where nobody can type (nbconvert, papermill).
   */
  input(text?: string, options?: { password?: boolean }): Promise<string>;
  /** A function that runs work later as if the code that runs now had begun it: what it shows stands in the same cell. */
  bind?(): <T>(work: () => T) => T;
  /** What a cell imported under this name; `undefined` for other variables, and for names that there are not. */
  importOf?(name: string): Imported | undefined;
  /** The notebook's variable that holds this very value; `undefined` if none does. */
  nameOf?(value: object): string | undefined;
  /** From now on calls `target` with each comm that the front end opens under this name. Not every kernel has comms. */
  registerTarget?(name: string, target: (comm: Comm, message: CommMessage) => void): void;
  /** Opens a comm from this side. */
  openComm?(target: string, data?: Record<string, unknown>, buffers?: readonly Uint8Array[]): Comm;
}

/** Where an import comes from: an export of a module, or, without `name`, the whole module. */
export interface Imported {
  module: string;
  name?: string;
}

/** The symbol under which a kernel offers itself. */
export const KERNEL_SYMBOL: unique symbol = Symbol.for('tunelab.kernel');

/** A value with this method shows itself as a cell's last expression, as in Deno's kernel. */
export const DISPLAY_SYMBOL: unique symbol = Symbol.for('Jupyter.display');

/** The kernel that runs this code, if it is one that knows tunelab. */
export function currentKernel(): Kernel | undefined {
  return (globalThis as { [KERNEL_SYMBOL]?: Kernel })[KERNEL_SYMBOL];
}

/** Runs work later as work of the cell that runs now, so that its outputs stand there. */
export const inThisCell = (): (<T>(work: () => T) => T) =>
  currentKernel()?.bind?.() ?? (work => work());

/** A signal that is aborted as soon as one of these is; `undefined` where there is none. */
export function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter(signal => signal !== undefined);
  return given.length > 1 ? AbortSignal.any(given) : given[0];
}

/** A timer that is set; in Node it can be told to keep no program from ending. */
export interface Timer {
  unref?(): void;
}

/** Timers as Node and browsers both have them; the typings of neither are assumed. */
interface Timers {
  setImmediate?(callback: () => void): unknown;
  setTimeout(callback: () => void, milliseconds: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
  setInterval(callback: () => void, milliseconds: number): Timer;
  clearInterval(timer: Timer): void;
}

/** The timers of this moment: a notebook's kernel puts its own in their place. */
export const timers = () => globalThis as unknown as Timers;

/** Milliseconds of work between two looks at the event loop (`nextTurn`): interrupts and messages get through. */
export const SLICE = 30;

/** Lets timers, messages and interrupts be heard: resolves in a later turn of the event loop. */
export function nextTurn(): Promise<void> {
  const { setImmediate, setTimeout } = timers();
  return new Promise(resolve => {
    if (setImmediate) {
      setImmediate(resolve);
    } else {
      setTimeout(resolve, 0);
    }
  });
}

/** As much of Node's `process` as the library uses. */
export interface NodeProcess {
  versions?: { node?: string };
  pid?: number;
  kill?(pid: number, signal: 0): true;
  once?(event: 'exit', listener: () => void): unknown;
  cwd?(): string;
  env?: Record<string, string | undefined>;
  emitWarning?(text: string): void;
  getBuiltinModule?(name: string): unknown;
}

/** Node's process; `undefined` in a browser. */
export function nodeProcess(): NodeProcess | undefined {
  return (globalThis as { process?: NodeProcess }).process;
}

/** A module of Node, without an import that a bundler would follow; `undefined` in a browser. */
export function nodeModule<Module>(name: string): Module | undefined {
  return nodeProcess()?.getBuiltinModule?.(name) as Module | undefined;
}

/** Milliseconds since some moment, with fractions: for measuring how long something takes. */
export function now(): number {
  return (globalThis as unknown as { performance: { now(): number } }).performance.now();
}
