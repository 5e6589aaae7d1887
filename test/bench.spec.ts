import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Runs an expression with the names of a module of bench/, which are ES modules that only Node loads. */
function inBench(module: string, expression: string): unknown {
  const url = new URL(`file://${path.join(__dirname, '..', 'bench', module)}`);
  const code = `import * as bench from ${JSON.stringify(url.href)};
    console.log(JSON.stringify(${expression}));`;
  const args = ['--input-type=module', '-e', code];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('every module of bench/workloads', () => {
  const folder = path.join(__dirname, '../bench/workloads');
  const modules = readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.mjs'));
  const answers = (name: string) =>
    readFileSync(path.join(folder, name), 'utf8').startsWith('// `node ');
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { encoding: 'utf8', input: '', cwd: folder });

  it('loads', () => {
    const loaded = modules.filter(name => !answers(name));
    expect(loaded.length).toBeGreaterThan(15);
    const code = `Promise.all(${JSON.stringify(loaded)}.map(name => import('./' + name)))
      .then(() => console.log('loaded'));`;
    expect(run('-e', code)).toBe('loaded\n');
  });

  it.each(modules.filter(answers))('that answers requests, %s, starts and ends', name => {
    expect(run(name, '')).toBe('ready\n');
  });
});

interface Entry {
  runner: string;
  variant: string;
  threads: number;
  javaScript?: boolean;
}
const one = (entry: Entry, times: number[], agrees = true) => ({ entry, times, agrees });
const plain = `node${process.versions.node.split('.')[0]} plain`;
const MEASURED = [
  one({ runner: 'tunelab', variant: 'fast', threads: 1 }, [2, 2, 4]),
  one({ runner: 'tunelab', variant: 'fast', threads: 2 }, [1, 2, 2]),
  one({ runner: 'tunelab', variant: plain, threads: 1 }, [5, 5, 5]),
  one({ runner: 'JAX', variant: 'step', threads: 1 }, [6, 3, 4]),
  one({ runner: 'JAX', variant: 'scan', threads: 1 }, [4, 8, 8]),
  one({ runner: 'JAX', variant: 'scan', threads: 2 }, [1, 1, 1]),
  one({ runner: 'PyTorch', variant: 'eager', threads: 2 }, [7, 8, 12]),
  one({ runner: 'jax-js', variant: 'wasm', threads: 1, javaScript: true }, [1, 1, 1], false)
];

describe("the table of bench's train", () => {
  const rows = inBench('train/ratios.mjs', `bench.ratiosOf('W1', ${JSON.stringify(MEASURED)})`);

  it('compares the best peer of each round with ours of that round, and no peer that did other work', () => {
    expect(rows).toEqual([
      // 4 : 2, 3 : 2, 4 : 4; the two cores of JAX do not count.
      expect.objectContaining({ workload: 'W1', median: 1.5, lowest: 1, highest: 2 }),
      // 7 : 1, 8 : 2, 12 : 2
      expect.objectContaining({ workload: 'W1', median: 6, lowest: 4, highest: 7 })
    ]);
  });

  it('gives the geometric mean over the workloads', () => {
    const all = (rows as { ratio: string; median: number }[]).flatMap(row => [
      row,
      { ...row, median: row.median * 4 }
    ]);
    const means = inBench('train/ratios.mjs', `bench.means(${JSON.stringify(all)})`);
    expect(means).toEqual([
      expect.objectContaining({ workload: 'geometric mean', median: 3 }),
      expect.objectContaining({ workload: 'geometric mean', median: 12 })
    ]);
  });

  it('bounds a mean of paired ratios as Student did', () => {
    const ratios = Array.from({ length: 30 }, (_, i) => 1 + ((7 * i) % 30) / 100);
    const { ratio, upper90 } = inBench(
      'statistics.mjs',
      `bench.pairedRatio(${JSON.stringify(ratios)})`
    ) as { ratio: number; upper90: number };
    // scipy: l = np.log(r); np.exp(l.mean()), np.exp(st.t.interval(0.9, 29, l.mean(), st.sem(l))[1])
    expect(ratio).toBeCloseTo(1.1417163, 6);
    expect(upper90).toBeCloseTo(1.1693873, 6);
  });

  it('measures losses of others by the largest relative difference, and NaN as infinite', () => {
    const differ = (losses: (number | null)[]) =>
      inBench(
        'train/measure.mjs',
        `[bench.difference(${JSON.stringify(losses)}, [2, 4])].map(String)`
      );
    expect(differ([2, 4])).toEqual(['0']);
    expect(differ([2.5, 3])).toEqual(['0.25']);
    expect(differ([2])).toEqual(['Infinity']);
  });
});

describe("the scores of bench's tune on bbob", () => {
  const run = (trace: [number, number][], budget = 200) => ({ dimension: 2, budget, trace });
  const runs = [
    run([
      [1, 500],
      [20, 1.01e-8],
      [21, 1e-8]
    ]),
    run([[1, 101]])
  ];

  it('count which of the 51 targets 10^2 to 10^-8 the best point within the budget reaches', () => {
    const scores = inBench(
      'workloads/tune/bbob.mjs',
      `[10, 20].map(budget => bench.score(${JSON.stringify(runs)}, 2, budget))`
    );
    // All but the last of 51 after 20 evaluations, all after 40; none in the other run.
    expect(scores).toEqual([50 / 51 / 2, 0.5]);
  });

  it('compare samplers seed by seed, over the budgets that both reached', () => {
    const [all, none, short] = [[run([[1, 1e-9]])], [run([[1, 1e3]])], [run([[1, 1e3]], 40)]];
    const args = [{ sampler: 'a - b' }, 2, [all, all, none], [none, short, none]];
    const row = inBench(
      'workloads/tune/rows.mjs',
      `bench.differenceOf(...${JSON.stringify(args)})`
    );
    // scipy.stats.sem([1, 1, 0]) = 0.33333
    expect(row).toMatchObject({ n: 'mean of 10, 20 D', value: 0.6667, error: 0.3333 });
  });
});
