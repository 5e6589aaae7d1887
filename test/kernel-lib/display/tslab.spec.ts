import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const SOURCE = path.join(__dirname, '..', '..', '..', 'kernel-lib', 'src', 'display', 'tslab.ts');

// In a Node of its own, because jest keeps the modules of its tests in a cache of its own.
describe('findTslab', () => {
  let folder: string;

  function run(code: string): string {
    const script = `const { findTslab } = require('./tslab.js'); ${code}`;
    return execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }).trim();
  }

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab tslab '));
    const { outputText } = ts.transpileModule(fs.readFileSync(SOURCE, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
    });
    fs.writeFileSync(path.join(folder, 'tslab.js'), outputText);
  });

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('finds the display of the tslab that is loaded', () => {
    const real = JSON.stringify(require.resolve('tslab/dist/jupyter.js'));
    expect(
      run(`const jupyter = require(${real});
        jupyter.lastWriteDisplayData = ({ data }) => console.log(data['text/plain']);
        findTslab()({ data: { 'text/plain': 'shown' }, transient: {} }, false);`)
    ).toBe('shown');
  });

  it('finds nothing in plain Node', () => {
    expect(run(`console.log(findTslab())`)).toBe('undefined');
  });

  it('finds nothing in a tslab that runs no cell', () => {
    const real = JSON.stringify(require.resolve('tslab/dist/jupyter.js'));
    expect(run(`require(${real}); console.log(findTslab())`)).toBe('undefined');
  });
});
