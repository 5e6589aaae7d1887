import * as ts from 'typescript';
import { createFacade, hasTopLevelAwait } from 'tunelab/dist/kernel/typescriptFacade';

describe('hasTopLevelAwait', () => {
  it.each([
    ['await x;', true],
    ['await (x);', true],
    ['if (a) { b(await (async () => 1)()); }', true],
    ['for await (const x of y) {}', true],
    ['class A { [await key()]() {} }', true],
    ['const f = async () => { await x; };', false],
    ['async function f() { for await (const x of y) {} }', false],
    ['class A { async m() { await x; } }', false],
    ['const text = "await x";', false]
  ])('%s: %s', (code, expected) => {
    const file = ts.createSourceFile('a.mjs', `export {};\n${code}`, ts.ScriptTarget.ES2022);
    expect(hasTopLevelAwait(ts, file)).toBe(expected);
  });
});

describe('createFacade', () => {
  const facade = createFacade(ts, process.cwd());

  function transpile(source: string, fileName: string): string {
    const first = ts.transpileModule(source, {
      fileName,
      compilerOptions: { target: ts.ScriptTarget.ES2022, inlineSourceMap: true }
    });
    return facade.transpileModule(first.outputText, {
      fileName: 'custom.js',
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
    }).outputText;
  }

  const reexport = 'import { sep } from "path";\nexport { sep };\n';

  it('is TypeScript but for what it replaces', () => {
    expect(facade.version).toBe(ts.version);
    expect(facade.createSourceFile).toBe(ts.createSourceFile);
    expect(facade.transpileModule).not.toBe(ts.transpileModule);
  });

  it('makes named imports of a cell assignments', () => {
    const output = transpile(reexport, '__tslab__.ts');
    expect(output).toContain('__tunelabDefine("sep"');
    expect(output).not.toContain('Object.defineProperty(exports');
  });

  it('leaves files beside the notebook as TypeScript makes them', () => {
    expect(transpile(reexport, 'helper.ts')).toContain('Object.defineProperty(exports, "sep"');
  });

  it('leaves text in a cell alone that only looks like such a line', () => {
    const text = 'export const t = `\nObject.defineProperty(exports, "x", {})`;';
    expect(transpile(text, '__tslab__.ts')).toContain('Object.defineProperty(exports, "x", {})`');
  });

  it('knows of each output whether it awaits and where its lines come from', () => {
    const output = transpile('export {};\nexport const x = await (y);', '__tslab__.ts');
    const compiled = facade.compiled.get(output)!;
    expect(compiled.topLevelAwait).toBe(true);
    const line = output.split('\n').findIndex(text => text.includes('await'));
    expect(compiled.sourceMap.original({ line: line + 1, column: 1 })?.line).toBe(1);
  });
});
