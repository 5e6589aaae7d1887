import type { Figure } from 'tunelab';
import { gallery } from '../kernel-lib/figures/gallery';
import { savedNotebook } from '../browser/notebooks';
import type { NotebookPage } from '../browser/page';
import { labSession } from '../browser/session';

jest.setTimeout(600_000);

// Pictures of the page stand beside those of Node: test-results/gallery/<name>-<theme>-page.png.
const THEMES = { light: 'JupyterLab Light', dark: 'JupyterLab Dark' };

describe('the gallery in a page', () => {
  let page: NotebookPage;
  const shown: Figure[] = [];

  const session = labSession(async () => {
    for (const { example } of gallery) shown.push(await example());
    return { files: { 'gallery.ipynb': savedNotebook(shown.map(({ payload }) => payload)) } };
  });

  beforeAll(async () => {
    page = await session.open('gallery.ipynb');
    await page.declineKernel();
    // JupyterLab makes the outputs of cells far below when it has time.
    await page.figures.nth(gallery.length - 1).waitFor({ state: 'attached', timeout: 60_000 });
  });

  it.each(['light', 'dark'] as const)('has every figure drawn, with its words: %s', async theme => {
    await page.setTheme(THEMES[theme]);
    expect(await page.figures.count()).toBe(gallery.length);
    for (const [i, { name }] of gallery.entries()) {
      const figure = page.figures.nth(i);
      const isTable = name === 'trialTable';
      if (isTable) await figure.scrollIntoViewIfNeeded();
      else await page.drawnFigure(i);
      expect(await figure.locator(isTable ? 'tbody tr' : '.gtitle').count()).toBeGreaterThan(0);
      const told = figure.locator(isTable ? 'table' : 'svg[role="img"]').first();
      expect(await told.getAttribute('aria-label')).toBe(shown[i].alt);
      await page.screenshot(`gallery/${name}-${theme}-page`, figure);
    }
    await page.setTheme(THEMES.light);
  });
});
