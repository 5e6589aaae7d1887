import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../environment';

/** What a run's thread is made of. */
const FOLDERS = ['panda', 'training', 'datasets', 'wasm', 'schedules', 'numeric', 'optimizers'];
const FILES = ['errors.ts', 'host.ts', 'progress.ts'];

/**
 * A run's thread from today's sources, as CommonJS: a thread of its own cannot run TypeScript, and an older build
 * must not pass for the sources.
 * @returns the file to start, and what removes it
 */
export function compiledWorker(): { workerFile: string; remove: () => void } {
  const source = path.join(ROOT, 'kernel-lib', 'src');
  // Inside the repository, so that packages are found as from the real build.
  const target = path.join(ROOT, 'test-results', `panda ${process.pid}`);
  const files = FOLDERS.flatMap(folder =>
    fs
      .readdirSync(path.join(source, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => path.join(folder, name))
  );
  for (const file of [...FILES, ...files]) {
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(source, file), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
    });
    const out = path.join(target, file.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(out), { recursive: true });
    fs.writeFileSync(out, outputText);
  }
  return {
    workerFile: path.join(target, 'panda', 'worker.js'),
    remove: () => fs.rmSync(target, { recursive: true, force: true })
  };
}
