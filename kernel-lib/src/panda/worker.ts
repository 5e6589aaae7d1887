/** What a run's worker thread executes. */
import type { TrainingSet } from '../training/trainingSet';
import { drive, type Request } from './drive';
import type { RunStart } from './format';
import { createLoop } from './loop';
import { threads } from './threads';

/** What the thread is given. */
export interface WorkerData {
  start: RunStart;
  train: TrainingSet;
  dev?: TrainingSet;
}

const { parentPort, receiveMessageOnPort, workerData } = threads()!;
const port = parentPort!;
const { start, train, dev } = workerData as WorkerData;
const early: Request[] = [];
let wake: (() => void) | undefined;

// Requests are fetched without a turn of the event loop while there is work; only a paused run is woken.
port.on('message', request => {
  early.push(request as Request);
  wake?.();
});

void drive(createLoop(start, train, dev), {
  poll: () => early.shift() ?? (receiveMessageOnPort(port)?.message as Request | undefined),
  wait: () => new Promise<void>(resolve => (wake = resolve)),
  rest: () => undefined,
  post: message => port.postMessage(message)
}).finally(() => port.close());
