/** The server's hold on the process of the user's code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import path from 'node:path';
import type { FromServer, ToServer } from './bridge';
import type { Ending } from './crash';
import { encodeFrame, FrameReader } from './pipe';

/** How much of what the process writes to its stderr is kept, to tell how it ended. */
const LAST_WORDS = 8192;

/**
 * An interrupt terminates code that computes without pause wherever it is, also in a timer. There
 * Node would abort the process, because the terminated callback never left its async context,
 * unless this check is off. Measured with Node 20: 80 of 80 such interrupts survive.
 */
const NO_CHECKS = '--no-force-async-hooks-checks';

/** Async context frames, by which output finds its cell: from Node 24 on they are there anyway. */
const FRAMES = '--experimental-async-context-frame';
const MAJOR = Number(process.versions.node.split('.')[0]);

export class UserProcess {
  readonly #process: ChildProcess;
  readonly #pipe: Duplex;
  #lastWords = '';

  constructor(onMessage: (message: ToServer<Buffer>) => void, onEnd: (ending: Ending) => void) {
    const nodeOptions = process.execArgv.filter(option => option !== NO_CHECKS);
    const needsFlag = MAJOR < 24 && process.allowedNodeEnvironmentFlags.has(FRAMES);
    this.#process = spawn(
      process.execPath,
      [
        NO_CHECKS,
        ...(needsFlag ? [FRAMES] : []),
        ...nodeOptions,
        path.join(__dirname, 'userCode.js')
      ],
      { stdio: ['ignore', 'inherit', 'pipe', 'overlapped'], windowsHide: true }
    );
    this.#pipe = this.#process.stdio[3] as Duplex;
    const reader = new FrameReader<ToServer<Buffer>>((message, [content, ...buffers]) => {
      if (message.kind === 'send') {
        Object.assign(message.message, { content, buffers });
      }
      onMessage(message);
    });
    this.#pipe.on('data', (chunk: Buffer) => reader.push(chunk));
    // The end of the process tells what there is to tell.
    this.#pipe.on('error', () => undefined);
    this.#process.stderr!.on('data', (chunk: Buffer) => this.#hear(chunk));
    this.#process.on('error', error => {
      this.#lastWords = error.message;
      onEnd({ code: 1, signal: null, lastWords: error.message });
    });
    // `close` comes after all that the process said has been read, `exit` maybe before.
    this.#process.on('close', (code, signal) => {
      onEnd({ code, signal, lastWords: this.#lastWords });
    });
  }

  send(message: FromServer): void {
    if (this.#pipe.writable) {
      this.#pipe.cork();
      encodeFrame(message).forEach(part => this.#pipe.write(part));
      this.#pipe.uncork();
    }
  }

  /** Stops or goes on reading what the process sends, so that it waits instead of filling memory. */
  set paused(paused: boolean) {
    if (paused !== this.#pipe.isPaused()) {
      this.#pipe[paused ? 'pause' : 'resume']();
    }
  }

  /** Ends it at once, whatever it does. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #hear(chunk: Buffer): void {
    this.#lastWords = (this.#lastWords + chunk.toString('latin1')).slice(-LAST_WORDS);
    try {
      writeSync(2, chunk);
    } catch {
      // A log that nobody holds open any more must not end the kernel.
    }
  }
}
