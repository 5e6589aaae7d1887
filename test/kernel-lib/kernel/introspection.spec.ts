import { completeReply, inspectReply } from 'tunelab/dist/kernel/introspection';
import { type Notebook, openNotebook } from './notebook';

interface Item {
  text: string;
  type: string;
  start: number;
  end: number;
  signature?: string;
  documentation?: string;
}

let notebook: Notebook;

beforeAll(async () => {
  notebook = openNotebook();
  await notebook.run(
    "import { layers, scales, softmax } from 'tunelab';\nimport * as tunelab from 'tunelab';\nimport { multiply } from 'mathjs';\n" +
      'const counter = 1;\n/**\n * Adds one: $n + 1$.\n * @param n - what to add to, see {@link counter}\n * @returns the sum\n * @throws RangeError never\n' +
      ' * @example\n * addOne(2) // 3\n * @deprecated\n */\nfunction addOne(n: number) { return n + 1; }\n' +
      'class Point { x = 1; /** Moves it. */ move(by: number) { this.x += by; } private hidden = 2; }'
  );
});
afterAll(() => notebook.close());

function complete(code: string) {
  const reply = completeReply(notebook.compiler, { code, cursor_pos: [...code].length });
  const metadata = reply.metadata as { _jupyter_types_experimental: Item[] };
  const items = metadata._jupyter_types_experimental;
  const texts = items.map(({ text }) => text);
  const { matches, cursor_start, cursor_end } = reply;
  return { matches, cursor_start, cursor_end, items, texts };
}

function inspect(code: string, position = code.length) {
  const reply = inspectReply(notebook.compiler, { code, cursor_pos: position });
  return reply as { found: boolean; data: Record<string, string> };
}

describe('completion', () => {
  it('lists the catalogue of layers with types, signatures and documentation', () => {
    const { items, texts, matches } = complete('layers.');
    expect(texts).toEqual(expect.arrayContaining(['batchNorm', 'dense', 'relu', 'softmax']));
    expect(matches).toEqual(texts);
    const dense = items.find(({ text }) => text === 'dense')!;
    expect(dense).toMatchObject({ type: 'function', start: 7, end: 7 });
    expect(dense.signature).toContain('units: number');
    expect(dense.documentation).toContain('z = x W + b');
  });

  it('puts what the notebook has before global names, and keywords last', () => {
    const { texts } = complete('co');
    expect(texts[0]).toBe('counter');
    expect(texts.indexOf('console')).toBeLessThan(texts.indexOf('const'));
    expect(complete('').texts.indexOf('counter')).toBeLessThan(complete('').texts.indexOf('Array'));
  });

  it('puts what is deprecated behind the rest', () => {
    const { texts } = complete('');
    expect(texts.indexOf('addOne')).toBeGreaterThan(texts.indexOf('counter'));
  });

  it('knows members, without private ones', () => {
    expect(complete('new Point().').texts).toEqual(['move', 'x']);
  });

  it('gives options of a call', () => {
    expect(complete('layers.dense(3, { ').texts).toContain('bias');
  });

  it('says how many overloads a function has', () => {
    const [item] = complete('tunelab.softmax').items;
    expect(item.signature).toBe('<T extends Tensor>(z: T): T');
    expect(complete('multipl').items[0].signature).toMatch(/\(\+\d+ overloads\)$/);
  });

  it('names the packages that every notebook can import', () => {
    expect(complete("import { x } from 'tun").texts).toContain('tunelab');
    expect(complete("import 'math").texts).toContain('mathjs');
    expect(complete("import 'node:f").texts).toContain('node:fs');
  });

  it('counts a character outside the basic plane once', () => {
    expect(complete("'😀'; count")).toMatchObject({ cursor_start: 5, cursor_end: 10 });
  });

  it('has nothing to say in the midst of a text', () => {
    expect(complete("const t = 'coun").texts).toEqual([]);
  });
});

describe('inspection', () => {
  it('shows signature and docstring as Markdown, formulas untouched and the example in a fence', () => {
    const { found, data } = inspect('addOne', 3);
    expect(found).toBe(true);
    expect(data['text/markdown']).toBe(
      [
        '```typescript\nfunction addOne(n: number): number\n```',
        'Adds one: $n + 1$.',
        '**Parameters**\n\n- `n`: what to add to, see counter',
        '**Returns** the sum',
        '**Throws** RangeError never',
        '**Example**\n\n```typescript\naddOne(2) // 3\n```',
        '**Deprecated**'
      ].join('\n\n')
    );
    expect(data['text/plain']).toContain('Parameters:\n  n: what to add to, see counter');
    expect(data['text/plain']).not.toContain('```');
  });

  it('explains an import as what it is', () => {
    const { data } = inspect('softmax');
    expect(data['text/plain']).toMatch(
      /^function softmax<T extends (?:tunelab\.)?Tensor>\(z: T\): T\n/
    );
    expect(data['text/markdown']).toContain('`a_i = exp(z_i) / Σ_j exp(z_j)`');
    expect(data['text/markdown']).toContain('**See** lecture, "Softmax Regression"');
  });

  it('explains the function whose arguments are being written', () => {
    expect(inspect('softmax(').data['text/plain']).toContain('Softmax: turns scores');
    expect(inspect('softmax([1, 2])', 11).data['text/plain']).toContain('Softmax: turns scores');
  });

  it('finds nothing where nothing is', () => {
    expect(inspect('')).toEqual({ status: 'ok', found: false, data: {}, metadata: {} });
    expect(inspect('1 + 1', 2).found).toBe(false);
  });

  it('does not disturb the notebook', async () => {
    inspect('const counter = "other"; counter');
    expect(await notebook.run('counter')).toBe(1);
  });
});

describe('completeness', () => {
  it.each([
    ['1 + 1', { status: 'complete' }],
    ['await f(', { status: 'incomplete', indent: '  ' }],
    ['function f() {', { status: 'incomplete', indent: '  ' }],
    ['if (a) {\n  b();', { status: 'incomplete', indent: '  ' }],
    ['`text', { status: 'incomplete', indent: '' }],
    ['/* text', { status: 'incomplete', indent: '' }],
    ['function f() {\n\n', { status: 'invalid' }],
    ['const = 3', { status: 'invalid' }]
  ])('of %j', (code, expected) => {
    expect(notebook.compiler.isComplete(code)).toEqual(expected);
  });
});
