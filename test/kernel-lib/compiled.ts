import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../environment';

/**
 * Parts of today's library as CommonJS: a process or thread of its own cannot run TypeScript, and an older build must
 * not pass for the sources.
 * @param name of the folder, for whoever finds it left over
 * @param folders below `kernel-lib/src`; the files beside them come along
 * @returns where they lie, and what removes them
 */
export function compiled(name: string, folders: string[]): { target: string; remove: () => void } {
  const source = path.join(ROOT, 'kernel-lib', 'src');
  // Inside the repository, so that packages are found as from the real build.
  const root = path.join(ROOT, 'test-results', `${name} ${process.pid}`);
  const target = path.join(root, 'dist');
  const files = folders.flatMap(folder =>
    fs
      .readdirSync(path.join(source, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => path.join(folder, file))
  );
  for (const file of ['errors.ts', 'host.ts', 'progress.ts', ...files]) {
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(source, file), 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true
      }
    });
    const out = path.join(target, file.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(out), { recursive: true });
    fs.writeFileSync(out, outputText);
  }
  return { target, remove: () => fs.rmSync(root, { recursive: true, force: true }) };
}
