import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The project's folder. */
export const ROOT = path.join(__dirname, '..');

/** The environment that set-up made, or the one that the test command names. */
export const VENV = path.resolve(process.env.TUNELAB_VENV ?? path.join(ROOT, '.venv'));

/** Python of that environment. */
export const PYTHON =
  process.platform === 'win32'
    ? path.join(VENV, 'Scripts', 'python.exe')
    : path.join(VENV, 'bin', 'python');

/** Runs a module of that Python, such as nbconvert; never throws for its exit code. */
export function runPython(args: string[], cwd: string) {
  const result = spawnSync(PYTHON, args, {
    cwd,
    encoding: 'utf8',
    timeout: 300_000,
    maxBuffer: 2 ** 26,
    env: { ...process.env, JUPYTER_PREFER_ENV_PATH: '1', PYDEVD_DISABLE_FILE_VALIDATION: '1' }
  });
  if (result.error) {
    throw result.error;
  }
  return { status: result.status, output: `${result.stdout}\n${result.stderr}` };
}
