/** A journal as a document of the real JupyterLab, while Optuna writes it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Response } from 'playwright-core';
import { PYTHON, ROOT } from '../environment';
import { NotebookPage } from './page';
import { labSession, seriousFindings } from './session';

jest.setTimeout(300_000);

const studyLine = (name: string): string =>
  `{"op_code":0,"worker_id":"w","study_name":"${name}","directions":[1]}\n`;
const OPTUNA = { copy: path.join(ROOT, 'test', 'fixtures', 'optuna_journal.log') };

describe('a journal that is opened in JupyterLab', () => {
  const session = labSession(() => ({
    files: {
      'search.journal': studyLine('s'),
      'old.log': OPTUNA,
      'notes.log': 'This is\nno journal.\n'
    }
  }));
  let opened: NotebookPage;
  const requests: string[] = [];

  const file = (name: string): string => path.join(session.lab.root, name);
  const journal = (): Locator => opened.page.locator('.jp-TunelabJournal:visible');
  const part = (name: string): Locator => journal().locator(`.jp-TunelabJournal-${name}`);
  const says = (name: string, text: string): Promise<void> =>
    part(name).filter({ hasText: text }).waitFor({ timeout: 60_000 });
  const open = (args: object): Promise<unknown> =>
    opened.page.evaluate(given => window.jupyterapp.commands.execute('docmanager:open', given), args); // prettier-ignore
  const drawn = (kind: string): Promise<void> =>
    journal()
      .locator(`.jp-RenderedTunelab-plot[aria-busy="false"] .main-svg[aria-label^="${kind}"]`)
      .first()
      .waitFor({ timeout: 60_000 });

  beforeAll(async () => {
    const { browser, lab } = session;
    opened = session.notebook = await NotebookPage.openFile(browser, lab, 'search.journal');
    opened.page.on('response', (response: Response) => {
      const { pathname, searchParams } = new URL(response.url());
      if (/\.(journal|log)$/.test(pathname)) {
        const content = searchParams.get('content') ?? '';
        requests.push(`${pathname.split('/')[1]} ${response.status()} ${content}`.trim());
      }
    });
  });

  /** Optuna, in a process of its own. */
  async function searches(trials: number, seed: number): Promise<void> {
    const worker = path.join(ROOT, 'test', 'optunaWorker.py');
    const args = [worker, file('search.journal'), 's', String(trials), String(seed)];
    const child = spawn(PYTHON, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await once(child, 'exit')).toEqual([0, null]);
  }

  it('shows a study that Optuna searches, as its trials are written', async () => {
    await says('counts', '0 trials');
    await searches(12, 1);
    await says('counts', '12 trials: 12 complete');
    await searches(13, 2);
    await says('counts', '25 trials: 25 complete');
    await says('best', 'Best trial');
    await drawn('Values of 25 trials');
    await drawn('Scatter of 25 trials');
    await part('table').scrollIntoViewIfNeeded();
    await journal().locator('tbody tr').nth(24).waitFor();
    await part('title').scrollIntoViewIfNeeded();
    // What is new comes as a range; the contents are never asked for.
    expect(requests.filter(one => !/^(files 20[06]|api 200 0)$/.test(one))).toEqual([]);
    expect(requests).toContain('files 206');
  });

  it('has the controls of figures, without what a kernel would have to do', async () => {
    const [, scatter] = await journal().locator('.jp-RenderedTunelab').all();
    await scatter.getByLabel('x', { exact: true }).selectOption('n');
    await drawn('Scatter of 25 trials: n against value');
    await scatter.getByLabel('Figure', { exact: true }).selectOption('parallelCoordinates');
    await scatter.getByRole('button', { name: 'Table' }).click();
    await scatter.getByLabel('Trial 3: Enter pins it').click();
    await scatter.getByRole('button', { name: 'Copy configuration' }).waitFor();
    for (const name of ['Enqueue', 'Add a note', 'Insert a cell that trains it again']) {
      expect(await scatter.getByRole('button', { name }).isVisible()).toBe(false);
    }
    await scatter.getByRole('button', { name: 'Unpin' }).click();
    await scatter.getByRole('button', { name: 'Table' }).click();
  });

  it.each(['JupyterLab Light', 'JupyterLab Dark'])(
    'axe finds nothing serious in %s',
    async theme => {
      // prettier-ignore
      await opened.setTheme(theme);
      await drawn('Values of 25 trials');
      await opened.screenshot(`journal-${theme.split(' ')[1].toLowerCase()}`);
      expect(await seriousFindings(opened, '.jp-TunelabJournal')).toEqual([]);
    }
  );

  it('says so when the file is replaced, and when it is no journal any more', async () => {
    fs.writeFileSync(file('search.journal'), studyLine('another'));
    await says('title', 'another');
    await says('words', 'The file was cut or replaced');
    fs.writeFileSync(file('search.journal'), 'garbage\n'.repeat(10));
    await says('words', 'This file is not a journal');
    expect(await part('figures').isVisible()).toBe(false);
    fs.writeFileSync(file('search.journal'), studyLine('s'));
    await says('title', 's');
  });

  it('opens logs by "Open With": one of Optuna with several studies, and one that is no journal', async () => {
    await open({ path: 'old.log', factory: 'tunelab journal' });
    await part('picker').waitFor();
    await drawn('Values of');
    await opened.screenshot('journal-studies');
    await open({ path: 'notes.log', factory: 'tunelab journal' });
    await says('words', 'This file is not a journal');
    expect(await part('figures').isVisible()).toBe(false);
  });

  it('is there again after the page was reloaded', async () => {
    await open({ path: 'search.journal' });
    await says('title', 's');
    // JupyterLab stores its layout a moment after it has changed.
    const [, workspace] = /workspaces\/([\w-]+)/.exec(opened.page.url())!;
    await opened.page.waitForFunction(
      async name =>
        (await (await fetch(`/lab/api/workspaces/${name}`)).text()).includes('notes.log'),
      workspace,
      { polling: 200 }
    );
    await opened.page.reload();
    await opened.page.locator('.lm-TabBar-tabLabel', { hasText: 'search.journal' }).click();
    await says('title', 's');
    expect(await opened.page.locator('.lm-TabBar-tabLabel', { hasText: '.log' }).count()).toBe(2);
  });

  it('has changed nothing in the folder by looking', () => {
    // Jupyter makes an empty folder for copies of whatever is opened.
    const made = fs.readdirSync(session.lab.root, { recursive: true }).map(String);
    expect(made.filter(name => name !== '.ipynb_checkpoints').sort()).toEqual([
      'notes.log',
      'old.log',
      'search.journal'
    ]);
    expect(fs.readFileSync(file('search.journal'), 'utf8')).toBe(studyLine('s'));
    expect(fs.readFileSync(file('old.log'))).toEqual(fs.readFileSync(OPTUNA.copy));
  });
});
