/** Figures of many marks, and tables of trials, in a page of JupyterLab. */
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { studyFigure } from 'tunelab/dist/figures/study/store';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import { savedNotebook, scatterOf } from '../browser/notebooks';
import type { NotebookPage } from '../browser/page';
import { labSession } from '../browser/session';

jest.setTimeout(180_000);

const MARKS = '.jp-RenderedTunelab-marks';

function trialTable(count: number): unknown {
  const rows = Array.from({ length: count }, (_, i) => i);
  const table: TrialTable = {
    study: 'Search',
    directions: ['minimize'],
    metrics: [{ label: 'dev error', scale: 'linear' }],
    length: count,
    number: rows,
    state: rows.map(() => 2),
    values: [rows.map(i => ((i * 7) % count) / count)],
    hyperparameters: []
  };
  return studyFigure({ figure: 'trialTable', table, view: {} }).payload;
}

/** Counts what a browser allows 16 of. Runs in the page. */
function countContexts(): void {
  const counts = { contexts: 0 };
  Object.assign(window, counts);
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
    if (String(given[0]).includes('webgl')) {
      (window as unknown as typeof counts).contexts += 1;
    }
    return getContext.apply(this, given as never);
  } as typeof getContext;
}

describe('figures of many marks', () => {
  const session = labSession(() => ({
    files: {
      'crowded.ipynb': savedNotebook([scatterOf(20_000)]),
      'forty.ipynb': savedNotebook(
        Array.from({ length: 40 }, (_, i) => scatterOf(i % 2 ? 6000 : 20))
      ),
      'table.ipynb': savedNotebook([trialTable(300)])
    }
  }));

  const open = async (name: string): Promise<NotebookPage> => {
    const notebook = await session.open(name, countContexts);
    await notebook.declineKernel();
    return notebook;
  };

  it('answer the pointer, are panned and keep that through an update, and are printed', async () => {
    const page = await open('crowded.ipynb');
    const figure = await page.drawnFigure(0);
    const ink = (): Promise<number> =>
      figure.locator(MARKS).evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length / (data.length / 4);
      });
    expect(await ink()).toBeGreaterThan(0.3);
    // Plotly draws ticks in no order.
    const ticks = async (): Promise<string[]> =>
      (await figure.locator('.xtick').allTextContents()).sort();
    const before = await ticks();
    const plot = (await figure.locator('.nsewdrag').boundingBox())!;
    const [x, y] = [plot.x + plot.width / 2, plot.y + plot.height / 2];
    await page.page.mouse.move(x, y);
    await figure.locator('.jp-RenderedTunelab-hover', { hasText: 'trial ' }).waitFor();
    await figure.locator('[data-title="Pan"]').click();
    await page.page.mouse.move(x, y);
    await page.page.mouse.down();
    await page.page.mouse.move(x + plot.width / 4, y, { steps: 5 });
    await page.page.mouse.up();
    await expect(ink()).resolves.toBeGreaterThan(0.2);
    const panned = await ticks();
    expect(panned).not.toEqual(before);
    await page.updateOutput(0, { [FIGURE_MIME]: scatterOf(21_000) });
    await figure.getByText('Random search: 21000 trials').waitFor();
    expect(await ticks()).toEqual(panned);
    const download = page.page.waitForEvent('download');
    await figure.locator('[data-title="Download as PNG"]').click();
    expect((await download).suggestedFilename()).toBe('Random search 21000 trials.png');
    await page.page.emulateMedia({ media: 'print' });
    expect(await figure.locator('.modebar-container').isVisible()).toBe(false);
    expect(await figure.locator(MARKS).isVisible()).toBe(true);
    await page.screenshot('figures-print', figure);
  });

  it('take no WebGL context, however many they are, and give their pixels back out of sight', async () => {
    const page = await open('forty.ipynb');
    for (const i of [1, 15, 39]) {
      const figure = await page.drawnFigure(i);
      await figure.locator(MARKS).waitFor();
    }
    expect(await page.figures.nth(1).locator(MARKS).count()).toBe(0);
    const first = await page.drawnFigure(1);
    await first.locator(MARKS).waitFor();
    expect(await page.page.evaluate('window.contexts')).toBe(0);
  });

  it('have titles that can be selected', async () => {
    const page = await open('forty.ipynb');
    const figure = await page.drawnFigure(0);
    await figure.locator('.gtitle').dblclick();
    expect(await page.page.evaluate(() => getSelection()?.toString())).toMatch(/\w+/);
  });

  it('of trials as a table are sorted by keyboard and scrolled inside', async () => {
    const page = await open('table.ipynb');
    const table = page.figures.nth(0).locator('table');
    await table.waitFor();
    const first = (): Promise<string[]> => table.locator('tbody tr').first().locator('td').allTextContents(); // prettier-ignore
    expect((await first())[0]).toBe('0');
    await table.locator('thead button').first().focus();
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.press('Enter');
    expect((await first())[0]).toBe('299');
    expect(await table.locator('th').first().getAttribute('aria-sort')).toBe('descending');
    await page.figures.nth(0).locator('[role="region"]').focus();
    for (let i = 0; i < 4; i++) await page.page.keyboard.press('End');
    await table.locator('tbody tr').nth(150).waitFor({ state: 'attached' });
    await page.screenshot('figures-table', page.figures.nth(0));
  });
});
