import { nodeModule } from '../host';

/** As much of Node's worker threads as a run needs; a browser has none of it. */
export interface Threads {
  Worker: new (file: string, options: ThreadOptions) => ThreadWorker;
  parentPort: Port | null;
  receiveMessageOnPort(port: Port): { message: unknown } | undefined;
  workerData: unknown;
}

interface ThreadOptions {
  workerData: unknown;
  name?: string;
  /** Only what is named is limited. */
  resourceLimits?: { maxOldGenerationSizeMb?: number };
}

export interface ThreadWorker {
  on(event: 'message', listener: (message: unknown) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
  postMessage(message: unknown): void;
  terminate(): Promise<unknown>;
  /** Lets the process end although the thread lives, and again keeps it from that. */
  unref(): void;
  ref(): void;
}

interface Port {
  on(event: 'message', listener: (message: unknown) => void): void;
  postMessage(message: unknown): void;
  close(): void;
}

declare const __dirname: string;

/**
 * A compiled thread: in the library's folders, or in the build where sources run as they are.
 * @param path of its file, from where the folders lie
 */
export function workerFile(path = 'panda/worker.js'): string {
  const beside = `${__dirname}/../${path}`;
  return nodeModule<{ existsSync(file: string): boolean }>('fs')?.existsSync(beside)
    ? beside
    : `${__dirname}/../../dist/${path}`;
}

/** Node's worker threads; `undefined` in a browser. */
export function threads(): Threads | undefined {
  return nodeModule<Threads>('worker_threads');
}

interface Require {
  (id: string): unknown;
  resolve(id: string): string;
}

/** `require` as tunelab's own package has it: its dependencies, and what is installed beside it. */
export function ownRequire(): Require {
  const node = nodeModule<{ createRequire(file: string): Require }>('module')!;
  return node.createRequire(`${__dirname}/../../package.json`);
}
