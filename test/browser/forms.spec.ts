/** Quizzes and exercises, the lectures and the settings, as a person uses them. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { exercise, quiz } from 'tunelab';
import type { NotebookPage } from './page';
import { labSession, seriousFindings, until } from './session';

const QUIZ = quiz({
  title: 'Softmax and batch norm',
  questions: [
    {
      id: 'sum',
      text: 'What do the outputs $a_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}$ add up to?',
      options: ['$0$', '$1$', 'the number of classes'],
      correct: [1],
      explanation: 'Each is divided by the **sum** of all.'
    },
    {
      id: 'learned',
      text: 'What is true of $\\gamma$ and $\\beta$?',
      options: ['they are learned', 'they are drawn at random', 'they can undo the normalization'],
      correct: [0, 2],
      several: true,
      explanation: 'They are parameters.',
      experiment: 'print `layers.batchNorm` after training'
    }
  ]
});
const EXERCISE = exercise({
  id: 'largest',
  task: 'What is the largest probability that softmax gives for $z = (5, 2, -1, 3)$?',
  answer: { value: 0.842, within: 0.001 },
  hints: ['$e^5 = 148.4$'],
  solution: '$148.4 / (148.4 + 7.4 + 0.4 + 20.1) = 0.842$'
});

const output = (data: object): object => ({ output_type: 'display_data', metadata: {}, data });
const cell = (id: string, data: object): object => ({
  cell_type: 'code',
  id,
  execution_count: null,
  metadata: {},
  source: '',
  outputs: [output(data)]
});
const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } },
  cells: [cell('quiz', QUIZ.toBundle().data), cell('exercise', EXERCISE.toBundle().data)]
});

/** Of an attempt that is made again. */
const SOON = { timeout: 5000 };

describe('forms, lectures and settings in JupyterLab', () => {
  let notebook: NotebookPage;
  let forms: Locator;

  const session = labSession(() => ({ files: { 'forms.ipynb': NOTEBOOK, 'sub/keep.txt': 'x' } }));

  beforeAll(async () => {
    notebook = await session.open('forms.ipynb');
    forms = notebook.page.locator('.jp-TunelabForm');
    await forms.nth(1).waitFor();
  }, 180_000);

  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await notebook.page.keyboard.press(key);
    }
  };

  it('a quiz is answered by the keyboard alone', async () => {
    const { page } = notebook;
    const [first, second] = [
      forms.nth(0).locator('form').nth(0),
      forms.nth(0).locator('form').nth(1)
    ];
    await first.locator('mjx-container, .katex').first().waitFor({ timeout: 60_000 });
    const cells = await page.locator('.jp-Cell').count();
    await first.locator('input').first().focus();
    await press('Space', 'ArrowDown');
    expect(await first.locator('input').nth(1).isChecked()).toBe(true);
    await press('Enter');
    await first.getByText('Right.').waitFor();
    // Keys of JupyterLab's command mode do nothing to the notebook.
    await press('d', 'd', 'a', 'b', 'x');
    await press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Check');
    await press('Tab', 'Space', 'Tab', 'Tab', 'Tab', 'Space');
    await second.getByText('Not right.').waitFor();
    await press('Shift+Tab', 'Space', 'Enter');
    await second.getByText('Right.', { exact: true }).waitFor();
    expect(await forms.nth(0).locator('.jp-TunelabForm-score').textContent()).toBe(
      'Score: 2 of 2 right, 2 answered.'
    );
    expect(await page.locator('.jp-Cell').count()).toBe(cells);
    await notebook.screenshot('forms-quiz', forms.nth(0));
  });

  it('an exercise is answered, hinted at and solved by the keyboard alone', async () => {
    const form = forms.nth(1);
    await form.locator('input').focus();
    await press('0', '.', '8', 'Enter');
    await form.getByText('Not right.').waitFor();
    await press('4', '2', 'Enter');
    await form.getByText('Right.', { exact: true }).waitFor();
    await press('Tab', 'Tab', 'Enter', 'Tab', 'Enter');
    await form.locator('.jp-TunelabForm-solution mjx-container').first().waitFor();
    expect(await form.locator('.jp-TunelabForm-hints li').count()).toBe(1);
    await notebook.screenshot('forms-exercise', form);
  });

  it.each(['JupyterLab Light', 'JupyterLab Dark'])(
    'axe finds nothing serious in %s',
    async theme => {
      await notebook.setTheme(theme);
      await notebook.screenshot(`forms-${theme.split(' ')[1]}`);
      expect(await seriousFindings(notebook, '.jp-TunelabForm')).toEqual([]);
    }
  );

  it('keeps the score over a reload', async () => {
    const { page } = notebook;
    await page.reload();
    await page.waitForFunction(() => window.jupyterapp !== undefined);
    await page.evaluate(() => window.jupyterapp.restored);
    await forms.nth(1).waitFor({ timeout: 60_000 });
    await forms.nth(0).getByText('Score: 2 of 2 right, 2 answered.').waitFor();
    expect(await forms.nth(1).locator('input').inputValue()).toBe('0.842');
    await forms.nth(0).getByText('Start again').click();
    await forms.nth(0).getByText('Score: 0 of 2 right, 0 answered.').waitFor();
  });

  it('the card in the launcher copies a lecture, beside one that is there already', async () => {
    const { page } = notebook;
    for (const name of ['01-tuning-process.ipynb', '01-tuning-process (1).ipynb']) {
      await page.evaluate(async () => {
        await window.jupyterapp.commands.execute('launcher:create');
      });
      const dialog = page.locator('.jp-Dialog');
      // While JupyterLab brings back what was open, another tab may come in front of the launcher once more.
      await until('the choice of a lecture', async () => {
        await page.locator('.lm-TabBar-tabLabel').getByText('Launcher').last().click(SOON);
        await notebook.screenshot('lectures-launcher');
        await page.locator('.jp-LauncherCard[title^="Copy a lecture"]:visible').click(SOON);
        await dialog.getByText('The tuning process').waitFor();
        return true;
      });
      await notebook.screenshot(`lectures-dialog`, page);
      expect(await seriousFindings(notebook, '.jp-TunelabLectures')).toEqual([]);
      await dialog.getByText('Copy and open').click();
      await page
        .locator('.lm-TabBar-tabLabel')
        .getByText(name, { exact: true })
        .waitFor({ timeout: 60_000 });
      expect(fs.existsSync(path.join(session.lab.root, name))).toBe(true);
    }
    const [one, two] = ['', ' (1)'].map(n =>
      fs.readFileSync(path.join(session.lab.root, `01-tuning-process${n}.ipynb`), 'utf8')
    );
    expect(two).toBe(one);
    expect(fs.readdirSync(session.lab.root).filter(name => name.startsWith('Untitled'))).toEqual(
      []
    );
  });

  it('the tour comes with the first lecture, and is skipped by the keyboard', async () => {
    const tour = notebook.page.locator('.jp-TunelabTour');
    await tour.getByText('1 of 3').waitFor();
    await notebook.screenshot('tour-1');
    expect(await seriousFindings(notebook, '.jp-TunelabTour')).toEqual([]);
    await tour.getByText('Next').focus();
    await press('Enter');
    await tour.getByText('2 of 3').waitFor();
    await notebook.screenshot('tour-2');
    await press('Escape');
    await tour.waitFor({ state: 'detached' });
  });

  it('a changed setting takes effect at once', async () => {
    const { page } = notebook;
    const figure = await notebook.drawnFigure(0);
    const background = (): Promise<string> =>
      figure
        .locator('.main-svg')
        .first()
        .evaluate(svg => getComputedStyle(svg).backgroundColor);
    await notebook.setTheme('JupyterLab Light');
    expect(await background()).not.toBe('rgb(17, 20, 24)');
    await page.evaluate(async () => {
      await window.jupyterapp.commands.execute('tunelab:figure-theme', { theme: 'dark' });
    });
    await page.waitForFunction(
      () =>
        getComputedStyle(document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .main-svg')!)
          .backgroundColor === 'rgb(17, 20, 24)'
    );
    await notebook.screenshot('setting-dark', figure);
  });
});
