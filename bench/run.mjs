// `npm run bench -- <name>`: measurements beside peers, one table each, kept in bench/out/<name>.json.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const known = readdirSync(path.join(here, 'workloads'))
  .filter(name => name.endsWith('.mjs'))
  .map(name => path.parse(name).name);
const [name, ...wanted] = process.argv.slice(2);

if (!known.includes(name)) {
  console.error(
    `bench: name one of ${known.join(', ')}, for example: npm run bench -- ${known[0]}`
  );
  process.exit(2);
}
const { run } = await import(pathToFileURL(path.join(here, 'workloads', `${name}.mjs`)).href);
const machine = { cpu: os.cpus()[0]?.model, cores: os.cpus().length, node: process.version };
// A workload gives its rows, or prints by itself and gives all that is to be kept.
const given = await run(wanted);
const result = Array.isArray(given) ? { rows: given } : given;
if (result !== given) {
  console.table(given);
}
const out = path.join(here, 'out');
mkdirSync(out, { recursive: true });
writeFileSync(
  path.join(out, `${name}.json`),
  `${JSON.stringify({ machine, ...result }, null, 1)}\n`
);
console.log(`written to ${path.relative(process.cwd(), path.join(out, `${name}.json`))}`);
