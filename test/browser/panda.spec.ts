/** A person steers a training run from its figure, in the real JupyterLab. */
import type { Locator } from 'playwright-core';
import { codeNotebook } from './notebooks';
import type { NotebookPage } from './page';
import { labSession, seriousFindings, until } from './session';

jest.setTimeout(300_000);

const RUN = `import { datasets, layers, optimizers, panda, sequential } from 'tunelab';
const { train, dev } = datasets.digits({ seed: 1 });
const network = sequential(
  [layers.dense(200), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
  { inputs: 64, seed: 1 }
);
const run = panda(network, train, {
  optimizer: optimizers.adam({ learningRate: 0.001 }), epochs: 1_000_000, batchSize: 256, dev
});`;

const ALPHA = 'learning rate α';

/** The words of the marks on a figure's curve. */
const marksOf = (figure: Locator): Promise<string[]> =>
  figure.locator('.annotation-text').allTextContents();

const hasMark = (figure: Locator, words: RegExp): Promise<void> =>
  until(`a mark ${words.source}`, async () =>
    (await marksOf(figure)).some(mark => words.test(mark))
  );

const altOf = (figure: Locator): Promise<string | null> =>
  figure.locator('.main-svg').first().getAttribute('aria-label');

describe('the figure of a run', () => {
  const session = labSession(() => ({ files: { 'panda.ipynb': codeNotebook([RUN]) } }));
  let notebook: NotebookPage;
  let figure: Locator;
  const button = (name: string, where = figure): Locator =>
    where.getByRole('button', { name, exact: true });
  const number = (where = figure): Locator => where.getByLabel(`${ALPHA} as a number`);
  const status = (where = figure): Locator => where.locator('fieldset [role="status"]');

  it('has sliders and buttons that steer it while it trains', async () => {
    notebook = await session.open('panda.ipynb');
    const { page } = notebook;
    await notebook.idle();
    await notebook.runCell(0);
    figure = await notebook.drawnFigure(0);
    await until('controls in use', () => button('Pause').isEnabled());

    // The learning rate by the mouse; what it says in the end is what the mark says.
    const track = (await figure.getByRole('slider', { name: ALPHA, exact: true }).boundingBox())!;
    const y = track.y + track.height / 2;
    await page.mouse.move(track.x + 0.5 * track.width, y);
    await page.mouse.down();
    await page.mouse.move(track.x + 0.6 * track.width, y, { steps: 5 });
    await page.mouse.move(track.x + 0.7 * track.width, y, { steps: 5 });
    await page.mouse.up();
    const alpha = await number().inputValue();
    expect(Number(alpha)).toBeGreaterThan(0.002);
    await hasMark(figure, new RegExp(`^α = ${alpha}\\b`));
    expect(await altOf(figure)).toContain(`α = ${alpha} at `);
    expect(await number().inputValue()).toBe(alpha);

    await number().fill('-1');
    await number().press('Enter');
    await until('a refusal', async () => /must be a finite number > 0/.test((await status().textContent())!)); // prettier-ignore
    await until('the value that holds', async () => (await number().inputValue()) === alpha);

    // By keyboard alone.
    await button('Pause').focus();
    await page.keyboard.press('Enter');
    await button('Resume').waitFor();
    await until('words', async () => /Paused after \d+/.test((await status().textContent())!));
    await notebook.screenshot('panda-paused', figure);
    await page.keyboard.press('Enter');
    await button('Pause').waitFor();
    await hasMark(figure, /pause, resume/);

    await figure.getByLabel('Name of the next snapshot').fill('good');
    await button('Snapshot').click();
    await hasMark(figure, /snapshot good/);
    await figure.getByRole('combobox', { name: 'from' }).selectOption('good');
    await button('Roll back').click();
    await hasMark(figure, /back to good/);
  });

  it('lets a second run branch off, which has a figure and controls of its own', async () => {
    await figure.getByLabel('Name of the next snapshot').fill('other');
    await button('Branch').click();
    await hasMark(figure, /branch other/);
    expect(await status().textContent()).toContain('“other” goes on below');
    const other = await notebook.drawnFigure(1);
    expect(await notebook.cell(0).locator('.jp-RenderedTunelab').count()).toBe(2);
    await until('controls in use', () => button('Pause', other).isEnabled());
    expect(await other.locator('.gtitle').textContent()).toBe('other: loss by mini-batch');
    const before = await number().inputValue();
    await other.getByRole('slider', { name: 'β₁', exact: true }).focus();
    await notebook.page.keyboard.press('ArrowLeft');
    await hasMark(other, /beta1 = 0\.8\d+/);
    expect((await marksOf(figure)).some(mark => /beta1/.test(mark))).toBe(false);
    expect(await number().inputValue()).toBe(before);
    await button('Stop', other).click();
    await other.getByText('This run has ended.').waitFor();
    expect(await button('Snapshot', other).isDisabled()).toBe(true);
    expect(await button('Snapshot').isEnabled()).toBe(true);
  });

  it.each(['JupyterLab Dark', 'JupyterLab Light'])(
    'has nothing serious for axe in %s',
    async theme => {
      await notebook.setTheme(theme);
      await notebook.drawnFigure(0);
      await notebook.screenshot(`panda-${theme.split(' ')[1].toLowerCase()}`);
      expect(await seriousFindings(notebook, '.jp-TunelabControls-root')).toEqual([]);
    }
  );

  it('says so when the kernel is gone, and asks it for nothing', async () => {
    await notebook.page.evaluate(() => {
      const { session } = window.jupyterapp.shell.currentWidget!.sessionContext;
      return (session!.kernel as unknown as { restart: () => Promise<void> }).restart();
    });
    await figure.getByText('The run ended with its kernel.').waitFor();
    expect(await button('Pause').isDisabled()).toBe(true);
    expect(await figure.getByRole('slider', { name: ALPHA, exact: true }).isDisabled()).toBe(true);
    await notebook.screenshot('panda-ended', figure);
  });
});
