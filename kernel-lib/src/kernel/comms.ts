/** Comms: named connections between code in cells and the front end, with binary buffers. */
import { randomUUID } from 'node:crypto';
import type { CommMessage } from '../host';
import type { Json } from './wire';

/** Sends one of the comm messages to the front end. */
export type SendComm = (
  type: 'comm_open' | 'comm_msg' | 'comm_close',
  content: Json,
  buffers?: readonly Uint8Array[]
) => void;

/** Runs work as if the cell had begun it that made the runner. */
export type Runner = <T>(work: () => T) => T;

/** One open comm. */
export class Comm {
  /** Called with each message of the other side. */
  onMessage?: (message: CommMessage) => void;
  /** Called once when the other side closes. */
  onClose?: (message: CommMessage) => void;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly sendComm: SendComm,
    private readonly forget: (id: string) => void,
    /** Runs handlers as work of the cell that opened the comm or registered its target. */
    readonly run: Runner
  ) {}

  send(data: Json = {}, buffers?: readonly Uint8Array[]): void {
    this.sendComm('comm_msg', { comm_id: this.id, data }, buffers);
  }

  close(data: Json = {}): void {
    this.forget(this.id);
    this.sendComm('comm_close', { comm_id: this.id, data });
  }
}

/** Called when the front end opens a comm to a target. */
export type CommTarget = (comm: Comm, message: CommMessage) => void;

export class Comms {
  readonly #targets = new Map<string, { take: CommTarget; run: Runner }>();
  readonly #open = new Map<string, Comm>();

  constructor(
    private readonly send: SendComm,
    private readonly runner: () => Runner
  ) {}

  registerTarget(name: string, target: CommTarget): void {
    this.#targets.set(name, { take: target, run: this.runner() });
  }

  /** Opens a comm from this side. */
  open(target: string, data: Json = {}, buffers?: readonly Uint8Array[]): Comm {
    const comm = this.#create(randomUUID(), target);
    this.send('comm_open', { comm_id: comm.id, target_name: target, data }, buffers);
    return comm;
  }

  /** Takes a message of the front end. What a target's code throws goes to the caller. */
  take(
    type: 'comm_open' | 'comm_msg' | 'comm_close',
    content: Json,
    buffers: readonly Uint8Array[]
  ) {
    const id = String(content.comm_id);
    const message: CommMessage = {
      data: (content.data ?? {}) as Json,
      metadata: (content.metadata ?? {}) as Json,
      buffers
    };
    if (type === 'comm_open') {
      this.#accept(id, String(content.target_name), message);
    } else if (type === 'comm_msg') {
      const comm = this.#open.get(id);
      comm?.run(() => comm.onMessage?.(message));
    } else {
      const comm = this.#open.get(id);
      this.#open.delete(id);
      comm?.run(() => comm.onClose?.(message));
    }
  }

  #accept(id: string, name: string, message: CommMessage): void {
    const target = this.#targets.get(name);
    if (!target) {
      // The protocol's answer to a target that nobody knows.
      this.send('comm_close', { comm_id: id, data: {} });
      return;
    }
    target.run(() => {
      const comm = this.#create(id, name);
      try {
        target.take(comm, message);
      } catch (error) {
        comm.close();
        throw error;
      }
    });
  }

  #create(id: string, target: string): Comm {
    const comm = new Comm(id, target, this.send, gone => this.#open.delete(gone), this.runner());
    this.#open.set(id, comm);
    return comm;
  }
}
