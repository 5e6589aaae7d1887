/** Asks the drawing process for pictures; starts it at the first one and ends it when idle. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { FigurePayload } from '../figures/format';
import type { PictureReply, PictureRequest } from './protocol';
import type { Picture, PictureSize } from './renderer';

export type { Picture, PictureSize } from './renderer';

export interface PictureClientOptions {
  /** The compiled process. Default: `process.js` beside this file, else the built one. */
  processFile?: string;
  /** Milliseconds without requests after which the process is ended. Default: `60_000`. */
  idle?: number;
  /** Milliseconds after which a picture is given up. Default: `60_000`. */
  timeout?: number;
}

interface Waiting {
  request: PictureRequest;
  resolve: (picture: Picture) => void;
  reject: (error: Error) => void;
  /** How often the process may still die under this request. */
  retries: number;
}

function defaultProcessFile(): string {
  const beside = path.join(__dirname, 'process.js');
  // Sources run as they are, as in tests, have no process.js beside them.
  return fs.existsSync(beside)
    ? beside
    : path.join(__dirname, '..', '..', 'dist', 'pictures', 'process.js');
}

// As much of the process's last words as helps.
const LAST_WORDS = 2000;

/** One drawing process and the requests to it. */
export class PictureClient {
  private readonly processFile: string;
  private readonly idle: number;
  private readonly timeout: number;
  private child: ChildProcess | undefined;
  private lastWords = '';
  private nextId = 1;
  private readonly queue: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(options: PictureClientOptions = {}) {
    this.processFile = options.processFile ?? defaultProcessFile();
    this.idle = options.idle ?? 60_000;
    this.timeout = options.timeout ?? 60_000;
  }

  /** Process id of the drawing process while there is one. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /**
   * A picture of a figure.
   * @throws Error if packages are missing (it says which), the process died twice, or time ran out.
   */
  render(payload: FigurePayload, size: PictureSize): Promise<Picture> {
    return new Promise((resolve, reject) => {
      const request = { id: this.nextId++, payload, ...size };
      this.queue.push({ request, resolve, reject, retries: 1 });
      if (this.queue.length === 1) this.sendFirst();
    });
  }

  /** Ends the process; waiting requests are rejected. */
  close(): void {
    const child = this.detach();
    // Windows knows no signals; there kill() ends the process all the same.
    child?.kill();
    for (const { reject } of this.queue.splice(0)) {
      reject(new Error('The picture was not drawn: drawing was ended.'));
    }
  }

  private start(): ChildProcess {
    this.lastWords = '';
    const child = fork(this.processFile, [], {
      // Not the parent's --inspect or --import; memory is given back after each picture. Typed arrays cross as they are.
      execArgv: ['--expose-gc', '--max-semi-space-size=4'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true
    } as Parameters<typeof fork>[2]);
    child.stderr?.on('data', (data: Buffer) => {
      this.lastWords = (this.lastWords + data.toString()).slice(-LAST_WORDS);
    });
    child.on('message', (reply: PictureReply) => this.receive(child, reply));
    child.on('error', error => this.died(child, error.message));
    child.on('exit', (code, signal) => this.died(child, `ended with ${signal ?? `code ${code}`}`));
    return child;
  }

  /** Lets Node end while the process only waits, and keeps it alive while a picture is awaited. */
  private hold(alive: boolean): void {
    const { child } = this;
    const pipe = child?.stderr as unknown as { ref(): void; unref(): void } | undefined;
    for (const handle of [child, child?.channel, pipe]) {
      if (alive) handle?.ref();
      else handle?.unref();
    }
  }

  private sendFirst(): void {
    clearTimeout(this.timer);
    const first = this.queue[0];
    if (!first) {
      this.hold(false);
      this.timer = setTimeout(() => this.detach()?.kill(), this.idle);
      this.timer.unref();
      return;
    }
    this.timer = setTimeout(() => {
      const seconds = Math.round(this.timeout / 1000);
      this.detach()?.kill();
      this.settleFirst(({ reject }) =>
        reject(
          new Error(
            `The picture was not ready after ${seconds} s.\nThe figure may be too large for a picture: draw fewer marks.`
          )
        )
      );
    }, this.timeout);
    this.child ??= this.start();
    this.hold(true);
    this.child.send(first.request, error => {
      // A channel that is closed is followed by 'exit', which retries.
      if (error && this.child?.exitCode === null && this.child.connected) {
        this.settleFirst(({ reject }) => reject(error));
      }
    });
  }

  private receive(child: ChildProcess, reply: PictureReply): void {
    if (child !== this.child || this.queue[0]?.request.id !== reply.id) return;
    this.settleFirst(({ resolve, reject }) => {
      if ('error' in reply) {
        reject(new Error(reply.error));
      } else {
        const { svg, png, width, height } = reply;
        resolve({ svg, png, width, height });
      }
    });
  }

  private settleFirst(settle: (waiting: Waiting) => void): void {
    const first = this.queue.shift();
    if (first) settle(first);
    this.sendFirst();
  }

  /** Forgets the process: what it still says does not count. */
  private detach(): ChildProcess | undefined {
    clearTimeout(this.timer);
    this.hold(false);
    const { child } = this;
    this.child = undefined;
    return child;
  }

  private died(child: ChildProcess, how: string): void {
    if (child !== this.child) return;
    this.detach();
    const first = this.queue[0];
    if (!first) return;
    if (first.retries > 0) {
      first.retries -= 1;
      this.sendFirst();
      return;
    }
    const words = this.lastWords.trim();
    this.settleFirst(({ reject }) =>
      reject(new Error(`The process that draws pictures ${how} twice.${words ? `\n${words}` : ''}`))
    );
  }
}

let shared: PictureClient | undefined;

/** A picture from the process that all figures share. See `PictureClient.render`. */
export function renderPicture(payload: FigurePayload, size: PictureSize): Promise<Picture> {
  shared ??= new PictureClient();
  return shared.render(payload, size);
}
