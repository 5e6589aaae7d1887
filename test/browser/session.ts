/** One JupyterLab and one Chromium for the tests of a file, and what such tests ask of a page. */
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { startLab } from './lab';
import type { Lab, LabOptions } from './lab';
import { launchBrowser, NotebookPage } from './page';

/** For `beforeAll`: a cold JupyterLab on a busy machine takes minutes. */
const START = 180_000;

export class Session {
  lab!: Lab;
  browser!: Browser;
  /** What was opened last. */
  notebook!: NotebookPage;

  /** Opens a notebook in place of the one before. */
  async open(name: string, before?: () => void): Promise<NotebookPage> {
    await (this.notebook as NotebookPage | undefined)?.close();
    this.notebook = await NotebookPage.open(this.browser, this.lab, name, before);
    return this.notebook;
  }
}

/**
 * Called in `describe`, first: starts both before its tests and ends them afterwards. No test may leave an error in the
 * page's console.
 */
export function labSession(options: () => LabOptions | Promise<LabOptions>): Session {
  const session = new Session();
  const started = session as Partial<Session>;
  beforeAll(async () => {
    session.lab = await startLab(await options());
    session.browser = await launchBrowser();
  }, START);
  afterEach(() => {
    expect(started.notebook?.problems.splice(0) ?? []).toEqual([]);
  });
  afterAll(async () => {
    await started.browser?.close();
    await started.lab?.stop();
  }, START);
  return session;
}

/** Waits until something holds; what cannot be seen yet, or is gone again, does not. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  timeout = 90_000
): Promise<void> {
  const deadline = Date.now() + timeout;
  let reason: unknown;
  while (!(await holds().catch((error: unknown) => ((reason = error), false)))) {
    if (Date.now() > deadline) {
      throw new Error(`It did not come to this: ${what}`, { cause: reason });
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** What axe finds in a part of the page that is serious or worse, as lines. */
export async function seriousFindings({ page }: NotebookPage, selector: string): Promise<string[]> {
  // A function's text, since the page may forbid what `addScriptTag` does.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async where => {
    const tool = (window as unknown as { axe: typeof axe }).axe;
    return (await tool.run(where)) as AxeResults;
  }, selector);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`));
}
