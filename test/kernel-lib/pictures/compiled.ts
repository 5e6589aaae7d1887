import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../environment';

/**
 * The drawing process from today's sources, as CommonJS: a process of its own cannot run TypeScript,
 * and an older build must not pass for the sources.
 * @returns the file to fork, and what removes it
 */
export function compiledProcess(): { processFile: string; remove: () => void } {
  const source = path.join(ROOT, 'kernel-lib', 'src');
  // Inside the repository, so that packages and the font are found as from the real build.
  const folder = path.join(ROOT, 'test-results', `pictures ${process.pid}`);
  const target = path.join(folder, 'dist');
  fs.cpSync(path.join(ROOT, 'kernel-lib', 'assets'), path.join(folder, 'assets'), {
    recursive: true
  });
  for (const file of ['errors.ts', 'host.ts', ...inFolder('figures'), ...inFolder('pictures')]) {
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
  return {
    processFile: path.join(target, 'pictures', 'process.js'),
    remove: () => fs.rmSync(folder, { recursive: true, force: true })
  };

  function inFolder(folder: string): string[] {
    return fs.readdirSync(path.join(source, folder)).map(file => path.join(folder, file));
  }
}
