// `node worker.mjs FILE SEED`: answers `trials N` (makes so many) and `open FILE` (milliseconds until its trials are there).
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { journal, openStudy, samplers, scales, study } = createRequire(import.meta.url)('tunelab');
const [file] = process.argv.slice(2);
const NAMES = Array.from({ length: 5 }, (_, j) => `x${j}`);
const space = Object.fromEntries(NAMES.map(name => [name, scales.linear(-5, 5)]));
const search = file && (await study({ name: 's', space, sampler: samplers.random(), storage: journal(file) })); // prettier-ignore

async function trials(count) {
  for (let i = 0; i < count; i++) {
    const trial = await search.ask();
    const loss = NAMES.reduce((sum, name, j) => sum + (trial.config[name] - 0.5 * j) ** 2, 0);
    await search.tell(trial, loss);
  }
  return count;
}

async function open(stored) {
  const start = performance.now();
  const found = await openStudy(journal(stored));
  const { length } = found.trials;
  const taken = performance.now() - start;
  if (length !== 10_000) {
    throw new Error(`bench -- journal: ${length} trials were read.`);
  }
  await found.close();
  return taken;
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [what, ...rest] = line.split(' ');
  console.log(what === 'trials' ? await trials(Number(rest[0])) : await open(rest.join(' ')));
}
