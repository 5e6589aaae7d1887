import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { journal, samplers, scales, study } from 'tunelab';
import { compiled } from './kernel-lib/compiled';

/** What is searched by those who are killed and by those who go on. */
const SPACE = "{ x: scales.linear(0, 1), n: scales.choice(['a', 'b']) }";
const space = { x: scales.linear(0, 1), n: scales.choice(['a', 'b']) };

/** Makes trials until it is killed, and says which it has told, when `tell` has returned. */
const VICTIM = `
const fs = require('node:fs');
const [dist, file] = process.argv.slice(1);
const { journal } = require(dist + '/storage/journal/journal.js');
const { study } = require(dist + '/study/create.js');
const scales = require(dist + '/scales/catalogue.js');
const { random } = require(dist + '/samplers/random.js');
(async () => {
  const search = await study({ name: 's', space: ${SPACE}, sampler: random(), storage: journal(file) });
  for (let i = 0; ; i++) {
    const trial = await search.ask();
    await search.report(trial, 0, NaN);
    const attributes = { long: 'x'.repeat(i % 3 === 0 ? 100000 : 10) };
    await search.tell(trial, { value: trial.config.x, attributes });
    fs.writeSync(1, trial.number + '\\n');
  }
})();
`;

/** What came of some kills. */
export interface Kills {
  /** Numbers of the trials that \`tell\` had returned to those who were killed. */
  readonly told: readonly number[];
  /** Milliseconds until a survivor had begun and told another trial, for each kill. */
  readonly waits: readonly number[];
}

/**
 * Kills processes that write to a journal, each at a random moment, while this one goes on with the study.
 * @param random of [0, 1), for the moments
 */
export async function kill(file: string, times: number, random: () => number): Promise<Kills> {
  const { target, remove } = compiled('killing', [
    'storage',
    'study',
    'samplers',
    'pruners',
    'scales',
    'trials',
    'numeric'
  ]);
  const survivor = await study({
    name: 's',
    space,
    sampler: samplers.random(),
    storage: journal(file)
  });
  const told: number[] = [];
  const waits: number[] = [];
  try {
    for (let round = 0; round < times; round++) {
      const victim = spawn(process.execPath, ['-e', VICTIM, target, file], {
        stdio: ['ignore', 'pipe', 'inherit']
      });
      let output = '';
      victim.stdout.on('data', chunk => (output += String(chunk)));
      await once(victim.stdout, 'data');
      await new Promise(done => setTimeout(done, 40 * random()));
      victim.kill('SIGKILL');
      await once(victim, 'close');
      // The last line may have been cut, but what was told before it was printed.
      told.push(...output.split('\n').slice(0, -1).map(Number));
      const since = performance.now();
      const trial = await survivor.ask();
      await survivor.tell(trial!, trial!.config.x ?? 0);
      waits.push(performance.now() - since);
    }
    // The last one who was killed may have been trying again what another one had begun.
    for (let left = true; left; left = survivor.trials.some(({ state }) => state === 'waiting')) {
      const trial = await survivor.ask();
      await survivor.tell(trial!, trial!.config.x);
    }
  } finally {
    await survivor.close();
    remove();
  }
  return { told, waits };
}

/** Checks that nothing was lost in a journal whose writers were killed. */
export async function expectNothingLost(file: string, { told, waits }: Kills): Promise<void> {
  // Every line is JSON, as Optuna needs it.
  const lines = fs.readFileSync(file, 'utf8').replaceAll(':NaN', ':0').split('\n');
  expect(lines.pop()).toBe('');
  lines.forEach(line => expect(typeof JSON.parse(line).op_code).toBe('number'));
  const read = await study({
    name: 's',
    space,
    sampler: samplers.random(),
    storage: journal(file)
  });
  const { trials } = read;
  await read.close();
  expect(told.filter(number => trials[number]?.value !== trials[number]?.config.x)).toEqual([]);
  expect(trials.filter(({ state }) => state === 'running' || state === 'waiting')).toEqual([]);
  // What the killed ones left running has failed, and was tried again as it was.
  const left = trials.filter(({ state }) => state === 'failed');
  for (const { number, seed, config, error } of left) {
    expect(error).toBe('its worker ended while it was running');
    const again = trials.filter(({ retryOf }) => retryOf === number);
    expect(again).toMatchObject([{ seed, config }]);
  }
  expect(Math.max(...waits)).toBeLessThan(1000);
}
