import type { Browser } from 'playwright-core';
import { createRng } from 'tunelab/dist/numeric/rng';
import { basePayloads } from '../kernel-lib/figures/hostile/bases';
import { mutate } from '../kernel-lib/figures/hostile/mutate';
import { startLab } from './lab';
import type { Lab } from './lab';
import { savedNotebook } from './notebooks';
import { launchBrowser, NotebookPage } from './page';

jest.setTimeout(600_000);

const COUNT = 60;

/** What a server cannot keep or refuses to open: half a character, lists 500 deep. */
const UNSTORABLE = ['\\ud800', '['.repeat(100)];

/** Changed payloads, as in the fuzz tests of the library. */
function payloads(): unknown[] {
  const bases = basePayloads();
  const rng = createRng(11);
  const changed = Array.from({ length: 2 * COUNT }, (_, i) =>
    JSON.stringify(mutate(rng.fork(i), bases[i % bases.length][1]))
  );
  const storable = changed.filter(json => !UNSTORABLE.some(part => json.includes(part)));
  return storable.slice(0, COUNT).map(json => JSON.parse(json));
}

describe('payloads from a hostile notebook', () => {
  let lab: Lab | undefined;
  let browser: Browser | undefined;
  let page: NotebookPage;
  const requests: string[] = [];
  const dialogs: string[] = [];

  beforeAll(async () => {
    lab = await startLab({ files: { 'hostile.ipynb': savedNotebook(payloads()) } });
    browser = await launchBrowser();
    page = await NotebookPage.open(browser, lab, 'hostile.ipynb');
    await page.declineKernel();
    page.page.on('request', request => requests.push(request.url()));
    page.page.on('dialog', dialog => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.figures.nth(COUNT - 1).waitFor({ state: 'attached', timeout: 60_000 });
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
  });

  it('are drawn or answered by a sentence; no script runs, nothing is asked for, no link leads away', async () => {
    const became = { drawn: 0, refused: 0 };
    for (let i = 0; i < COUNT; i++) {
      const figure = page.figures.nth(i);
      const drawn = figure.locator('[aria-busy="false"] .main-svg, table').first();
      const refused = figure.locator('.jp-RenderedTunelab-message');
      await figure.scrollIntoViewIfNeeded();
      await drawn.or(refused).first().waitFor({ timeout: 30_000 });
      became[(await refused.count()) > 0 ? 'refused' : 'drawn'] += 1;
      expect(await figure.locator('script, iframe, foreignObject img, a').count()).toBe(0);
    }
    expect(Math.min(became.drawn, became.refused)).toBeGreaterThan(10);
    expect(dialogs).toEqual([]);
    const own = new RegExp(`^(?:${lab!.url}|data:|blob:)`);
    expect(requests.filter(url => !own.test(url) || /\/x(?:\.png)?$/.test(url))).toEqual([]);
    expect(page.problems).toEqual([]);
  });
});
