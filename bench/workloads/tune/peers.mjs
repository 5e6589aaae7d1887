// The Python environment of `bench -- tune`: Optuna and COCO, installed apart from the project on the first run.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'peers');
const venv = path.join(folder, '.venv-tune');
const bin = path.join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
export const python = path.join(bin, process.platform === 'win32' ? 'python.exe' : 'python');

/** Makes the environment, unless it stands and holds what the list asks for. */
export function preparePeers() {
  const list = path.join(folder, 'tune-requirements.txt');
  const wanted = readFileSync(list, 'utf8');
  const installed = path.join(venv, 'installed.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) {
    return;
  }
  const names = wanted.trim().split('\n').join(', ');
  console.log(`first run: installs ${names} into ${path.relative(process.cwd(), venv)}`);
  rmSync(venv, { recursive: true, force: true });
  const base = process.env.PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3');
  for (const [command, ...args] of [
    [base, '-m', 'venv', venv],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', list]
  ]) {
    const done = spawnSync(command, args, { stdio: 'inherit' });
    if (done.status !== 0) {
      throw new Error(
        `\`${command} ${args.join(' ')}\` ended with ${done.status ?? done.error?.message}. ` +
          'The bench needs Python 3.10 or newer with venv (set PYTHON to choose one) and a package index.'
      );
    }
  }
  writeFileSync(installed, wanted);
}
