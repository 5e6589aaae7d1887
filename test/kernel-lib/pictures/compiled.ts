import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../environment';
import { compiled } from '../compiled';

/** The drawing process from today's sources: the file to fork, and what removes it. */
export function compiledProcess(): { processFile: string; remove: () => void } {
  const { target, remove } = compiled('pictures', ['figures', 'pictures', 'numeric']);
  // The font lies beside the built files.
  const assets = path.join(ROOT, 'kernel-lib', 'assets');
  fs.cpSync(assets, path.join(target, '..', 'assets'), { recursive: true });
  return { processFile: path.join(target, 'pictures', 'process.js'), remove };
}
