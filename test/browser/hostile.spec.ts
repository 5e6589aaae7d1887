import { createRng } from 'tunelab/dist/numeric/rng';
import { basePayloads } from '../kernel-lib/figures/hostile/bases';
import { mutate } from '../kernel-lib/figures/hostile/mutate';
import { savedNotebook } from './notebooks';
import type { NotebookPage } from './page';
import { labSession } from './session';

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
  let page: NotebookPage;
  const requests: string[] = [];
  const dialogs: string[] = [];

  const session = labSession(() => ({ files: { 'hostile.ipynb': savedNotebook(payloads()) } }));

  beforeAll(async () => {
    page = await session.open('hostile.ipynb');
    await page.declineKernel();
    page.page.on('request', request => requests.push(request.url()));
    page.page.on('dialog', dialog => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.figures.nth(COUNT - 1).waitFor({ state: 'attached', timeout: 60_000 });
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
    const own = new RegExp(`^(?:${session.lab.url}|data:|blob:)`);
    expect(requests.filter(url => !own.test(url) || /\/x(?:\.png)?$/.test(url))).toEqual([]);
  });
});
