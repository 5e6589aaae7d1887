import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { ROOT, runPython } from '../environment';
import { ink } from '../ink';

interface Output {
  output_type: string;
  name?: string;
  data?: Record<string, unknown>;
  metadata?: Record<string, { alt?: string }>;
}
interface Notebook {
  cells: { cell_type: string; source: string | string[]; outputs?: Output[] }[];
}

const FIGURE = 'application/vnd.tunelab.v1+json';
// A folder of its own, far from the project: modules must come from the kernel's own installation.
const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab notebooks '));
const nbconvert = (...args: string[]) => runPython(['-m', 'jupyter', 'nbconvert', ...args], folder);
const read = (name: string) => readFileSync(path.join(folder, name));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fails with what nbconvert printed, which names the cell. */
function expectSuccess({ status, output }: ReturnType<typeof nbconvert>) {
  expect(status === 0 ? '' : output).toBe('');
}

/** Title and tick labels of both axes have been drawn, in a picture of two pixels for each of CSS. */
function expectInk(png: Uint8Array) {
  const { width, height } = PNG.sync.read(Buffer.from(png));
  const [right, bottom] = [width / 2, height / 2];
  expect(ink(png, { left: 20, top: 5, right: right - 20, bottom: 60 })).toBeGreaterThan(0.005);
  expect(
    ink(png, { left: 60, top: bottom - 60, right: right - 60, bottom: bottom - 5 })
  ).toBeGreaterThan(0.005);
  expect(ink(png, { left: 5, top: 80, right: 75, bottom: bottom - 70 })).toBeGreaterThan(0.005);
}

const lectures = readdirSync(path.join(ROOT, 'notebooks')).filter(name => name.endsWith('.ipynb'));

describe.each(lectures)('%s as it is stored', name => {
  const file = path.join(ROOT, 'notebooks', name);
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
  const code = cells.filter(({ cell_type }) => cell_type === 'code');
  const outputs = code.flatMap(({ outputs = [] }) => outputs);

  it('can be read without running it: outputs, pictures with their words, below 1 MB', () => {
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.filter(({ output_type }) => output_type === 'error')).toEqual([]);
    for (const { data = {}, metadata } of outputs.filter(({ data }) => data?.['image/png'])) {
      expect(data).toHaveProperty([FIGURE, 'kind'], 'figure');
      expect(metadata?.['image/png'].alt).toBe((data[FIGURE] as { alt: string }).alt);
    }
    expect(statSync(file).size).toBeLessThan(1e6);
  });

  it('holds nothing that another run would change: no names of live figures, text in one piece', () => {
    const figures = outputs.flatMap(({ data }) => (data?.[FIGURE] ? [data[FIGURE]] : []));
    expect(figures.filter(figure => 'live' in (figure as object))).toEqual([]);
    const pieces = code.flatMap(({ outputs = [] }) =>
      outputs.filter(({ name }, i) => name !== undefined && outputs[i - 1]?.name === name)
    );
    expect(pieces).toEqual([]);
  });

  it('asserts what it says, in code as wide as a page shows', () => {
    const lines = code.flatMap(({ source }) => [source].flat().join('').split('\n'));
    expect(lines.filter(line => line.length > 88)).toEqual([]);
    expect(lines.filter(line => /\bcheck\(/.test(line)).length).toBeGreaterThan(2);
  });
});

/** A cell that has not run. */
const codeCell = (source: string, id: string) => {
  return { id, cell_type: 'code', metadata: {}, execution_count: null, outputs: [], source };
};

function writeNotebook(name: string, cells: object[]) {
  const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' };
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(path.join(folder, name), JSON.stringify(notebook));
}

// `npm test` executes the lectures in a step of its own; these cells run far from the project, and through nbconvert's formats.
const CELLS = [
  "import { figures, samplers, scales, show, study } from 'tunelab';",
  `const search = study({
  space: { learningRate: scales.log(1e-4, 1), beta: scales.oneMinusLog(0.9, 0.999) },
  sampler: samplers.random(), seed: 1
});
await search.optimize(c => Math.log10(c.learningRate / 0.01) ** 2 + c.beta, { trials: 30 });
await show(figures.history(search));`,
  "figures.scatter(search, { x: 'learningRate', y: 'beta' })",
  'figures.histogram(search.trials.map(({ value }) => value!))'
];

describe('a notebook far from the project', () => {
  const name = 'search.ipynb';
  const executed = 'search.executed.ipynb';
  let figures: Output[] = [];

  beforeAll(() => {
    writeNotebook(name, CELLS.map((source, i) => codeCell(source, `c${i}`))); // prettier-ignore
    expectSuccess(nbconvert('--to', 'notebook', '--execute', '--output', executed, name));
    const { cells } = JSON.parse(read(executed).toString()) as Notebook;
    figures = cells.flatMap(({ outputs = [] }) => outputs).filter(({ data }) => data?.[FIGURE]);
  }, 300_000);

  it('runs from top to bottom and shows figures, each one bundle with picture and words', () => {
    expect(figures).toHaveLength(3);
    for (const { data = {}, metadata } of figures) {
      expect(Object.keys(data)).toEqual(expect.arrayContaining(['image/png', 'text/plain']));
      expect(data).not.toHaveProperty('text/html');
      expect(metadata?.['image/png'].alt).toBe((data[FIGURE] as { alt: string }).alt);
      expectInk(Buffer.from(data['image/png'] as string, 'base64'));
    }
  });

  it('becomes HTML that holds every picture with its words', () => {
    expectSuccess(nbconvert('--to', 'html', '--output', 'page.html', executed));
    const page = read('page.html').toString();
    const shown = [...page.matchAll(/<img[^>]*src="data:image\/png;base64,([^"]+)"/g)];
    expect(shown).toHaveLength(figures.length);
    for (const [, base64] of shown) expectInk(Buffer.from(base64, 'base64'));
  }, 120_000);

  it('becomes Markdown whose picture files have ink in title and ticks', () => {
    expectSuccess(nbconvert('--to', 'markdown', '--output', 'page', executed));
    const links = [
      ...read('page.md')
        .toString()
        .matchAll(/!\[[^\]]*\]\(([^)]+\.png)\)/g)
    ];
    expect(links).toHaveLength(figures.length);
    for (const [, target] of links) expectInk(read(decodeURI(target)));
  }, 120_000);
});

describe('a failing cell', () => {
  const failing = (source: string) => {
    writeNotebook('failing.ipynb', [codeCell(source, 'a')]);
    return nbconvert('--to', 'notebook', '--execute', '--output', 'out.ipynb', 'failing.ipynb');
  };

  it.each([
    [
      'with a wrong type',
      'const a = 1;\n\nconst b: string = a;',
      [/Type 'number' is not assignable to type 'string'/, /\b3\b/]
    ],
    [
      'that misuses the library',
      "import { scales } from 'tunelab';\nscales.log(0, 1);",
      [/RangeError/, /`low > 0` must hold, but got low=0, high=1/, /\b2\b/]
    ]
  ])(
    '%s makes nbconvert exit non-zero and print name, message and line',
    (_, source, patterns) => {
      // prettier-ignore
      const { status, output } = failing(source);
      expect(status).not.toBe(0);
      for (const pattern of patterns) {
        expect(output).toMatch(pattern);
      }
    },
    120_000
  );
});
