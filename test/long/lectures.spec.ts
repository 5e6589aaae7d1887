import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ROOT } from '../environment';
import { startLab } from '../browser/lab';
import type { Lab } from '../browser/lab';
import { launchBrowser, NotebookPage } from '../browser/page';

jest.setTimeout(600_000);

// What a learner sees who opens a lecture: as it is stored, not trusted, not run. Its pictures are
// test-results/lectures/<number>-<theme>-<screen>.png.
const FOLDER = path.join(ROOT, 'notebooks');
const lectures = fs.readdirSync(FOLDER).filter(name => name.endsWith('.ipynb'));
const THEMES = ['Light', 'Dark'] as const;

interface Seen {
  waiting: string[];
  wrong: string[];
  isEnd: boolean;
}

/** What is wrong on the screen, what is not ready yet, and whether the last cell is there. Runs in the page. */
function look(): Seen {
  const outer = document.querySelector<HTMLElement>(
    '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer'
  )!;
  const screen = outer.getBoundingClientRect();
  const seen = (selector: string): HTMLElement[] =>
    [...outer.querySelectorAll<HTMLElement>(selector)].filter(element => {
      const { top, bottom, height } = element.getBoundingClientRect();
      return height > 0 && bottom > screen.top && top < screen.bottom;
    });
  // JupyterLab makes the cells one after the other, when it has time. Below the last one it leaves an empty screen.
  const cells = window.jupyterapp.shell.currentWidget!.content.widgets;
  const bottom = cells.at(-1)!.node.getBoundingClientRect();
  const isMade = bottom.height > 0;
  const filled = Math.max(...seen('.jp-Cell').map(one => one.getBoundingClientRect().bottom), 0);
  const waiting = [
    ...(isMade || filled >= screen.bottom ? [] : ['cells']),
    ...seen('.jp-RenderedTunelab-plot:not([aria-busy="false"])').map(() => 'a figure'),
    ...seen('.jp-MarkdownOutput, .jp-RenderedTunelab').flatMap(element => {
      const text = element.cloneNode(true) as HTMLElement;
      text.querySelectorAll('mjx-container, code, pre, script, style').forEach(one => one.remove());
      const raw = /\$[^$]{0,40}|\\(?:frac|alpha|beta|sum|cdot)\b/.exec(text.textContent ?? '');
      return raw ? [`raw LaTeX: ${raw[0]}`] : [];
    })
  ];
  const width = (element: HTMLElement): number => element.getBoundingClientRect().right;
  const wrong = [
    ...seen('mjx-merror, .katex-error').map(({ textContent }) => `formula: ${textContent}`),
    ...seen('.jp-RenderedTunelab-message').map(({ textContent }) => `figure: ${textContent}`),
    ...seen('.jp-OutputArea-output[data-mime-type*="stderr"]').map(() => 'an error'),
    ...seen('.jp-RenderedHTMLCommon :is(table, mjx-container[display="true"] > svg)')
      .filter(element => width(element) > screen.right)
      .map(({ textContent }) => `cut: ${textContent?.slice(0, 80)}`)
  ];
  return { waiting, wrong, isEnd: isMade && bottom.bottom <= screen.bottom };
}

/** One screen further down. Runs in the page. */
function turn(): void {
  const outer = document.querySelector(
    '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer'
  )!;
  outer.scrollTop += outer.clientHeight - 40;
}

/** Looks until nothing is to come: formulas and figures are drawn near the screen, and move what is below them. */
async function settled(page: Page): Promise<Seen> {
  const deadline = Date.now() + 60_000;
  let quiet = 0;
  for (;;) {
    const state = await page.evaluate(look);
    quiet = state.waiting.length === 0 ? quiet + 1 : 0;
    if (quiet === 3 || Date.now() > deadline) return state;
    await page.waitForTimeout(100);
  }
}

describe('lectures as they are stored, in JupyterLab', () => {
  let lab: Lab | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    const copies = lectures.map(name => [name, { copy: path.join(FOLDER, name) }] as const);
    lab = await startLab({ files: Object.fromEntries(copies) });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
  });

  it.each(lectures)(
    '%s: formulas, tables and figures from top to bottom, light and dark',
    async name => {
      const notebook = await NotebookPage.open(browser!, lab!, name);
      const { page } = notebook;
      await page.setViewportSize({ width: 1100, height: 1800 });
      await page.evaluate(() => window.jupyterapp.commands.execute('application:toggle-left-area'));
      const found: string[] = [];
      for (const theme of THEMES) {
        await notebook.setTheme(`JupyterLab ${theme}`);
        await page.evaluate(() => {
          document.querySelector(
            '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer'
          )!.scrollTop = 0;
        });
        let screen = 0;
        let state: Seen;
        do {
          if (screen > 0) await page.evaluate(turn);
          state = await settled(page);
          screen++;
          found.push(
            ...[...state.waiting, ...state.wrong].map(text => `${theme} ${screen}: ${text}`)
          );
          const number = String(screen).padStart(2, '0');
          await notebook.screenshot(
            `lectures/${name.slice(0, 2)}-${theme.toLowerCase()}-${number}`
          );
        } while (!state.isEnd && screen < 40);
        expect(screen).toBeGreaterThan(3);
      }
      expect(found).toEqual([]);
      expect(notebook.problems).toEqual([]);
      await notebook.close();
    }
  );
});
