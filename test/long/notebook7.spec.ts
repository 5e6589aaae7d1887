/** Notebook 7 is made of JupyterLab's parts, with fewer of them: what is missing there must not be missed. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { exercise, quiz } from 'tunelab';
import { ROOT } from '../environment';
import { startLab } from '../browser/lab';
import type { Lab } from '../browser/lab';
import { codeNotebook, savedNotebook, scatterOf } from '../browser/notebooks';
import { launchBrowser } from '../browser/page';
import { until } from '../browser/session';

jest.setTimeout(900_000);

const VENV = path.join(ROOT, '.venv-notebook7');
const PYTHON = path.join(VENV, 'bin', 'python');
const FORM = quiz({
  title: 'Softmax',
  questions: [
    { id: 'sum', text: 'What do the outputs add up to?', options: ['0', '1'], correct: [1], explanation: 'Each is divided by the sum.' } // prettier-ignore
  ]
});
const EXERCISE = exercise({ id: 'one', task: 'What is 1 + 1?', answer: 2, solution: '2' });

/** Notebook 7.6's own, without any extension as well. */
const OWN = /reading 'schema'/;

function run(command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', timeout: 600_000 }); // prettier-ignore
  expect(status === 0 ? '' : `${stdout}\n${stderr}`).toBe('');
}

describe('Notebook 7', () => {
  let lab: Lab | undefined;

  beforeAll(async () => {
    run(process.execPath, ['scripts/setup.mjs', '--venv', '.venv-notebook7']);
    run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'notebook>=7,<8']); // prettier-ignore
    lab = await startLab({
      python: PYTHON,
      files: {
        'saved.ipynb': savedNotebook([scatterOf(60), FORM.payload, EXERCISE.payload]),
        'run.ipynb': codeNotebook([
          `import { study, scales, figures } from 'tunelab';
const search = study({ space: { learningRate: scales.log(1e-4, 1) }, seed: 1 });
await search.optimize(({ learningRate }: { learningRate: number }) => Math.log10(learningRate) ** 2, { trials: 40, progress: false });
figures.scatter(search, { x: 'learningRate' })`
        ])
      }
    });
  });

  afterAll(() => lab?.stop());

  it('draws figures, keeps answers over a reload, and runs a search', async () => {
    const browser = await launchBrowser();
    const problems: string[] = [];
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      page.on('pageerror', error => {
        if (!OWN.test(error.message)) problems.push(`${error.message}\n${error.stack}`);
      });
      page.on('console', message => {
        if (message.type() === 'error') problems.push(message.text());
      });
      const open = (name: string) => page.goto(`${lab!.url}/notebooks/${name}?token=${lab!.token}`);
      await open('saved.ipynb');
      const drawn = '.jp-RenderedTunelab-plot[aria-busy="false"] .main-svg';
      await page.locator(drawn).first().waitFor({ timeout: 90_000 });
      await page.locator('.jp-Dialog-button').getByText('No Kernel', { exact: true }).click();
      const form = page.locator('.jp-TunelabForm').first();
      await form.locator('input').nth(1).check();
      await form.getByText('Check', { exact: true }).click();
      await form.getByText('Score: 1 of 1 right, 1 answered.').waitFor();
      await page.screenshot({ path: 'test-results/notebook7-saved.png' });
      await page.reload();
      await page.locator('.jp-TunelabForm').first().getByText('Score: 1 of 1 right, 1 answered.').waitFor({ timeout: 90_000 }); // prettier-ignore

      await open('run.ipynb');
      // A key that comes before the kernel is connected may be for nobody.
      await until('the cell runs', async () => {
        await page.locator('.jp-CodeCell .cm-content').first().click();
        await page.keyboard.press('Shift+Enter');
        const prompt = page.locator('.jp-CodeCell .jp-InputPrompt').first();
        await prompt.getByText(/\[(?:\*|\d+)\]/).waitFor({ timeout: 5000 });
        return true;
      });
      await page.locator(drawn).first().waitFor({ timeout: 120_000 });
      expect(await page.locator('.scatterlayer .point').count()).toBeGreaterThanOrEqual(40);
      await page.screenshot({ path: 'test-results/notebook7-run.png' });
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
