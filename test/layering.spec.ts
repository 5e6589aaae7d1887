import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SOURCE = path.join(__dirname, '..', 'kernel-lib', 'src');

/** What a folder may import beside itself; `types:` stands for `import type` only. ARCHITECTURE.md shows the arrows. */
const TABLE: Record<string, string[]> = {
  numeric: [],
  wasm: ['numeric'],
  layers: ['wasm', 'numeric'],
  losses: ['wasm', 'numeric'],
  optimizers: ['wasm', 'numeric'],
  datasets: ['numeric'],
  schedules: ['numeric'],
  training: ['layers', 'losses', 'optimizers', 'schedules', 'datasets', 'wasm', 'numeric'],
  scales: ['numeric'],
  trials: ['scales'],
  samplers: ['trials', 'scales', 'numeric'],
  pruners: ['trials', 'numeric'],
  importance: ['trials', 'scales', 'numeric'],
  storage: ['trials', 'scales', 'numeric'],
  study: ['storage', 'samplers', 'pruners', 'trials', 'scales', 'numeric'],
  exchange: ['study', 'storage', 'trials', 'scales', 'numeric'],
  retune: ['study', 'storage', 'trials', 'scales', 'numeric'],
  figures: [
    'numeric',
    'trials',
    'types:scales',
    'types:datasets',
    'types:schedules',
    'types:training',
    'types:panda',
    'types:importance'
  ],
  pictures: ['figures', 'numeric'],
  live: ['figures'],
  display: ['figures', 'pictures', 'live', 'trials', 'types:study'],
  panda: ['training', 'schedules', 'figures', 'display', 'live', 'wasm', 'numeric'],
  caviar: [
    'study',
    'panda',
    'training',
    'samplers',
    'layers',
    'optimizers',
    'datasets',
    'trials',
    'scales',
    'numeric'
  ],
  quiz: ['figures'],
  exercises: ['quiz'],
  kernel: [],
  cli: ['kernel', 'figures', 'pictures', 'exchange', 'importance', 'study', 'storage', 'trials']
};
/** Beside the folders, for all: messages, what surrounds the library, progress lines. */
const SHARED = ['errors', 'host', 'progress'];
/** The only ones that may touch Node; the rest loads in a browser. */
const NODE = ['kernel', 'pictures', 'cli'];
/** Packages that load in a browser as well, and so may be imported anywhere. */
const PORTABLE = ['papaparse', 'mathjs'];

interface Import {
  file: string;
  folder: string;
  target: string;
  typeOnly: boolean;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.ts')
);
const imports: Import[] = files.flatMap(name => {
  const file = name.split(path.sep).join('/');
  const text = readFileSync(path.join(SOURCE, name), 'utf8');
  const statement =
    /^(?:import|export)\s+(type\s+)?[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\b(?:require|import)\(\s*'([^']+)'/gm;
  return [...text.matchAll(statement)].map(match => ({
    file,
    folder: file.includes('/') ? file.split('/')[0] : '',
    target: match[2] ?? match[3] ?? match[4],
    typeOnly: match[1] !== undefined
  }));
});

function targetFolder({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) {
    return undefined;
  }
  return path.posix.join(path.posix.dirname(file), target).split('/')[0];
}

describe('the import table', () => {
  it('sees the imports of every file', () => {
    expect(imports.length).toBeGreaterThan(files.length);
    expect(imports).toContainEqual({
      file: 'training/miniBatches.ts',
      folder: 'training',
      target: '../datasets/dataset',
      typeOnly: false
    });
  });

  it('names every folder', () => {
    const folders = new Set(
      files.filter(file => file.includes(path.sep)).map(file => file.split(path.sep)[0])
    );
    expect([...folders].filter(folder => !(folder in TABLE))).toEqual([]);
  });

  it('is kept: arrows point one way', () => {
    const broken = imports.filter(entry => {
      const to = targetFolder(entry);
      if (!entry.folder || !to || to === entry.folder || SHARED.includes(to)) {
        return false;
      }
      const allowed = TABLE[entry.folder];
      return !(allowed.includes(to) || (entry.typeOnly && allowed.includes(`types:${to}`)));
    });
    expect(broken.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });

  it('keeps Node and its packages out of everything that loads in a browser', () => {
    const broken = imports.filter(
      entry =>
        !entry.target.startsWith('.') &&
        !NODE.includes(entry.folder) &&
        !PORTABLE.includes(entry.target) &&
        !entry.typeOnly
    );
    expect(broken.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });
});

describe('files', () => {
  it('stay below 400 lines, data apart', () => {
    const long = files.filter(
      name =>
        !name.endsWith('digitsData.ts') &&
        readFileSync(path.join(SOURCE, name), 'utf8').split('\n').length > 400
    );
    expect(long).toEqual([]);
  });
});
