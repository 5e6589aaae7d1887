import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as ts from 'typescript';
import * as tunelab from 'tunelab';
import { ROOT } from './environment';

const AsyncFunction = (async () => undefined).constructor as new (
  ...args: string[]
) => (...values: unknown[]) => Promise<unknown>;

function blocks(file: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(match => match[1]);
}

/** A block as a function body: its imports become a look into the library. */
function compile(source: string): string {
  const body = source.replace(
    /import \{([^}]*)\} from 'tunelab';/g,
    (_, names: string) => `const {${names}} = tunelab;`
  );
  return ts.transpileModule(body, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  }).outputText;
}

// Some blocks write files.
const before = process.cwd();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab readme '));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  fs.rmSync(folder, { recursive: true, force: true });
});

describe.each(['README.md', 'kernel-lib/README.md'])('%s', file => {
  it('shows code', () => {
    expect(blocks(file).length).toBeGreaterThan(0);
  });

  it.each(blocks(file).map((block, i) => [i + 1, block]))(
    'block %i runs as it stands',
    async (_, block) => {
      const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
      try {
        const run = new AsyncFunction('tunelab', compile(block as string));
        await expect(run(tunelab)).resolves.toBeUndefined();
      } finally {
        log.mockRestore();
      }
    },
    60_000
  );
});

it('the numbers beside the formulas in kernel-lib/README.md are what they give', () => {
  const { batchNorm, crossEntropy, hardmax, softmax } = tunelab;
  expect(softmax([5, 2, -1, 3])).toBeAllclose([0.842, 0.042, 0.002, 0.114], {
    rtol: 0,
    atol: 5e-4
  });
  expect(hardmax([5, 2, -1, 3])).toEqual([1, 0, 0, 0]);
  expect(crossEntropy([0.3, 0.2, 0.1, 0.4], 1)).toBeCloseTo(1.609, 3);
  expect(batchNorm([1, 2, 3, 4])).toBeAllclose([-1.342, -0.447, 0.447, 1.342], {
    rtol: 0,
    atol: 5e-4
  });
});
