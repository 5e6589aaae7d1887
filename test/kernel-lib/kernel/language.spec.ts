import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as ts from 'typescript';
import { hasTopLevelAwait } from 'tunelab/dist/kernel/cellTransform';
import { librariesOf } from 'tunelab/dist/kernel/languageHost';
import { type Notebook, openNotebook } from './notebook';

let notebook: Notebook;
const run = (code: string) => notebook.run(code);
const fail = (code: string) => notebook.fail(code);

beforeAll(() => {
  notebook = openNotebook();
});
afterAll(() => notebook.close());

describe('hasTopLevelAwait', () => {
  it.each([
    ['await x;', true],
    ['await (x);', true],
    ['if (a) { b(await (async () => 1)()); }', true],
    ['for await (const x of y) {}', true],
    ['await using x = y;', true],
    ['class A { [await key()]() {} }', true],
    ['const f = async () => { await x; };', false],
    ['async function f() { for await (const x of y) {} }', false],
    ['class A { async m() { await x; } }', false],
    ['const text = "await x";', false]
  ])('%s: %s', (code, expected) => {
    const file = ts.createSourceFile('a.mts', `export {};\n${code}`, ts.ScriptTarget.ES2024);
    expect(hasTopLevelAwait(ts, file)).toBe(expected);
  });
});

describe('the value of a cell', () => {
  it.each([
    ['1 + 1', 2],
    ['"text"', 'text'],
    ['1;\n2; // the end', 2],
    ['5;\ninterface Behind { a: number }', 5],
    ['const unseen = 3;', undefined],
    ['if (true) { 7; }', undefined],
    ['export default 8', 8],
    ['', undefined],
    ['// nothing', undefined]
  ])('%j: %j', async (code, expected) => {
    expect(await run(code)).toBe(expected);
  });

  it('may be a promise that nobody awaits', async () => {
    expect(await run('await null; Promise.resolve(1)')).toBe(1);
    expect(await run('[Promise.resolve(1)]')).toHaveLength(1);
  });
});

describe('variables', () => {
  it('are one and the same in the cell that declares them, in later cells and in functions', async () => {
    await run('let counter = 1; const add = (n: number) => { counter += n; };');
    await run('add(4); counter *= 2;');
    expect(await run('add(1); counter')).toBe(11);
  });

  it('can be declared anew with another type, which functions of earlier cells then see', async () => {
    await run('let rate = 1; const seen = () => rate;');
    await run("let rate = 'fast';");
    expect(await run('rate.length')).toBe(4);
    expect(await run('seen()')).toBe('fast');
  });

  it('are declared by patterns with defaults, rests and computed names', async () => {
    await run(
      "const key = 'k';\nconst { a1, b1: [c1, , d1 = 4, ...e1], [key]: f1, ...g1 } = " +
        '{ a1: 1, b1: [2, 3, undefined, 5, 6], k: 7, h: 8 };'
    );
    expect(await run('({ a1, c1, d1, e1, f1, g1 })')).toEqual({
      a1: 1,
      c1: 2,
      d1: 4,
      e1: [5, 6],
      f1: 7,
      g1: { h: 8 }
    });
  });

  it('declared with var inside blocks and loops live on, those with let do not', async () => {
    await run(
      'if (true) { var inBlock = 1; }\nfor (var i2 = 0, n2 = 3; i2 < n2; i2++) { let own = i2; }'
    );
    await run('for (var key2 in { x: 1 }) {}\nfor (var [a2, b2] of [[1, 2]]) {}');
    expect(await run('[inBlock, i2, n2, key2, a2, b2]')).toEqual([1, 3, 3, 'x', 1, 2]);
    expect((await fail('own'))[0]).toContain("Cannot find name 'own'");
  });

  it('are taken by shorthand, also when assigned by it', async () => {
    await run('let s1 = 1, s2 = 2;');
    expect(await run('({ s1, s2 })')).toEqual({ s1: 1, s2: 2 });
    await run('({ s1, s2 = 8 } = { s1: 7 } as { s1: number; s2?: number });');
    expect(await run('((s1: number) => ({ s1, s2 }))(5)')).toEqual({ s1: 5, s2: 8 });
    expect(await run('s1')).toBe(7);
  });

  it('give way to parameters, properties and labels of the same name', async () => {
    await run('let shade = 1;');
    expect(await run('((shade: number) => shade)(2)')).toBe(2);
    expect(await run('({ shade: 3 }).shade')).toBe(3);
    expect(await run('shade: for (;;) { break shade; }\nshade')).toBe(1);
  });

  it('that only say declare stay those of the surroundings', async () => {
    expect(
      await run('declare const structuredClone: (x: number) => number;\nstructuredClone(4)')
    ).toBe(4);
  });

  it('may have the names of Node’s own', async () => {
    expect(await run("const process = 'mine'; process")).toBe('mine');
    expect(await run('process.length')).toBe(4);
  });
});

describe('functions, classes, enums and namespaces', () => {
  it('live on, with their names', async () => {
    await run(
      'function twice(x: number) { return 2 * x; }\nconst arrow = () => 1; const Anonymous = class {};'
    );
    await run(
      'abstract class Shape { abstract area(): number; static is(x: unknown) { return x instanceof Shape; } }'
    );
    await run(
      'class Square extends Shape { constructor(readonly a: number) { super(); } area() { return this.a ** 2; } }'
    );
    await run(
      'enum Level { Low = 1, High = Low * 4 }\nconst enum Fixed { A = 9 }\nnamespace Tools { export const k = 3; export const f = () => k + Level.High; }'
    );
    expect(await run('[twice(2), twice.name, arrow.name, Anonymous.name]')).toEqual([
      4,
      'twice',
      'arrow',
      'Anonymous'
    ]);
    expect(await run('[new Square(3).area(), Shape.is(new Square(1))]')).toEqual([9, true]);
    expect(await run('[Level.High, Level[1], Fixed.A, Tools.f()]')).toEqual([4, 'Low', 9, 7]);
  });

  it('are hoisted within a cell', async () => {
    expect(await run('const early = later3(); function later3() { return 3; } early')).toBe(3);
  });

  it('are called without the notebook’s variables as this', async () => {
    await run('function self(this: unknown) { return this; }');
    expect(await run('self()')).toBeUndefined();
    expect(await run('self?.()')).toBeUndefined();
    expect(
      await run(
        'const tag = function (this: unknown, s: TemplateStringsArray) { return this; };\ntag`x`'
      )
    ).toBeUndefined();
  });

  it('have today’s decorators', async () => {
    await run(
      'const plus = (f: (x: number) => number, _: ClassMethodDecoratorContext) => (x: number) => f(x) + 1;'
    );
    expect(
      await run('class Decorated { @plus m(x: number) { return x; } }\nnew Decorated().m(1)')
    ).toBe(2);
  });
});

describe('types', () => {
  it('and interfaces live on, and a name may be a type in one cell and a value in another', async () => {
    await run('interface Pair<T> { left: T; right: T }\ntype Name = string;');
    await run('const Pair = <T,>(left: T, right: T): Pair<T> => ({ left, right });');
    expect(await run('const pair: Pair<number> = Pair(1, 2); pair.left')).toBe(1);
    expect((await fail('const wrong: Pair<Name> = Pair(1, 2);'))[0]).toContain('is not assignable');
  });

  it('that were inferred need not be written, also private and unnamed ones', async () => {
    await run(
      'const made = (() => { class Hidden { private secret = 1; open = 2; } return new Hidden(); })();'
    );
    expect(await run('made.open')).toBe(2);
    expect((await fail('made.secret'))[0]).toContain("Property 'secret' is private");
  });

  it('of the global scope can be extended', async () => {
    await run(
      'declare global { interface Array<T> { second(): T } }\nArray.prototype.second = function () { return this[1]; };'
    );
    expect(await run('[1, 2].second()')).toBe(2);
    await run('delete (Array.prototype as { second?: unknown }).second');
  });
});

describe('await', () => {
  it.each([
    ['await (Promise.resolve(1))', 1],
    ['await (async () => 2)()', 2],
    ['let s = 0; for await (const x of [1, Promise.resolve(3)]) s += x; s', 4],
    ['`${await Promise.resolve(5)}`', '5'],
    ['const [x6] = await Promise.all([6]); x6', 6]
  ])('%s', async (code, expected) => {
    expect(await run(code)).toBe(expected);
  });
});

describe('using', () => {
  it('disposes at the end of the cell, and later cells do not see the resource', async () => {
    await run('const log: string[] = [];');
    expect(
      await run(
        'using first = { [Symbol.dispose]() { log.push("first"); } };\n' +
          'await using second = { async [Symbol.asyncDispose]() { log.push("second"); } };\nlog.length'
      )
    ).toBe(0);
    expect(await run('log')).toEqual(['second', 'first']);
    expect((await fail('first'))[0]).toContain("Cannot find name 'first'");
  });

  it('disposes when the cell fails', async () => {
    await fail('using res = { [Symbol.dispose]() { log.push("third"); } };\nthrow new Error("x");');
    expect(await run('log.at(-1)')).toBe('third');
  });
});

describe('export', () => {
  it('is tolerated', async () => {
    await run(
      'export const q = 1; export function fq() { return q + 1; }\nexport type Q = number;\nexport class C9 {}'
    );
    expect(await run('const typed: Q = fq(); typed + q')).toBe(3);
    expect(await run('export default function () { return 4; }')).toEqual(expect.any(Function));
    await run('const p9 = 1; export { p9 };');
    expect(await run('p9')).toBe(1);
  });
});

describe('a cell that fails midway', () => {
  it('keeps what it came to assign', async () => {
    await run("let kept0 = 'old';");
    await fail(
      "const kept1 = 1;\nlet kept0 = boom();\nclass Late {}\nfunction boom(): number { throw new Error('boom'); }"
    );
    expect(await run('kept1')).toBe(1);
    expect(await run('typeof boom')).toBe('function');
    // Still the variable of the earlier cell, with its type.
    expect(await run('kept0.toUpperCase()')).toBe('OLD');
    expect((await fail('new Late()'))[0]).toContain("Cannot find name 'Late'");
  });

  it('keeps nothing when TypeScript refuses it', async () => {
    await fail("const never1 = 1; const never2: number = 'x';");
    expect((await fail('never1'))[0]).toContain("Cannot find name 'never1'");
  });
});

describe('type errors', () => {
  afterEach(() => {
    delete process.env.TUNELAB_TYPE_ERRORS;
  });

  it('warn and let the cell run when that is wished', async () => {
    const written: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(text => {
      written.push(String(text));
      return true;
    });
    process.env.TUNELAB_TYPE_ERRORS = 'warn';
    expect(await run("const loose: number = 'text'; loose")).toBe('text');
    write.mockRestore();
    expect(written.join('')).toContain("Type 'string' is not assignable to type 'number'.");
  });

  it('of syntax stay errors', async () => {
    process.env.TUNELAB_TYPE_ERRORS = 'warn';
    expect((await fail('const = 3'))[0]).toMatch(/^CompileError: line 1/);
  });

  it('in a file beside the notebook are told with its name and line', async () => {
    writeFileSync(path.join(notebook.folder, 'faulty.ts'), "\nexport const f: number = 'x';");
    expect((await fail("import { f } from './faulty'; f"))[0]).toContain('faulty.ts:2:');
  });
});

describe('a long session', () => {
  it('forgets cells whose names are all declared anew, and only those', async () => {
    await run('const base = 2; interface Kept { a: number }');
    await run('const viaBase = () => base;');
    for (let i = 0; i < 100; i++) {
      await run(`const again: ${i % 2 ? 'number' : 'string'} = ${i % 2 ? i : `'${i}'`};`);
    }
    expect(await run('const kept: Kept = { a: viaBase() }; [kept.a, again]')).toEqual([2, 99]);
    const { heapUsed } = process.memoryUsage();
    for (let i = 0; i < 100; i++) {
      await run(`const again = [${i}];`);
    }
    expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(200e6);
  });
});

describe('librariesOf', () => {
  it('names what each Node has', () => {
    expect(librariesOf('20.19.0')[0]).toBe('es2023');
    expect(librariesOf('22.12.0')).toContain('esnext.iterator');
    expect(librariesOf('24.0.0')).toContain('esnext.promise');
    const folder = path.dirname(ts.getDefaultLibFilePath({}));
    for (const name of librariesOf('26.0.0')) {
      expect(ts.sys.fileExists(path.join(folder, `lib.${name}.d.ts`))).toBe(true);
    }
  });
});
