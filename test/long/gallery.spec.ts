import type { Browser } from 'playwright-core';
import type { Figure } from 'tunelab';
import { gallery } from '../kernel-lib/figures/gallery';
import { startLab } from '../browser/lab';
import type { Lab } from '../browser/lab';
import { savedNotebook } from '../browser/notebooks';
import { launchBrowser, NotebookPage } from '../browser/page';

jest.setTimeout(600_000);

// Pictures of the page stand beside those of Node: test-results/gallery/<name>-<theme>-page.png.
const THEMES = { light: 'JupyterLab Light', dark: 'JupyterLab Dark' };

describe('the gallery in a page', () => {
  let lab: Lab | undefined;
  let browser: Browser | undefined;
  let page: NotebookPage;
  const shown: Figure[] = [];

  beforeAll(async () => {
    for (const { example } of gallery) shown.push(await example());
    const notebook = savedNotebook(shown.map(({ payload }) => payload));
    lab = await startLab({ files: { 'gallery.ipynb': notebook } });
    browser = await launchBrowser();
    page = await NotebookPage.open(browser, lab, 'gallery.ipynb');
    await page.declineKernel();
    // JupyterLab makes the outputs of cells far below when it has time.
    await page.figures.nth(gallery.length - 1).waitFor({ state: 'attached', timeout: 60_000 });
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
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
    expect(page.problems).toEqual([]);
  });
});
