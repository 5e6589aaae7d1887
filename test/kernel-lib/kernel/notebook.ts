/** A notebook without Jupyter: cells through the compiler and the executor. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as ts from 'typescript';
import { SharedFlags } from 'tunelab/dist/kernel/bridge';
import { Compiler } from 'tunelab/dist/kernel/compiler';
import { Executor } from 'tunelab/dist/kernel/executor';
import { report } from 'tunelab/dist/kernel/traceback';

export interface Notebook {
  folder: string;
  compiler: Compiler;
  /** Runs a cell to its value. */
  run(code: string): Promise<unknown>;
  /** What a cell imported under a name. */
  importOf: Executor['importOf'];
  /** Runs a cell that must fail; gives its traceback as lines. */
  fail(code: string): Promise<string[]>;
  close(): void;
}

export function openNotebook(): Notebook {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'tunelab notebook ')));
  const compiler = new Compiler(folder, ts);
  const executor = new Executor(compiler, new SharedFlags(), folder);
  let count = 0;
  const run = async (code: string): Promise<unknown> => {
    const label = `cell [${++count}]`;
    return (await executor.run({ code, label, abandoned: () => false })).value;
  };
  return {
    folder,
    compiler,
    run,
    importOf: executor.importOf,
    fail: async code => {
      const nothing = Symbol('nothing was thrown');
      const thrown = await run(code).then(
        () => nothing,
        (error: unknown) => error
      );
      if (thrown === nothing) {
        throw new Error(`This cell should fail: ${code}`);
      }
      return report(thrown, executor.source).traceback.map(line => stripVTControlCharacters(line));
    },
    close: () => rmSync(folder, { recursive: true, force: true })
  };
}
