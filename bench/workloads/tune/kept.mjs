// What peers found, kept in bench/out/tune-peers.jsonl: the same cases are not run again.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preparePeers } from './peers.mjs';

const folder = new URL('../../out/', import.meta.url);
const file = fileURLToPath(new URL('tune-peers.jsonl', folder));
let known;

const keyOf = ({ problem, algo, seed, versions }) =>
  JSON.stringify([problem, algo, seed, versions]);

function read() {
  known = new Map();
  if (existsSync(file)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      try {
        const record = JSON.parse(line);
        known.set(keyOf(record), record);
      } catch {
        // The end of a run that was cut off while it wrote.
      }
    }
  }
}

/**
 * The record of a search, with at least its budget, as it was kept or as `make` gives its trace now.
 * @param search `problem`, `algo`, `seed` and `budget`, as in bench/data/bbob-peers.jsonl
 */
export async function kept(search, make) {
  if (!known) {
    read();
  }
  const wanted = { ...search, versions: preparePeers().versions };
  const before = known.get(keyOf(wanted));
  if (before?.budget >= search.budget) {
    return before;
  }
  const record = { ...wanted, trace: await make() };
  mkdirSync(folder, { recursive: true });
  // A line of its own, also behind one that was cut off.
  appendFileSync(file, `\n${JSON.stringify(record)}`);
  known.set(keyOf(record), record);
  return record;
}
