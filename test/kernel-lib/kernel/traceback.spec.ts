import { stripVTControlCharacters } from 'node:util';
import { CompileError, report, type Source } from 'tunelab/dist/kernel/traceback';

const cell: Source = {
  label: 'cell [3]',
  text: 'const a = 1;\nfunction f() {\n\tthrow new Error("x");\n}\nf();',
  original: place => (place.line <= 5 ? place : undefined)
};
const sources = (file: string) => (file === 'cell:3' ? cell : undefined);

function errorWith(frames: string[], error: Error = new Error('x')): Error {
  error.stack = [`${error.name}: ${error.message}`, ...frames.map(f => `    at ${f}`)].join('\n');
  return error;
}

function lines(thrown: unknown): string[] {
  return report(thrown, sources).traceback.map(line => stripVTControlCharacters(line));
}

describe('report', () => {
  it('shows the line with a caret under the column, and who called', () => {
    expect(lines(errorWith(['Object.f (cell:3:3:8)', 'cell:3:5:1']))).toEqual([
      'Error: x',
      'cell [3], line 3 in f',
      '  2 | function f() {',
      '> 3 | \tthrow new Error("x");',
      '    | \t      ^',
      'called from cell [3], line 5:1: f();'
    ]);
  });

  it('leaves out frames of Node, packages and compiled code without a line of its own', () => {
    const error = errorWith([
      'JSON.parse (<anonymous>)',
      'deep (/x/node_modules/p/index.js:1:2)',
      'async f (cell:3:3:8)',
      'cell:3:99:1',
      'Script.runInThisContext (node:vm:122:12)'
    ]);
    expect(lines(error)).toHaveLength(5);
    expect(lines(error)[1]).toBe('cell [3], line 3 in f');
  });

  it('gives the header alone when no frame is the reader’s', () => {
    expect(lines(errorWith(['x (node:fs:1:2)']))).toEqual(['Error: x']);
  });

  it('cuts endless recursion short', () => {
    const shown = lines(errorWith(Array.from({ length: 30 }, () => 'f (cell:3:3:8)')));
    expect(shown.at(-1)).toBe('… and 21 more calls');
  });

  it('tells causes, each once even if they form a ring', () => {
    const inner = errorWith(['cell:3:1:1'], new RangeError('inner'));
    const outer = errorWith(['cell:3:5:1'], new Error('outer', { cause: inner }));
    inner.cause = outer;
    expect(lines(outer).filter(line => line.startsWith('Caused by'))).toEqual([
      'Caused by RangeError: inner'
    ]);
  });

  it.each([
    ['a string', 'text', "'text'"],
    ['nothing', undefined, 'undefined'],
    ['an object', { code: 1 }, '{ code: 1 }'],
    [
      'an object that resists',
      new Proxy(
        {},
        {
          get() {
            throw new Error('no');
          }
        }
      ),
      expect.any(String)
    ]
  ])('describes %s that was thrown', (_, thrown, evalue) => {
    expect(report(thrown, sources)).toMatchObject({ ename: 'Thrown', evalue });
  });

  it('survives an error without a stack', () => {
    const error = new Error('bare');
    delete error.stack;
    expect(lines(error)).toEqual(['Error: bare']);
  });

  const diagnostic = (code: number, line: number, character: number, messageText: string) => ({
    start: { line, character },
    end: { line, character },
    code,
    messageText
  });

  it('shows what TypeScript refuses, with line and code', () => {
    const error = new CompileError([diagnostic(2322, 2, 1, 'Wrong type.')], cell);
    expect(report(error, sources)).toMatchObject({
      ename: 'CompileError',
      evalue: 'line 3: Wrong type.'
    });
    expect(lines(error).slice(2)).toEqual([
      'cell [3], line 3',
      '  2 | function f() {',
      '> 3 | \tthrow new Error("x");',
      '    | \t^',
      'TS2322: Wrong type.'
    ]);
  });

  it('shows errors of syntax alone, and none behind the end of the cell', () => {
    const error = new CompileError(
      [diagnostic(2304, 0, 0, 'Unknown name.'), diagnostic(1005, 9, 4, 'Expected.')],
      cell
    );
    expect(report(error, sources).evalue).toBe('line 5: Expected.');
    expect(lines(error).join('\n')).not.toContain('Unknown name');
  });

  it('shows at most ten findings', () => {
    const many = Array.from({ length: 12 }, (_, i) => diagnostic(2322, 0, 0, `Finding ${i}.`));
    const shown = lines(new CompileError(many, cell));
    expect(shown[0]).toBe('CompileError: line 1: Finding 0. (and 11 more)');
    expect(shown.at(-1)).toBe('… and 2 more');
  });
});
