import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Notebook, openNotebook } from './notebook';

let notebook: Notebook;
const run = (code: string) => notebook.run(code);
const fail = (code: string) => notebook.fail(code);

function write(name: string, text: string): void {
  const file = path.join(notebook.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  notebook = openNotebook();
});
afterAll(() => notebook.close());

// What only Node's own import() can load is tested with a running kernel: jest has none to offer.
describe('imports', () => {
  it('take CommonJS by default, by name and as a whole', async () => {
    write('node_modules/cjs/package.json', '{"name": "cjs", "main": "i.js"}');
    write('node_modules/cjs/i.js', 'module.exports = () => 4;\nmodule.exports.extra = 5;');
    expect(
      await run(
        "import f, { extra } from 'cjs';\nimport * as all from 'cjs';\n[f(), extra, all.extra, all.default()]"
      )
    ).toEqual([4, 5, 5, 4]);
  });

  it('are known by their names until those are declared anew', async () => {
    await run(
      "import joined, { join, sep as slash } from 'path';\nimport * as whole from 'path';\nlet own = 1;"
    );
    expect(['joined', 'join', 'slash', 'whole', 'own', 'sep'].map(notebook.importOf)).toEqual([
      { module: 'path', name: 'default' },
      { module: 'path', name: 'join' },
      { module: 'path', name: 'sep' },
      { module: 'path' },
      undefined,
      undefined
    ]);
    await run('const join = 2; function slash() {}');
    expect(['join', 'slash', 'whole'].map(notebook.importOf)).toEqual([
      undefined,
      undefined,
      { module: 'path' }
    ]);
  });

  it('of types alone load nothing', async () => {
    write(
      'node_modules/heavy/package.json',
      '{"name": "heavy", "main": "i.js", "types": "i.d.ts"}'
    );
    write('node_modules/heavy/i.js', 'throw new Error("loaded");');
    write(
      'node_modules/heavy/i.d.ts',
      'export interface T { a: number }\nexport declare const v: number;'
    );
    expect(
      await run(
        "import type { T } from 'heavy';\nimport { type T as U } from 'heavy';\nimport { T as V } from 'heavy';\nconst t: T & U & V = { a: 1 }; t.a"
      )
    ).toBe(1);
    expect((await fail("import { v } from 'heavy'; v"))[0]).toBe('Error: loaded');
  });

  it('follow exports maps at run time and in types', async () => {
    write(
      'node_modules/mapped/package.json',
      '{"name": "mapped", "exports": {"./part": {"types": "./x/p.d.ts", "default": "./x/p.js"}}}'
    );
    write('node_modules/mapped/x/p.js', 'exports.p = 3;');
    write('node_modules/mapped/x/p.d.ts', 'export declare const p: number;');
    expect(await run("import { p } from 'mapped/part';\np.toFixed(1)")).toBe('3.0');
    expect((await fail("import { q } from 'mapped/other'; q"))[0]).toContain(
      "Cannot find module 'mapped/other'"
    );
  });

  it('read JSON with its types, and again when it has changed', async () => {
    write('data.json', '{"a": [1, 2]}');
    expect(await run("import data from './data.json';\nconst n: number = data.a[1]; n")).toBe(2);
    write('data.json', '{"a": [1, 2, 33]}');
    expect(await run("import data from './data.json' with { type: 'json' };\ndata.a.at(-1)")).toBe(
      33
    );
    write('broken.json', '{');
    expect((await fail("const broken = await import('./' + 'broken.json');"))[0]).toContain(
      'broken.json is not JSON'
    );
  });

  it('compile files beside the notebook, and again when one deeper down has changed', async () => {
    write('deep.ts', 'export const deep: number = 1;');
    write(
      'side.ts',
      "import { deep } from './deep.js';\nimport type { T } from './types';\nexport const side = (): number => deep + 1;\nexport default class Kept {}\nexport type S = T;"
    );
    write('types.ts', 'export interface T { z: number }\nthrow new Error("loaded");');
    expect(
      await run(
        "import Kept, { side, S } from './side';\nconst s: S = { z: side() }; [s.z, new Kept() instanceof Kept]"
      )
    ).toEqual([2, true]);
    write('deep.ts', 'export const deep: number = 1000;');
    expect(await run("import { side } from './side';\nside()")).toBe(1001);
  });

  it('give the lines of such a file when it fails', async () => {
    write(
      'thrower.ts',
      '\nexport function thrower(): never {\n  throw new TypeError("beside");\n}'
    );
    const lines = await fail("import { thrower } from './thrower';\nthrower();");
    expect(lines[0]).toBe('TypeError: beside');
    expect(lines[1]).toBe('thrower.ts, line 3 in thrower');
    expect(lines.at(-1)).toContain('line 2:1: thrower();');
  });

  it('refuse a file that awaits at its top, with what to do', async () => {
    write('waits.ts', 'export const w = await Promise.resolve(1);');
    const [message] = await fail("import { w } from './waits'; w");
    expect(message).toContain('waits.ts');
    expect(message).toContain('name the file .mjs');
  });

  it('let files import each other in a ring', async () => {
    write('ringA.ts', "import { b } from './ringB';\nexport const a = () => b() + 1;");
    write('ringB.ts', "import { a } from './ringA';\nexport const b = () => (a ? 1 : 0);");
    expect(await run("import { a } from './ringA';\na()")).toBe(2);
  });

  it('find a module that a cell has defined', async () => {
    await run('/** @module mine */\nexport const secret = 42;');
    expect(await run("import { secret } from './mine';\nsecret")).toBe(42);
    await run('/** @module mine */\nexport const secret = 43;');
    expect(await run("import { secret } from './mine';\nsecret")).toBe(43);
  });

  it('work when called: import(), require and import.meta', async () => {
    expect(
      await run(
        "const m = await import('node:fs');\nconst { join } = await import('node:path'); [typeof m.readFileSync, join('a')]"
      )
    ).toEqual(['function', 'a']);
    expect(await run("require('./data.json').a[0]")).toBe(1);
    expect(await run('[import.meta.dirname, __dirname]')).toEqual([
      notebook.folder,
      notebook.folder
    ]);
    expect((await fail("await import('nowhere-' + 'at-all');"))[0]).toContain(
      "Cannot find module 'nowhere-at-all'"
    );
  });

  it('come before everything else in the cell', async () => {
    expect(await run("const first = sep;\nimport { sep } from 'node:path';\nfirst")).toBe(path.sep);
  });
});
