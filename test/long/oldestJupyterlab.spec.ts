import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../environment';

/** The oldest JupyterLab that pyproject.toml and the README name. */
const OLDEST = '4.0.0';
const VENV = '.venv-oldest';

function node(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: 1_800_000,
    env: { ...process.env, ...env }
  });
  return { status, output: `${stdout}\n${stderr}` };
}

describe(`JupyterLab ${OLDEST}, the oldest that is supported`, () => {
  it('draws every figure of saved notebooks and of the lecture, run in it', () => {
    const setup = ['scripts/setup.mjs', '--venv', VENV, '--jupyterlab', OLDEST];
    const made = node(setup);
    expect(made.status === 0 ? '' : made.output).toBe('');
    const jest = path.join('node_modules', 'jest', 'bin', 'jest.js');
    const browser = [
      '--selectProjects',
      'system',
      'long',
      '--runInBand',
      '--testPathPatterns',
      'test/browser|lectureInLab'
    ];
    const run = node([jest, ...browser], { TUNELAB_VENV: path.join(ROOT, VENV) });
    expect(run.status === 0 ? '' : run.output).toBe('');
  }, 3_000_000);
});
