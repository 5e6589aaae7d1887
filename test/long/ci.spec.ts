import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codeNotebook } from '../browser/notebooks';
import { PYTHON, ROOT } from '../environment';

// The recipe of docs/ci.md as it stands there, in a repository that is not ours.
const document = fs.readFileSync(path.join(ROOT, 'docs', 'ci.md'), 'utf8');
const [, script] = /^```sh\n(.*?)^```/ms.exec(document)!;
const repository = fs.mkdtempSync(path.join(os.tmpdir(), "somebody's repository "));
const packages = path.join(repository, 'tunelab-packages');

/** Runs a program to its end; exit code and what it printed. */
function run(command: string, args: string[], cwd: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: 1_200_000,
    // Nothing of the project's own environment may help.
    env: { ...process.env, JUPYTER_PATH: '', TUNELAB_VENV: '', NODE_PATH: '', ...env }
  });
  if (error) throw error;
  return { status, output: `${stdout}\n${stderr}` };
}

const recipe = (...notebooks: string[]) =>
  run('sh', ['run-notebooks.sh', ...notebooks], repository, { TUNELAB: 'tunelab-packages' });

beforeAll(() => {
  fs.mkdirSync(packages);
  fs.mkdirSync(path.join(repository, 'notebooks'));
  fs.writeFileSync(path.join(repository, 'run-notebooks.sh'), script);
  const write = (name: string, cells: string[]): void =>
    fs.writeFileSync(path.join(repository, 'notebooks', name), codeNotebook(cells));
  write('broken.ipynb', ["import { check } from 'tunelab';\ncheck('one is two', 1, { near: 2 });"]);
  write('sound.ipynb', [
    "import { check, figures, softmax } from 'tunelab';\nimport { derivative } from 'mathjs';",
    "const a: number[] = softmax([5, 2, -1, 3]);\ncheck('a as in the notes', a[0], { near: 0.842, within: 5e-4 });",
    "console.log('slope', derivative('w^2', 'w').toString());\nfigures.probabilities(a)"
  ]);
  const pack = ['pack', '--workspace', 'kernel-lib', '--pack-destination', packages];
  expect(run('npm', pack, ROOT)).toMatchObject({ status: 0 });
  const wheel = ['--no-deps', '--no-build-isolation', '--wheel-dir', packages, '.'];
  expect(run(PYTHON, ['-m', 'pip', 'wheel', ...wheel], ROOT)).toMatchObject({ status: 0 });
}, 600_000);

afterAll(() => fs.rmSync(repository, { recursive: true, force: true, maxRetries: 5 }));

it('executes all notebooks of another repository and fails because a cell of one does', () => {
  const { status, output } = recipe('notebooks/broken.ipynb', 'notebooks/sound.ipynb');
  expect(output).toContain('one is two');
  expect(output).toMatch(/^Failed: notebooks\/broken\.ipynb$/m);
  expect(status).toBe(1);
  const page = fs.readFileSync(path.join(repository, 'pages', 'notebooks', 'sound.html'), 'utf8');
  expect(page).toMatch(/slope\s+2 \* w/);
  // The template of the wheel writes the words of a picture, which the library has made.
  expect(page).toMatch(/<img[^>]*alt="[^"]*probabilit[^>]*src="data:image\/png/i);
}, 1_800_000);

it('succeeds where no cell fails, and again on what is installed', () => {
  expect(recipe('notebooks/sound.ipynb')).toMatchObject({ status: 0 });
}, 1_800_000);

it('says what it needs before it installs anything', () => {
  expect(recipe()).toMatchObject({
    status: 2,
    output: expect.stringContaining('Give their paths')
  });
  fs.copyFileSync(
    path.join(
      packages,
      fs.readdirSync(packages).find(name => name.endsWith('.tgz'))!
    ),
    path.join(packages, 'tunelab-0.0.0.tgz')
  );
  const { status, output } = recipe('notebooks/sound.ipynb');
  expect(status).toBe(2);
  expect(output).toContain('exactly one file must be there');
});
