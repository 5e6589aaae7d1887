import { nextTurn } from '../host';
import type { TrainingSet } from '../training/trainingSet';
import { drive, type Message, type Request } from './drive';
import type { RunStart } from './format';
import { createLoop } from './loop';
import * as inNode from './threads';

/** Where a run is computed, seen from outside. */
export interface RunHost {
  send(request: Request): void;
  /** Ends it at once, without a word. */
  close(): void;
}

interface Listener {
  message(message: Message): void;
  /** It can never say anything more. */
  lost(error: Error): void;
}

/**
 * Starts a run in a thread of its own, or, where there are none (a browser), in short slices of this one.
 * @param file the compiled `worker.js`; default: the one beside this file
 */
export function startRun(
  start: RunStart,
  train: TrainingSet,
  dev: TrainingSet | undefined,
  listener: Listener,
  file?: string
): RunHost {
  // A bundle for browsers has nothing in place of this module.
  const { threads, workerFile } = inNode as Partial<typeof inNode>;
  const node = threads?.();
  if (!node || !workerFile) {
    return startHere(start, train, dev, listener);
  }
  const worker = new node.Worker(file ?? workerFile(), {
    workerData: { start, train, dev }
  });
  let closed = false;
  let paused = false;
  /** Ids of the commands without an answer. */
  const open = new Set<number>();
  /** A paused run that nobody can call on any more must not keep the process from ending. */
  const hold = () => (paused && open.size === 0 ? worker.unref() : worker.ref());
  worker.on('message', received => {
    const message = received as Message;
    if (message.kind === 'records') {
      // They come before the answer to what changed it.
      paused = message.paused;
    } else if (message.kind !== 'ended') {
      open.delete(message.id);
    }
    hold();
    listener.message(message);
  });
  worker.on('error', error => listener.lost(error));
  worker.on('exit', code => {
    if (!closed) {
      listener.lost(new Error(`its thread ended with code ${code}`));
    }
  });
  return {
    send(request) {
      open.add(request.id);
      hold();
      worker.postMessage(request);
    },
    close() {
      closed = true;
      void worker.terminate();
    }
  };
}

function startHere(
  start: RunStart,
  train: TrainingSet,
  dev: TrainingSet | undefined,
  listener: Listener
): RunHost {
  const requests: Request[] = [];
  let wake: (() => void) | undefined;
  let closed = false;
  const post = (message: Message) => {
    if (!closed) {
      listener.message(message);
    }
  };
  // After the caller has its run: what it says first must find a listener.
  void nextTurn()
    .then(() =>
      drive(createLoop(start, train, dev), {
        poll: () => requests.shift(),
        wait: () => new Promise<void>(resolve => (wake = resolve)),
        rest: nextTurn,
        post
      })
    )
    .catch((error: Error) => listener.lost(error));
  return {
    send(request) {
      requests.push(request);
      wake?.();
    },
    close() {
      closed = true;
      requests.push({ id: -1, command: { kind: 'stop' } });
      wake?.();
    }
  };
}
