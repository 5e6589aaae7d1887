/**
 * The server thread: owns the sockets, answers by itself what must be answered while a cell
 * computes, and hands the rest to the main thread in the order in which it came.
 */
import { Session as InspectorSession } from 'node:inspector';
import { parentPort, workerData } from 'node:worker_threads';
import { type FromServer, Phase, SharedFlags, type ToServer } from './bridge';
import type { Connection } from './connection';
import { note } from './note';
import { parentDied } from './parentWatch';
import { requirePeer } from './peers';
import { Sockets } from './sockets';
import type * as Zmq from 'zeromq';
import type { Header, Json, Message } from './wire';

/** What the main thread gives to the server thread at its start. */
export interface ServerData {
  connection: Connection;
  kernelInfo: Json;
  flags: SharedArrayBuffer;
}

type RequestChannel = 'shell' | 'control';

/** After this time without an answer of the main thread its code counts as a loop without pause. */
const LOOP_AFTER_MS = 50;
const TRIES = 20;
/** A kernel that does not leave by itself after a shutdown is ended. */
const LEAVE_WITHIN_MS = 1500;
const PARENT_CHECK_MS = 1000;

class Server {
  readonly #flags: SharedFlags;
  readonly #sockets: Sockets;
  /** The request whose cell runs now. Other requests must not make it look idle. */
  #executing: Header | null = null;
  #leaving = false;

  constructor(
    private readonly data: ServerData,
    private readonly post: (message: FromServer) => void
  ) {
    this.#flags = new SharedFlags(data.flags);
    this.#sockets = new Sockets(requirePeer<typeof Zmq>('zeromq'), data.connection, error =>
      note(`a socket failed: ${error instanceof Error ? error.message : String(error)}`)
    );
  }

  async start(): Promise<void> {
    await this.#sockets.open(
      frames => this.#receive('shell', frames),
      frames => this.#receive('control', frames)
    );
    this.#status('starting', null);
    const died = parentDied();
    if (died) {
      setInterval(() => {
        if (died()) {
          this.#leave();
        }
      }, PARENT_CHECK_MS);
    }
  }

  /** What the main thread wants. */
  take(message: ToServer): void {
    if (message.kind === 'barrier') {
      // Two turns of the event loop read whatever the sockets hold by now.
      setImmediate(() => setImmediate(() => this.post({ kind: 'barrier', id: message.id })));
      return;
    }
    const { channel, message: outgoing } = message;
    if (outgoing.type === 'status') {
      const { execution_state: state } = JSON.parse(outgoing.content) as {
        execution_state: string;
      };
      this.#status(state, outgoing.parent);
    } else {
      this.#sockets.send(channel, outgoing);
    }
  }

  #receive(channel: RequestChannel, frames: Buffer[]): void {
    let message: Message;
    try {
      message = this.#sockets.wire.decode(frames);
    } catch (error) {
      note(`ignored on ${channel}: ${(error as Error).message}`);
      return;
    }
    switch (message.header.msg_type) {
      case 'kernel_info_request':
        this.#answer(channel, message, 'kernel_info_reply', this.data.kernelInfo);
        break;
      case 'interrupt_request':
        this.#answer(channel, message, 'interrupt_reply', { status: 'ok' });
        this.#interrupt(this.#flags.requestInterrupt());
        break;
      case 'shutdown_request':
        this.#answer(channel, message, 'shutdown_reply', {
          status: 'ok',
          restart: message.content.restart === true
        });
        this.#leave();
        break;
      default:
        this.post({ kind: 'request', channel, message });
    }
  }

  #answer(channel: RequestChannel, request: Message, type: string, content: Json): void {
    const parent = request.header;
    this.#status('busy', parent);
    this.#sockets.send(channel, {
      type,
      content: JSON.stringify(content),
      parent,
      identities: request.identities
    });
    this.#status('idle', parent);
  }

  #status(state: string, parent: Header | null): void {
    const ofCell = parent?.msg_type === 'execute_request';
    if (ofCell) {
      this.#executing = state === 'busy' ? parent : null;
    }
    this.#publishStatus(state, parent);
    // JupyterLab shows the last state it heard, whoever it belongs to: say again that a cell runs.
    if (state === 'idle' && !ofCell && this.#executing) {
      this.#publishStatus('busy', this.#executing);
    }
  }

  #publishStatus(state: string, parent: Header | null): void {
    this.#sockets.send('iopub', {
      type: 'status',
      content: JSON.stringify({ execution_state: state }),
      parent,
      identities: [Buffer.from('status')]
    });
  }

  /**
   * Asks the main thread to stop its cell. If it does not answer because it computes without pause,
   * V8 terminates the execution: through the inspector, which works on every system and also after
   * an `await` or in a timer, where a signal (vm's breakOnSigint) reaches nothing.
   */
  #interrupt(id: number): void {
    this.post({ kind: 'interrupt', terminated: false });
    let tries = 0;
    const timer = setInterval(() => {
      if (!this.#flags.interruptWaits(id)) {
        clearInterval(timer);
      } else if (this.#flags.phase === Phase.Cell) {
        if (++tries > TRIES) {
          clearInterval(timer);
          this.#cannotStop();
        } else {
          this.#terminate();
        }
      }
    }, LOOP_AFTER_MS);
  }

  #terminate(): void {
    try {
      const session = new InspectorSession();
      session.connectToMainThread();
      session.post('Runtime.terminateExecution', () => {
        session.disconnect();
        this.post({ kind: 'interrupt', terminated: true });
      });
    } catch (error) {
      note(`the running code cannot be terminated: ${(error as Error).message}`);
    }
  }

  #cannotStop(): void {
    this.#sockets.send('iopub', {
      type: 'stream',
      content: JSON.stringify({
        name: 'stderr',
        text: 'This code cannot be interrupted. Restart the kernel; variables are lost then.\n'
      }),
      parent: this.#executing,
      identities: [Buffer.from('stream')]
    });
  }

  #leave(): void {
    if (this.#leaving) {
      return;
    }
    this.#leaving = true;
    // The main thread may compute without pause. SIGKILL ends the process on every system.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), LEAVE_WITHIN_MS);
    void this.#sockets.close().finally(() => this.post({ kind: 'exit' }));
  }
}

if (parentPort) {
  const port = parentPort;
  const server = new Server(workerData as ServerData, message => port.postMessage(message));
  port.on('message', (message: ToServer) => server.take(message));
  // A rejection becomes the worker's error event, which ends the kernel with its message.
  server.start().catch((error: unknown) => {
    queueMicrotask(() => {
      throw error;
    });
  });
}
