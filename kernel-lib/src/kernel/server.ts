/**
 * The server: owns the sockets, answers by itself what must be answered while a cell computes,
 * hands the rest to the process of the user's code in the order in which it came, and tells the
 * reader when that process has crashed.
 */
import type { RequestChannel, ToServer } from './bridge';
import { CommBook } from './commBook';
import type { Connection } from './connection';
import { describeCrash, type Ending } from './crash';
import { note } from './note';
import { parentDied } from './parentWatch';
import { requirePeer } from './peers';
import { Sockets } from './sockets';
import type { ErrorReport } from './traceback';
import { UserProcess } from './userProcess';
import type * as Zmq from 'zeromq';
import type { Header, Json, Message } from './wire';

/** A kernel that does not leave by itself after a shutdown is ended. */
const LEAVE_WITHIN_MS = 1500;
const PARENT_CHECK_MS = 1000;

interface Pending {
  channel: RequestChannel;
  message: Message;
}

export class Server {
  readonly #sockets: Sockets;
  readonly #comms = new CommBook();
  /** Cells that were handed on and not answered yet, by message id. */
  readonly #pending = new Map<string, Pending>();
  readonly #user: UserProcess;
  /** The request whose cell runs now. Other requests must not make it look idle. */
  #executing: Header | null = null;
  /** The request whose cell ran last: the owner of a crash between two cells. */
  #latest: Header | null = null;
  #leaving = false;

  constructor(
    connection: Connection,
    private readonly kernelInfo: Json
  ) {
    // Started first: its compiler takes the longest to load.
    this.#user = new UserProcess(
      message => this.#take(message),
      ending => this.#ended(ending)
    );
    this.#sockets = new Sockets(requirePeer<typeof Zmq>('zeromq'), connection, error =>
      note(`a socket failed: ${error instanceof Error ? error.message : String(error)}`)
    );
  }

  /** Binds the sockets; requests that come early wait in the pipe until the compiler is ready. */
  async start(): Promise<void> {
    await this.#sockets.open({
      shell: frames => this.#receive('shell', frames),
      control: frames => this.#receive('control', frames),
      stdin: frames => this.#receive('stdin', frames)
    });
    const user = this.#user;
    this.#sockets.onFull = full => {
      user.paused = full;
    };
    this.#status('starting', null);
    process.on('SIGINT', () => user.send({ kind: 'interrupt' }));
    const died = parentDied();
    if (died) {
      setInterval(() => {
        if (died()) {
          this.#leave();
        }
      }, PARENT_CHECK_MS);
    }
  }

  /** What the process of the user's code wants. */
  #take(message: ToServer<Buffer>): void {
    switch (message.kind) {
      case 'barrier':
        // Two turns of the event loop read whatever the sockets hold by now.
        setImmediate(() => setImmediate(() => this.#user.send(message)));
        return;
      case 'stuck':
        this.#publish('stream', this.#executing, {
          name: 'stderr',
          text: 'This code cannot be interrupted. Restart the kernel; variables are lost then.\n'
        });
        return;
    }
    const { channel, message: outgoing } = message;
    if (outgoing.type === 'status') {
      const { execution_state: state } = JSON.parse(outgoing.content.toString()) as {
        execution_state: string;
      };
      this.#status(state, outgoing.parent);
      return;
    }
    if (outgoing.type === 'execute_reply') {
      this.#pending.delete(outgoing.parent?.msg_id ?? '');
    } else if (outgoing.type.startsWith('comm_')) {
      this.#comms.note(outgoing.type, () => JSON.parse(outgoing.content.toString()) as Json);
    }
    this.#sockets.send(channel, outgoing);
  }

  #receive(channel: RequestChannel | 'stdin', frames: Buffer[]): void {
    let message: Message;
    try {
      message = this.#sockets.wire.decode(frames);
    } catch (error) {
      note(`ignored on ${channel}: ${(error as Error).message}`);
      return;
    }
    const { header, content } = message;
    if (channel === 'stdin') {
      if (header.msg_type === 'input_reply') {
        this.#user.send({ kind: 'input', value: String(content.value ?? '') });
      }
      return;
    }
    switch (header.msg_type) {
      case 'kernel_info_request':
        this.#answer(channel, message, 'kernel_info_reply', this.kernelInfo);
        return;
      case 'comm_info_request': {
        const comms = this.#comms.find(content.target_name);
        this.#answer(channel, message, 'comm_info_reply', { status: 'ok', comms });
        return;
      }
      case 'interrupt_request':
        this.#answer(channel, message, 'interrupt_reply', { status: 'ok' });
        this.#user.send({ kind: 'interrupt' });
        return;
      case 'shutdown_request':
        this.#answer(channel, message, 'shutdown_reply', {
          status: 'ok',
          restart: content.restart === true
        });
        this.#leave();
        return;
      case 'execute_request':
        this.#pending.set(header.msg_id, { channel, message });
        break;
      case 'comm_open':
      case 'comm_close':
        this.#comms.note(header.msg_type, () => content);
    }
    this.#user.send({ kind: 'request', channel, message });
  }

  #answer(channel: RequestChannel, request: Message, type: string, content: Json): void {
    this.#status('busy', request.header);
    this.#reply(channel, request, type, content);
    this.#status('idle', request.header);
  }

  #reply(channel: RequestChannel, request: Message, type: string, content: Json | ErrorReport) {
    const { header: parent, identities } = request;
    this.#sockets.send(channel, { type, content: JSON.stringify(content), parent, identities });
  }

  #status(state: string, parent: Header | null): void {
    const ofCell = parent?.msg_type === 'execute_request';
    if (ofCell) {
      this.#executing = state === 'busy' ? parent : null;
      this.#latest = parent;
    }
    this.#publish('status', parent, { execution_state: state });
    // JupyterLab shows the last state it heard, whoever it belongs to: say again that a cell runs.
    if (state === 'idle' && !ofCell && this.#executing) {
      this.#publish('status', this.#executing, { execution_state: 'busy' });
    }
  }

  #publish(type: string, parent: Header | null, content: Json | ErrorReport): void {
    this.#sockets.send('iopub', {
      type,
      content: JSON.stringify(content),
      parent,
      identities: [Buffer.from(type)]
    });
  }

  /**
   * The process of the user's code has ended. If nobody asked for it, the running cell is answered
   * with an error that says how, and this process ends too: so Jupyter restarts the kernel as it
   * does for every kernel, and its front ends know that the variables are gone.
   */
  #ended(ending: Ending): void {
    if (this.#leaving) {
      process.exit(0);
    }
    this.#leaving = true;
    const crash = describeCrash(ending);
    note(`${crash.ename}: ${crash.evalue}`);
    const running = this.#executing;
    if (running) {
      this.#publish('error', running, crash);
    } else if (this.#latest) {
      this.#publish('stream', this.#latest, {
        name: 'stderr',
        text: `${crash.traceback.join('\n')}\n`
      });
    }
    for (const { channel, message } of this.#pending.values()) {
      const isRunning = message.header.msg_id === running?.msg_id;
      if (!isRunning) {
        this.#status('busy', message.header);
      }
      this.#reply(
        channel,
        message,
        'execute_reply',
        isRunning ? { status: 'error', execution_count: null, ...crash } : { status: 'aborted' }
      );
      this.#status('idle', message.header);
    }
    void this.#sockets.close().finally(() => process.exit(ending.code || 1));
  }

  #leave(): void {
    if (this.#leaving) {
      return;
    }
    this.#leaving = true;
    // The user's code may compute without pause. SIGKILL ends a process on every system.
    setTimeout(() => this.#user.kill(), LEAVE_WITHIN_MS);
    void this.#sockets.close().finally(() => this.#user.send({ kind: 'exit' }));
  }
}
