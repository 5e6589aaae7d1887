import * as inNode from '../panda/threads';
import type { Threads } from '../panda/threads';
import type { Executor } from './executor';
import type { Portable } from './protocol';
import { ThreadPlace } from './threadPlace';

export interface ThreadExecutorOptions {
  objective: Portable;
  /** Copied to each thread when it starts. */
  context: unknown;
  waits: boolean;
  memory?: number | undefined;
  /** The compiled `worker.js`; default: the one of this build. */
  file?: string | undefined;
}

/** @throws Error where there are no threads of Node. */
export function checkThreads(): Threads {
  // A bundle for browsers has nothing in place of this module.
  const node = (inNode as Partial<typeof inNode>).threads?.();
  if (!node) {
    throw new Error(
      'caviar: threads of Node must be there, but this is a browser or something alike.\n' +
        'Use study.optimize, which tries one configuration after the other.'
    );
  }
  return node;
}

/**
 * Runs trials in threads of this process, one trial at a time in each.
 * @throws Error where there are no threads of Node.
 */
export function threadExecutor<Config>(options: ThreadExecutorOptions): Executor<Config> {
  const threads = checkThreads();
  const file = options.file ?? inNode.workerFile('caviar/worker.js');
  return { name: 'threads', open: () => new ThreadPlace<Config>({ ...options, threads, file }) };
}
