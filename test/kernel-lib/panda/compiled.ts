import path from 'node:path';
import { compiled } from '../compiled';

/** A run's thread from today's sources: the file to start, and what removes it. */
export function compiledWorker(): { workerFile: string; remove: () => void } {
  const folders = [
    'panda',
    'training',
    'datasets',
    'layers',
    'wasm',
    'schedules',
    'numeric',
    'optimizers'
  ];
  const { target, remove } = compiled('panda', folders);
  return { workerFile: path.join(target, 'panda', 'worker.js'), remove };
}
