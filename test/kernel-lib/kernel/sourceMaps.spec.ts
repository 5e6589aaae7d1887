import * as ts from 'typescript';
import { SourceMapChain, splitInlineMap, withoutMapComment } from 'tunelab/dist/kernel/sourceMaps';

// Two steps as in the kernel: TypeScript to ES modules with an inline map, then to CommonJS.
const SOURCE = 'export {};\ninterface Unused { a: number }\n\nexport const x: number =\n  boom();';

function compile() {
  const first = ts.transpileModule(SOURCE, {
    fileName: 'cell.ts',
    compilerOptions: { target: ts.ScriptTarget.ES2022, inlineSourceMap: true }
  });
  const { code, map } = splitInlineMap(first.outputText);
  const second = ts.transpileModule(code, {
    fileName: 'cell.js',
    compilerOptions: { module: ts.ModuleKind.CommonJS, sourceMap: true }
  });
  return { code, map: map!, second };
}

describe('SourceMapChain', () => {
  it('finds the line of the cell through both steps, without the prefix line', () => {
    const { map, second } = compile();
    const chain = new SourceMapChain([JSON.parse(second.sourceMapText!), map], 1);
    const output = second.outputText.split('\n');
    const line = output.findIndex(text => text.includes('boom()'));
    const column = output[line]!.indexOf('boom()');
    expect(chain.original({ line: line + 1, column: column + 1 })).toEqual({ line: 4, column: 3 });
  });

  it('knows no place for code that no line made', () => {
    const { map, second } = compile();
    const chain = new SourceMapChain([JSON.parse(second.sourceMapText!), map], 1);
    expect(chain.original({ line: 1, column: 1 })).toBeUndefined();
  });
});

describe('splitInlineMap', () => {
  it('takes the map off the text', () => {
    const { code, map } = compile();
    expect(code).not.toContain('sourceMappingURL');
    expect(map.sources).toEqual(['cell.ts']);
  });

  it('leaves a text without a map as it is', () => {
    expect(splitInlineMap('a;\n')).toEqual({ code: 'a;\n' });
  });
});

describe('withoutMapComment', () => {
  it('removes only the comment at the end', () => {
    const text = '"//# sourceMappingURL=a";\nb();\n//# sourceMappingURL=custom.js.map';
    expect(withoutMapComment(text)).toBe('"//# sourceMappingURL=a";\nb();');
  });
});
