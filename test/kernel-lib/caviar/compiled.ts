import path from 'node:path';
import { compiled } from '../compiled';

/** A trial's thread from today's sources: the file to start, and what removes it. */
export function compiledThread(): { file: string; target: string; remove: () => void } {
  const folders = [
    'caviar',
    'panda',
    'study',
    'trials',
    'scales',
    'numeric',
    'samplers',
    'pruners'
  ];
  const { target, remove } = compiled('caviar', folders);
  return { file: path.join(target, 'caviar', 'worker.js'), target, remove };
}
