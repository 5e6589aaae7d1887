/** The study browser in the sidebar, as a person uses it: a study runs and is listed, a journal is stored and opened. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../environment';
import { codeNotebook } from './notebooks';
import type { NotebookPage } from './page';
import { labSession, seriousFindings, until } from './session';

jest.setTimeout(300_000);

const fixture = (name: string) => ({ copy: path.join(ROOT, 'test', 'fixtures', name) });

// No figure shows it; it goes on for longer than anything here waits, and each trial is better than those before.
const SEARCH = `import { study, scales, samplers } from 'tunelab';
const search = study({
  name: 'Learning rate of digits', space: { learningRate: scales.log(1e-4, 1) },
  sampler: samplers.random(), seed: 1
});
await search.optimize(async () => {
  await new Promise(resolve => setTimeout(resolve, 200));
  return 1 / search.trials.length;
}, { trials: 10_000, progress: false });`;

describe('the study browser', () => {
  const session = labSession(() => ({
    files: {
      'search.ipynb': codeNotebook([SEARCH]),
      'mine.journal': fixture('tunelab_journal_1.log'),
      'optuna.log': fixture('optuna_journal.log'),
      'server.log': '[I 2026-01-01 12:00:00 ServerApp] started\n'
    }
  }));
  let notebook: NotebookPage;
  let panel: Locator;
  let running: Locator;

  beforeAll(async () => {
    notebook = await session.open('search.ipynb');
    panel = notebook.page.locator('.jp-TunelabStudies');
    running = panel.getByRole('button', { name: 'Learning rate of digits' });
  }, 180_000);

  const tab = (id: string): Locator => notebook.page.locator(`.jp-SideBar [data-id="${id}"]`);
  const entry = (name: string): Locator => panel.getByRole('button', { name });
  /** The number behind a word in the running study's entry. */
  const numberIn = async (pattern: RegExp): Promise<number> =>
    Number(pattern.exec((await running.textContent({ timeout: 90_000 }))!)?.[1]);
  /** Waits until the document of this name is the one in front. */
  const inFront = (name: string) =>
    notebook.page.waitForFunction(
      label => {
        const widget = window.jupyterapp.shell.currentWidget as {
          title?: { label: string };
        } | null;
        return widget?.title?.label === label;
      },
      name,
      { timeout: 60_000 }
    );

  it('says in words what is not there, and lists the journals of this folder alone', async () => {
    await tab('jp-tunelab-studies').click();
    await panel.getByText('Nothing is alive in the kernels of open notebooks.').waitFor();
    await entry('mine.journal').getByText('every feature').waitFor();
    await entry('optuna.log').waitFor();
    expect(await entry('server.log').count()).toBe(0);
    await notebook.screenshot('studies-stored');
  });

  it('shows a study while it searches, with a best value that improves', async () => {
    await notebook.idle();
    await notebook.runCell(0);
    await running.getByText('searching').waitFor({ timeout: 120_000 });
    await running.getByText('best').waitFor({ timeout: 90_000 });
    const [done, best] = [await numberIn(/(\d+) trials? done/), await numberIn(/best ([\d.]+)/)];
    await until('more trials', async () => (await numberIn(/(\d+) trials done/)) > done);
    expect(await numberIn(/best ([\d.]+)/)).toBeLessThan(best);
    await notebook.screenshot('studies-running');
  });

  it.each(['JupyterLab Dark', 'JupyterLab Light'])('axe finds nothing serious in %s', async theme => {
    await notebook.setTheme(theme);
    await notebook.screenshot(`studies-${theme.split(' ')[1]}`);
    expect(await seriousFindings(notebook, '.jp-TunelabStudies')).toEqual([]);
  }); // prettier-ignore

  it('is used by the keyboard alone: arrows go through it, Enter shows the notebook or opens the journal', async () => {
    const { page } = notebook;
    await running.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await inFront('mine.journal');
    await page.locator('.jp-TunelabJournal .main-svg').first().waitFor();
    await notebook.screenshot('studies-journal');
    await entry('mine.journal').focus();
    await page.keyboard.press('Home');
    expect(await running.evaluate(node => node === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await inFront('search.ipynb');
  });

  it('a journal that is new in the folder comes into the list, and opens by a click', async () => {
    fs.copyFileSync(fixture('optuna_journal.log').copy, path.join(session.lab.root, 'later.log'));
    // The folder is read again when somebody looks again; else the file browser does so every ten seconds.
    await tab('filebrowser').click();
    await tab('jp-tunelab-studies').click();
    await entry('later.log').click({ timeout: 60_000 });
    await inFront('later.log');
    expect(fs.readFileSync(path.join(session.lab.root, 'later.log'))).toEqual(
      fs.readFileSync(fixture('optuna_journal.log').copy)
    );
  });

  it('what was alive in a kernel leaves with it', async () => {
    await running.click();
    await notebook.page.evaluate(async () => {
      const { session } = window.jupyterapp.shell.currentWidget!.sessionContext;
      await (session as unknown as { shutdown: () => Promise<void> }).shutdown();
    });
    await running.waitFor({ state: 'detached', timeout: 60_000 });
    await panel.getByText('Nothing is alive in the kernels of open notebooks.').waitFor();
    expect(await entry('mine.journal').count()).toBe(1);
  });
});
