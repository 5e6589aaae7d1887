/**
 * The thread beside the user's code: carries messages between the pipe and the main thread, and
 * stops the main thread's code when it computes without pause.
 */
import { Session as InspectorSession } from 'node:inspector';
import { Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type FromRelay,
  type FromServer,
  Phase,
  SharedFlags,
  type ToServer,
  weight
} from './bridge';
import { note } from './note';
import { encodeFrame, FrameReader } from './pipe';

/** The file descriptor of the pipe, the first after stdin, stdout and stderr. */
export const PIPE_FD = 3;

/** After this time without an answer of the main thread its code counts as a loop without pause. */
const LOOP_AFTER_MS = 50;
const TRIES = 20;

class Relay {
  readonly #pipe = new Socket({ fd: PIPE_FD, readable: true, writable: true });

  constructor(
    private readonly flags: SharedFlags,
    private readonly post: (message: FromRelay) => void
  ) {
    const reader = new FrameReader<FromServer>(message => this.#receive(message));
    this.#pipe.on('data', chunk => reader.push(chunk));
    this.#pipe.on('error', () => this.#pipe.destroy());
    // The server is gone, so nobody could use or end this process, even if it computes.
    this.#pipe.on('close', () => process.kill(process.pid, 'SIGKILL'));
  }

  send(message: ToServer): void {
    const sent = (): void => this.flags.subtractUnsent(weight(message));
    if (message.kind !== 'send') {
      this.#write(encodeFrame(message), sent);
      return;
    }
    const { content, buffers = [], ...rest } = message.message;
    this.#write(
      encodeFrame({ ...message, message: { ...rest, content: '' } }, [
        Buffer.from(content),
        ...buffers
      ]),
      sent
    );
  }

  #write(parts: readonly Uint8Array[], sent: () => void): void {
    this.#pipe.cork();
    parts.slice(0, -1).forEach(part => this.#pipe.write(part));
    this.#pipe.write(parts.at(-1)!, sent);
    this.#pipe.uncork();
  }

  #receive(message: FromServer): void {
    if (message.kind === 'interrupt') {
      this.#interrupt(this.flags.requestInterrupt());
    } else {
      this.post(message);
    }
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
      if (!this.flags.interruptWaits(id)) {
        clearInterval(timer);
      } else if (this.flags.phase === Phase.Cell) {
        if (++tries > TRIES) {
          clearInterval(timer);
          this.send({ kind: 'stuck' });
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
}

if (parentPort) {
  const port = parentPort;
  const flags = new SharedFlags(workerData as SharedArrayBuffer);
  const relay = new Relay(flags, message => port.postMessage(message));
  port.on('message', (message: ToServer) => relay.send(message));
}
