/** What a trial's worker thread executes. */
import { threads } from '../panda/threads';
import { Pruned, type Objective } from '../study/objective';
import { loadObjective } from './load';
import {
  Verdict,
  type FromThread,
  type PlainError,
  type ThreadData,
  type ToThread
} from './protocol';

const { parentPort, workerData } = threads()!;
const port = parentPort!;
const { objective: portable, context, verdict } = workerData as ThreadData;
const answer = new Int32Array(verdict);
const post = (message: FromThread) => port.postMessage(message);
/** Of the trial that runs. */
let current: { id: number; controller: AbortController } | undefined;

const plain = (error: unknown): PlainError =>
  error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)
    ? { name: String((error as Error).name), message: String((error as Error).message) }
    : { name: 'Error', message: String(error) };

async function run(
  objective: Objective<unknown, unknown>,
  { id, config, seed, number, waits }: Extract<ToThread, { kind: 'run' }>
): Promise<void> {
  const controller = new AbortController();
  current = { id, controller };
  const report = (step: number, value: number): void => {
    if (controller.signal.aborted) {
      throw new Pruned('the trial has been stopped');
    }
    Atomics.store(answer, 0, Verdict.waiting);
    post({ kind: 'report', id, step, value });
    if (waits) {
      Atomics.wait(answer, 0, Verdict.waiting);
      if (Atomics.load(answer, 0) === Verdict.stop) {
        throw new Pruned();
      }
    }
  };
  try {
    const { signal } = controller;
    const outcome = await objective(config, { signal, report, seed, context, trial: { number } });
    // What cannot be copied to another thread is an error of the trial as well.
    post({ kind: 'done', id, outcome });
  } catch (error) {
    post({ kind: 'failed', id, error: plain(error) });
  }
  current = undefined;
}

async function start(): Promise<void> {
  let objective: Objective<unknown, unknown>;
  try {
    objective = await loadObjective(portable);
  } catch (error) {
    post({ kind: 'unfit', message: plain(error).message });
    return;
  }
  port.on('message', received => {
    const message = received as ToThread;
    if (message.kind === 'run') {
      void run(objective, message);
    } else if (message.id === current?.id) {
      current.controller.abort(new Error(message.reason));
    }
  });
  post({ kind: 'ready' });
}

void start();
