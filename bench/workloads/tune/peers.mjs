// The Python of the peers, and which versions it holds.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tunePython } from '../../peers/install.mjs';

const list = new URL('../../peers/tune-requirements.txt', import.meta.url);
const NAMES = [...readFileSync(list, 'utf8').matchAll(/^([\w-]+)==/gm)].map(([, name]) => name);
const code =
  'import sys; from importlib.metadata import version; print(*[n + " " + version(n) for n in sys.argv[1:]], sep=", ")';

/** Where the peers are, and such as `optuna 5.0.0, cma 4.5.0`: what they found is kept under these versions. */
let found;

/** @throws Error if the packages cannot be installed, or are not in the Python of `BENCH_PEERS_PYTHON`. */
export function preparePeers() {
  if (!found) {
    const python = tunePython();
    const { status, stdout, stderr, error } = spawnSync(python, ['-c', code, ...NAMES], {
      encoding: 'utf8'
    });
    if (status !== 0) {
      throw new Error(
        `tune: the Python of the peers must have ${NAMES.join(', ')}, but ${python} said: ` +
          `${error?.message ?? stderr.trim().split('\n').at(-1)}. Install what it misses, or leave out BENCH_PEERS_PYTHON.`
      );
    }
    found = { python, versions: stdout.trim() };
  }
  return found;
}
