/** The five sockets of a kernel, with one send in flight on each. */
import type * as Zmq from 'zeromq';
import { address, type Connection } from './connection';
import { type Outgoing, Wire } from './wire';

interface Sender {
  send(frames: Zmq.MessageLike[]): Promise<void>;
}

/** Sends one after another: zeromq allows one send in flight on a socket and throws on a second. */
export class SendChain {
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: Sender,
    private readonly onError: (error: unknown) => void
  ) {}

  send(frames: Uint8Array[]): void {
    this.#last = this.#last
      .then(() => this.socket.send(frames as Zmq.MessageLike[]))
      .catch(this.onError);
  }

  /** Settles when everything handed over so far is sent. */
  flushed(): Promise<void> {
    return this.#last;
  }
}

/** How frames are received on the channels that carry requests. */
export type Listener = (frames: Buffer[]) => void;

/** Binds the sockets of a connection and hands on what arrives. */
export class Sockets {
  readonly #wire: Wire;
  readonly #shell: Zmq.Router;
  readonly #control: Zmq.Router;
  readonly #stdin: Zmq.Router;
  readonly #iopub: Zmq.XPublisher;
  readonly #heartbeat: Zmq.Reply;
  readonly #chains: Record<'shell' | 'control' | 'iopub', SendChain>;

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
    // An XPUB tells when a front end subscribes, so that it can be welcomed (protocol 5.4). No
    // limit on queued messages: at the default of 1,000 a burst of output would lose some.
    this.#iopub = new zmq.XPublisher({ sendHighWaterMark: 0, verbosity: 'allSubs' });
    for (const socket of [this.#shell, this.#control, this.#iopub]) {
      socket.linger = 1000;
    }
    this.#chains = {
      shell: new SendChain(this.#shell, onError),
      control: new SendChain(this.#control, onError),
      iopub: new SendChain(this.#iopub, onError)
    };
  }

  get wire(): Wire {
    return this.#wire;
  }

  /** Binds all sockets, then listens. A port in use rejects with a sentence that names it. */
  async open(onShell: Listener, onControl: Listener): Promise<void> {
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
    this.#listen(this.#shell, onShell);
    this.#listen(this.#control, onControl);
    this.#listen(this.#iopub, frames => this.#welcome(frames));
    this.#listen(this.#heartbeat, frames => {
      this.#heartbeat.send(frames).catch(this.onError);
    });
  }

  send(channel: 'shell' | 'control' | 'iopub', message: Outgoing): void {
    this.#chains[channel].send(this.#wire.encode(message));
  }

  /** Waits until everything is handed to the network, then closes. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#chains).map(chain => chain.flushed()));
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#iopub, this.#heartbeat]) {
      socket.close();
    }
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
