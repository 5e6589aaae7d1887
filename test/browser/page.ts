/** Chromium on a notebook in JupyterLab, through JupyterLab's own application object. */
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { ROOT } from '../environment';
import type { Lab } from './lab';

/** The parts of `window.jupyterapp` (`--expose-app-in-browser`) that the tests use. */
interface JupyterApp {
  restored: Promise<void>;
  commands: { execute: (id: string, args?: object) => Promise<unknown> };
  shell: { currentWidget: NotebookPanel | null };
}

interface NotebookPanel {
  context: { ready: Promise<void> };
  sessionContext: {
    ready: Promise<void>;
    session: { kernel: { status: string; name: string } | null } | null;
  };
  content: {
    model: { cells: Iterable<CellModel> } | null;
    widgets: readonly { node: HTMLElement }[];
  };
}

interface CellModel {
  type: string;
  executionCount: number | null;
  outputs: { toJSON: () => CellOutput[]; set: (index: number, output: CellOutput) => void };
}

/** An output as the notebook stores it. */
export interface CellOutput {
  output_type: string;
  ename?: string;
  evalue?: string;
  traceback?: string[];
  data?: Record<string, unknown>;
  /** Of a stream. */
  text?: string | string[];
}

/** A code cell after it ran. */
export interface CellResult {
  executionCount: number | null;
  outputs: CellOutput[];
}

declare global {
  interface Window {
    jupyterapp: JupyterApp;
  }
}

/**
 * Errors in the console that say nothing about tunelab. Each entry gives its reason; keep it short.
 */
const ALLOWED: { pattern: RegExp; reason: string }[] = [
  {
    pattern: /reading 'type'\)[^]*at \S+ \(\S+jlab_core[^]*_onCellInViewportChanged/,
    reason:
      "JupyterLab 4.0.0's own table of contents asks a cell for headings that it has not parsed yet."
  }
];

/** Chromium without anything that asks other machines. `TUNELAB_CHROMIUM` names the executable. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.TUNELAB_CHROMIUM ?? '/usr/bin/chromium';
  if (!fs.existsSync(executablePath)) {
    throw new Error(
      `The browser tests need Chromium, but there is no ${executablePath}.\n` +
        'Install it, name another one in TUNELAB_CHROMIUM, or run `npm test -- --without-browser`.'
    );
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync'
    ]
  });
}

let pages = 0;

// Runs in the page.
function isIdle(): boolean {
  const session = window.jupyterapp.shell.currentWidget!.sessionContext.session;
  return session?.kernel?.status === 'idle';
}

/** A page with one notebook open. */
export class NotebookPage {
  /** Uncaught exceptions and `console.error` of the page, without the allowed ones. */
  readonly problems: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', error => this.note(`${error.name}: ${error.message}\n${error.stack}`));
    page.on('console', message => {
      if (message.type() === 'error') {
        this.note(`${message.text()} (${message.location().url})`);
      }
    });
  }

  /**
   * Opens `notebook`, a path below the server's folder, and waits until it is shown.
   * @param before runs in the page, before anything else of it
   */
  static async open(
    browser: Browser,
    lab: Lab,
    notebook: string,
    before?: () => void
  ): Promise<NotebookPage> {
    const opened = await NotebookPage.openFile(browser, lab, notebook, before);
    await opened.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell').first().waitFor();
    return opened;
  }

  /** The same for a file of any kind, whose document is there then. */
  static async openFile(
    browser: Browser,
    lab: Lab,
    file: string,
    before?: () => void
  ): Promise<NotebookPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
    const page = await context.newPage();
    if (before) await page.addInitScript(before);
    const opened = new NotebookPage(page);
    // A workspace of its own: the default one would bring back the tabs of the page before.
    const workspace = `test-${++pages}`;
    const route = `lab/workspaces/${workspace}/tree/${encodeURI(file)}`;
    await page.goto(`${lab.url}/${route}?token=${lab.token}`);
    await page.waitForFunction(() => window.jupyterapp !== undefined, undefined, {
      timeout: 60_000
    });
    await page.evaluate(() => window.jupyterapp.restored);
    await page.waitForFunction(() => Boolean(window.jupyterapp.shell.currentWidget?.context));
    await page.evaluate(() => window.jupyterapp.shell.currentWidget!.context.ready);
    return opened;
  }

  /** Answers JupyterLab's question which kernel to start, for notebooks that name none that exists. */
  async declineKernel(): Promise<void> {
    await this.answer('No Kernel');
  }

  private note(text: string): void {
    if (!ALLOWED.some(({ pattern }) => pattern.test(text))) {
      this.problems.push(text);
    }
  }

  /** Chooses an entry of JupyterLab's menus, as a person does. */
  async choose(menu: string, entry: string): Promise<void> {
    const top = this.page.locator('#jp-MainMenu .lm-MenuBar-item');
    await top.getByText(menu, { exact: true }).click();
    const entries = this.page.locator('.lm-Menu .lm-Menu-itemLabel');
    await entries.getByText(entry, { exact: true }).click();
  }

  /** Presses a button of the question that JupyterLab asks. */
  async answer(button: string): Promise<void> {
    const dialog = this.page.locator('.jp-Dialog');
    // By what stands on it: its accessible name is a longer sentence in some versions.
    await dialog.locator('.jp-Dialog-button').getByText(button, { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Code cell `index` as the page shows it. */
  cell(index: number): Locator {
    return this.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell').nth(index);
  }

  /** What stands left of code cell `index`: `[ ]:`, `[*]:` or its execution count. */
  prompt(index: number): Locator {
    return this.cell(index).locator('.jp-InputPrompt');
  }

  /** Runs code cell `index` by clicking into it and pressing Shift and Enter. */
  async runCell(index: number): Promise<void> {
    await this.cell(index).locator('.cm-content').click();
    await this.page.keyboard.press('Shift+Enter');
  }

  /** Writes a cell below the one that is chosen, runs it and waits for its end. */
  async runNew(source: string): Promise<void> {
    await this.page.evaluate(() =>
      window.jupyterapp.commands.execute('notebook:insert-cell-below')
    );
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.insertText(source);
    await this.page.keyboard.press('Shift+Enter');
    await this.idle(120_000);
  }

  /** Waits until the kernel has nothing to do. */
  async idle(timeout = 60_000): Promise<void> {
    await this.page.waitForFunction(isIdle, undefined, { timeout, polling: 100 });
  }

  /** Runs every cell and waits until the kernel is idle again; returns the code cells in order. */
  async runAll(timeout = 120_000): Promise<CellResult[]> {
    await this.idle();
    // The command's promise, not the cells' counts: a notebook with saved outputs has those already.
    const run = this.page.evaluate(async () => {
      await window.jupyterapp.commands.execute('notebook:run-all-cells');
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`The cells still ran after ${timeout / 1000} s.`)),
        timeout
      );
    });
    await Promise.race([run, late]).finally(() => clearTimeout(timer));
    await this.idle(30_000);
    return this.results();
  }

  /** The code cells as they stand. */
  results(): Promise<CellResult[]> {
    return this.page.evaluate(() => {
      const panel = window.jupyterapp.shell.currentWidget!;
      return [...panel.content.model!.cells]
        .filter(cell => cell.type === 'code')
        .map(cell => ({ executionCount: cell.executionCount, outputs: cell.outputs.toJSON() }));
    });
  }

  /**
   * Replaces the first output of code cell `index`, as `update_display_data` does: the renderer that
   * stands there gets the new model.
   */
  async updateOutput(index: number, data: Record<string, unknown>): Promise<void> {
    await this.page.evaluate(
      ([at, bundle]) => {
        const panel = window.jupyterapp.shell.currentWidget!;
        const code = [...panel.content.model!.cells].filter(cell => cell.type === 'code');
        const output = { output_type: 'display_data', metadata: {}, data: bundle };
        code[at].outputs.set(0, output);
      },
      [index, data] as const
    );
  }

  /** Everything that our renderer shows, in the order of the notebook. */
  get figures(): Locator {
    return this.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-RenderedTunelab');
  }

  /** Scrolls to figure `index` and waits until Plotly has drawn it. */
  async drawnFigure(index: number): Promise<Locator> {
    const figure = this.figures.nth(index);
    const ready = figure.locator('.jp-RenderedTunelab-plot[aria-busy="false"] .main-svg').first();
    const deadline = Date.now() + 30_000;
    // JupyterLab estimates the height of what it has not laid out yet: a figure that was scrolled to
    // moves away again while those above it get their real height.
    do {
      await figure.scrollIntoViewIfNeeded();
      await this.page.waitForTimeout(100);
    } while (!(await ready.isVisible()) && Date.now() < deadline);
    await ready.waitFor({ timeout: 1000 });
    await figure.scrollIntoViewIfNeeded();
    return figure;
  }

  /** Switches JupyterLab's theme, `JupyterLab Light` or `JupyterLab Dark`. */
  async setTheme(theme: string): Promise<void> {
    await this.page.evaluate(
      name => window.jupyterapp.commands.execute('apputils:change-theme', { theme: name }),
      theme
    );
    await this.page.waitForFunction(name => document.body.dataset.jpThemeName === name, theme);
    // JupyterLab covers the page while it loads the style sheet.
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  }

  /** Stores what the page, or a part of it, looks like as `test-results/<name>.png`. */
  async screenshot(name: string, part: Page | Locator = this.page): Promise<void> {
    const folder = path.join(ROOT, 'test-results');
    fs.mkdirSync(folder, { recursive: true });
    await part.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
