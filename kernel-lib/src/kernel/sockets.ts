/** The five sockets of a kernel, with one send in flight on each. */
import type * as Zmq from 'zeromq';
import { address, type Connection } from './connection';
import { note } from './note';
import { type Outgoing, Wire } from './wire';

interface Sender {
  send(frames: Zmq.MessageLike[]): Promise<void>;
}

/** A reader that takes nothing for so long no longer holds up the others. */
const READER_GONE_MS = 10_000;
const RETRY_MS = 2;

/**
 * Sends one after another: zeromq allows one send in flight on a socket and throws on a second.
 * A socket whose readers are slow answers EAGAIN; then everything behind it waits.
 */
export class SendChain {
  #queue: Uint8Array[][] = [];
  #bytes = 0;
  #sending: Promise<void> | undefined;

  constructor(
    private readonly socket: Sender,
    private readonly onError: (error: unknown) => void,
    /** Called whenever the number of waiting bytes has changed. */
    private readonly onBytes: (bytes: number) => void = () => undefined,
    /** Called when a reader has taken nothing for long. */
    private readonly onStuck: () => void = () => undefined
  ) {}

  send(frames: Uint8Array[]): void {
    this.#queue.push(frames);
    this.#bytes += length(frames);
    this.onBytes(this.#bytes);
    this.#sending ??= this.#drain();
  }

  /** Settles when everything handed over so far is sent. */
  flushed(): Promise<void> {
    return this.#sending ?? Promise.resolve();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const waiting = this.#queue;
      this.#queue = [];
      for (const frames of waiting) {
        await this.#sendOne(frames);
        this.#bytes -= length(frames);
        this.onBytes(this.#bytes);
      }
    }
    this.#sending = undefined;
  }

  async #sendOne(frames: Uint8Array[]): Promise<void> {
    let since = 0;
    for (;;) {
      try {
        await this.socket.send(frames as Zmq.MessageLike[]);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
          this.onError(error);
          return;
        }
      }
      const now = performance.now();
      since ||= now;
      if (now - since > READER_GONE_MS) {
        since = now;
        this.onStuck();
      }
      await new Promise(resolve => setTimeout(resolve, RETRY_MS));
    }
  }
}

function length(frames: readonly Uint8Array[]): number {
  return frames.reduce((sum, frame) => sum + frame.byteLength, 0);
}

/** How frames are received on the channels that carry requests. */
export type Listener = (frames: Buffer[]) => void;

/** Who hears what arrives. */
export type Listeners = Record<'shell' | 'control' | 'stdin', Listener>;

/** Messages that wait in zeromq for a slow reader; then the sender waits. */
const MESSAGES_PER_READER = 1000;
/** When so much waits for readers, the process that makes it is asked to pause. */
const FULL_BYTES = 4 * 1024 * 1024;

const CLOSE_WITHIN_MS = 1000;

/** Binds the sockets of a connection and hands on what arrives. */
export class Sockets {
  readonly #wire: Wire;
  readonly #shell: Zmq.Router;
  readonly #control: Zmq.Router;
  readonly #stdin: Zmq.Router;
  readonly #iopub: Zmq.XPublisher;
  readonly #heartbeat: Zmq.Reply;
  readonly #chains: Record<'shell' | 'control' | 'iopub' | 'stdin', SendChain>;
  #closed = false;
  #drops = false;
  /** Called when output must stop for a while, and when it may go on. */
  onFull: (full: boolean) => void = () => undefined;

  constructor(
    zmq: typeof Zmq,
    private readonly connection: Connection,
    private readonly onError: (error: unknown) => void
  ) {
    this.#wire = new Wire(connection.key, connection.signature_scheme);
    this.#shell = new zmq.Router();
    this.#control = new zmq.Router();
    this.#stdin = new zmq.Router();
    this.#heartbeat = new zmq.Reply();
    // An XPUB tells when a front end subscribes, so that it can be welcomed (protocol 5.4). With
    // noDrop it refuses to send instead of losing messages when a reader is slow.
    this.#iopub = new zmq.XPublisher({
      sendHighWaterMark: MESSAGES_PER_READER,
      noDrop: true,
      sendTimeout: 0,
      verbosity: 'allSubs'
    });
    for (const socket of [this.#shell, this.#control, this.#iopub]) {
      socket.linger = 1000;
    }
    this.#chains = {
      shell: new SendChain(this.#shell, onError),
      control: new SendChain(this.#control, onError),
      stdin: new SendChain(this.#stdin, onError),
      iopub: new SendChain(
        this.#iopub,
        onError,
        bytes => this.onFull(bytes > FULL_BYTES),
        () => this.#dropForSlowReaders()
      )
    };
  }

  get wire(): Wire {
    return this.#wire;
  }

  /** Binds all sockets, then listens. A port in use rejects with a sentence that names it. */
  async open(listeners: Listeners): Promise<void> {
    const { connection } = this;
    for (const [socket, port] of [
      [this.#control, connection.control_port],
      [this.#shell, connection.shell_port],
      [this.#stdin, connection.stdin_port],
      [this.#iopub, connection.iopub_port],
      [this.#heartbeat, connection.hb_port]
    ] as const) {
      const where = address(connection, port);
      try {
        await socket.bind(where);
      } catch (error) {
        throw new Error(`The kernel cannot listen at ${where}: ${(error as Error).message}.`, {
          cause: error
        });
      }
    }
    this.#listen(this.#shell, listeners.shell);
    this.#listen(this.#control, listeners.control);
    this.#listen(this.#stdin, listeners.stdin);
    this.#listen(this.#iopub, frames => this.#welcome(frames));
    this.#listen(this.#heartbeat, frames => {
      this.#heartbeat.send(frames).catch(this.onError);
    });
  }

  send(channel: 'shell' | 'control' | 'iopub' | 'stdin', message: Outgoing<string | Buffer>): void {
    if (!this.#closed) {
      this.#chains[channel].send(this.#wire.encode(message));
    }
  }

  /** Waits until everything is handed to the network, but not for slow readers, then closes. */
  async close(): Promise<void> {
    const flushed = Promise.all(Object.values(this.#chains).map(chain => chain.flushed()));
    await Promise.race([flushed, new Promise(resolve => setTimeout(resolve, CLOSE_WITHIN_MS))]);
    this.#closed = true;
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#iopub, this.#heartbeat]) {
      socket.close();
    }
  }

  /** A reader whose queue is full loses messages, and the others go on, until somebody comes anew. */
  #dropForSlowReaders(): void {
    if (!this.#drops) {
      note('a front end reads no output any more; what it does not take is left out');
      this.#setDrops(true);
    }
  }

  #setDrops(drops: boolean): void {
    this.#drops = drops;
    // zeromq.js warns that options count from the next bind on. libzmq heeds this one at once.
    const { emitWarning } = process;
    process.emitWarning = () => undefined;
    this.#iopub.noDrop = !drops;
    process.emitWarning = emitWarning;
  }

  #listen(socket: AsyncIterable<Buffer[]>, listener: Listener): void {
    void (async () => {
      for await (const frames of socket) {
        try {
          listener(frames);
        } catch (error) {
          this.onError(error);
        }
      }
    })().catch(this.onError);
  }

  /** A subscription is one frame: 1, then the topic. */
  #welcome([frame]: Buffer[]): void {
    if (frame?.[0] === 1) {
      if (this.#drops) {
        this.#setDrops(false);
      }
      const topic = frame.subarray(1);
      this.send('iopub', {
        type: 'iopub_welcome',
        content: JSON.stringify({ subscription: topic.toString() }),
        parent: null,
        identities: [topic]
      });
    }
  }
}
