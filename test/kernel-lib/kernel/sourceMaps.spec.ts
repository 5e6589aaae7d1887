import * as ts from 'typescript';
import { CellMap, withoutMapComment } from 'tunelab/dist/kernel/sourceMaps';

const SOURCE = 'interface Unused { a: number }\n\nexport const x: number =\n  boom();';

const compiled = ts.transpileModule(SOURCE, {
  fileName: 'cell.ts',
  compilerOptions: { target: ts.ScriptTarget.ES2022, sourceMap: true }
});

describe('CellMap', () => {
  it('leads back to the line and column of the cell', () => {
    const map = new CellMap(compiled.sourceMapText!);
    const output = compiled.outputText.split('\n');
    const line = output.findIndex(text => text.includes('boom()'));
    const column = output[line].indexOf('boom()');
    expect(map.original({ line: line + 1, column: column + 1 })).toEqual({ line: 4, column: 3 });
  });

  it('knows no place for code that no line made', () => {
    const empty = JSON.stringify({ version: 3, sources: ['cell.ts'], names: [], mappings: '' });
    expect(new CellMap(empty).original({ line: 1, column: 1 })).toBeUndefined();
  });
});

describe('withoutMapComment', () => {
  it('removes only the comment at the end', () => {
    const text = '"//# sourceMappingURL=a";\nb();\n//# sourceMappingURL=custom.js.map';
    expect(withoutMapComment(text)).toBe('"//# sourceMappingURL=a";\nb();');
  });
});
