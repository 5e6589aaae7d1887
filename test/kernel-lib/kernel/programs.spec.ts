import * as ts from 'typescript';
import { Compiler } from 'tunelab/dist/kernel/compiler';

/** Cells that lean on each other in every way the scope knows, right and wrong ones. */
const CELLS = [
  'let count = 1; const pair = [count, "b"] as const;',
  'count += 1; pair[1].length',
  'count = "no";',
  'class Point { private hidden = 1; constructor(public x: number) {} twice() { return new Point(2 * this.x); } }',
  'const p = new Point(2).twice(); p.x',
  'p.hidden',
  'type Shape = { kind: "round"; r: number } | { kind: "flat" }; const shape: Shape = { kind: "flat" };',
  'function area(s: Shape) { return s.kind === "round" ? s.r ** 2 : 0; } area(shape)',
  'area({ kind: "square" })',
  'const count = "anew"; count.toUpperCase()',
  'count.toFixed()',
  'import { basename } from "node:path"; basename("a/b")',
  'basename(count).length',
  'let broken = (1 +',
  'declare global { interface Array<T> { second(): T } } [].constructor',
  '[1, 2].second().toFixed(); [1, 2].third()',
  'enum Color { Red, Green } Color.Green',
  'const color: Color = Color.Red; color.toFixed()',
  'color === "Red"',
  '// @ts-expect-error\ncount.nothing; // @ts-ignore\ncount.nothing',
  '// @ts-expect-error\ncount.length',
  'export const shown = { count, color }; await Promise.resolve(shown)',
  'shown.color.toFixed(); shown.more',
  'const generic = <T extends Shape>(s: T) => ({ s, of: (t: T) => [s, t] }); generic(shape).of(shape)',
  'generic(1)',
  'for (var i = 0; i < 3; i++) { count; } i',
  'using held = { [Symbol.dispose]() {} }; held',
  'held'
];
const WRONG = [
  'count = "no";',
  'p.hidden',
  'area({ kind: "square" })',
  'count.toFixed()',
  'let broken = (1 +',
  '[1, 2].second().toFixed(); [1, 2].third()',
  'color === "Red"',
  '// @ts-expect-error\ncount.length',
  'shown.color.toFixed(); shown.more',
  'generic(1)',
  'held'
];
const DRAFTS = [
  'count.',
  'new Point(1).',
  'shown.',
  'area(',
  'Math.sq',
  'color',
  'basename',
  'pai'
];

/** TypeScript without what lets cells share a program: each change makes a new program. */
const { bindSourceFile, ...withoutBinder } = ts as typeof ts & { bindSourceFile: unknown };

/** All that a compiler says about a notebook. */
function story(compiler: Compiler) {
  return CELLS.map(cell => {
    const compilation = compiler.compile(cell);
    const { code, declares, imports, awaits, errors } = compilation;
    if (errors.length === 0) {
      compiler.keep(compilation);
    }
    const drafts = DRAFTS.map(draft => ({
      complete: compiler.complete(draft, draft.length),
      inspect: compiler.inspect(draft, draft.length - 1)
    }));
    return { cell, errors, code, declares, imports, awaits, drafts };
  });
}

describe('cells that share a program and its checker', () => {
  it('are understood exactly as in a program of their own', () => {
    expect(bindSourceFile).toBeInstanceOf(Function);
    const shared = story(new Compiler(__dirname, ts));
    const own = story(new Compiler(__dirname, withoutBinder as typeof ts));
    expect(shared).toEqual(own);
    const failed = shared.filter(({ errors }) => errors.length > 0).map(({ cell }) => cell);
    expect(failed).toEqual(WRONG);
  });

  it('get a new program before an old checker has gathered much', () => {
    let programs = 0;
    const counting = {
      ...ts,
      createLanguageService: (...args: Parameters<typeof ts.createLanguageService>) => {
        const service = ts.createLanguageService(...args);
        let latest: ts.Program | undefined;
        const { getProgram } = service;
        service.getProgram = () => {
          const program = getProgram();
          programs += program === latest ? 0 : 1;
          latest = program;
          return program;
        };
        return service;
      }
    };
    const compiler = new Compiler(__dirname, counting);
    const compile = (text: string) => {
      const compilation = compiler.compile(text);
      expect(compilation.errors).toEqual([]);
      compiler.keep(compilation);
    };
    for (let i = 0; i < 50; i++) {
      compile(`${i}`);
    }
    expect(programs).toBe(1);
    compile('const kept = 1;');
    for (let i = 0; i < 50; i++) {
      compile(`kept + ${i}; // ${'x'.repeat(10_000)}`);
    }
    expect(programs).toBe(3);
  });
});
