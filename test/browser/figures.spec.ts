import type { Locator } from 'playwright-core';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { damaged, histogramOfTwo, lossCurves, savedNotebook, scatterOf } from './notebooks';
import type { NotebookPage } from './page';
import { labSession, until } from './session';

jest.setTimeout(180_000);

const POINTS = '.scatterlayer .point';
const BARS = '.barlayer .point > path';

const attribute = (part: Locator, name: string): Promise<string | null> => part.getAttribute(name);

async function backgroundOf(figure: Locator): Promise<string> {
  return figure
    .locator('.main-svg')
    .first()
    .evaluate(svg => getComputedStyle(svg).backgroundColor);
}

async function titleColorOf(figure: Locator): Promise<string> {
  return figure.locator('.gtitle').evaluate(title => getComputedStyle(title).fill);
}

describe('figures saved in a notebook', () => {
  const session = labSession(() => ({
    files: {
      'with space/figures.ipynb': savedNotebook([scatterOf(60), histogramOfTwo(), lossCurves()]),
      'many.ipynb': savedNotebook([
        scatterOf(6000),
        ...Array.from({ length: 15 }, () => scatterOf(200))
      ]),
      'damaged.ipynb': savedNotebook(damaged().map(([payload]) => payload))
    }
  }));

  const open = async (name: string): Promise<NotebookPage> => {
    const notebook = await session.open(name);
    await notebook.declineKernel();
    return notebook;
  };

  it('are drawn with all their marks, their alt text and their height', async () => {
    const page = await open('with space/figures.ipynb');
    await until('three figures', async () => (await page.figures.count()) === 3);
    const scatter = await page.drawnFigure(0);
    expect(await scatter.locator(POINTS).count()).toBe(60);
    expect(await attribute(scatter.locator('svg[role="img"]'), 'aria-label')).toContain(
      '60 trials'
    );
    await page.screenshot('figures-light-scatter');
    const histogram = await page.drawnFigure(1);
    expect(await histogram.locator(BARS).count()).toBe(48);
    const curves = await page.drawnFigure(2);
    expect(await curves.locator('.scatterlayer .js-line').count()).toBe(2);
    expect((await curves.locator('.main-svg').first().boundingBox())!.height).toBe(400);
    expect(await page.page.getByText('the text that must not show').count()).toBe(0);
    await page.screenshot('figures-light-curves');
  });

  it('offer zoom, pan, reset and a download over the plot, and nothing that uploads data', async () => {
    const page = await open('with space/figures.ipynb');
    const scatter = await page.drawnFigure(0);
    const titles = await scatter
      .locator('.modebar-btn')
      .evaluateAll(buttons => buttons.map(button => button.getAttribute('data-title')));
    expect(titles).toEqual(['Zoom', 'Pan', 'Zoom in', 'Zoom out', 'Reset axes', 'Download as PNG']);
  });

  it('change their colours with the theme, and back', async () => {
    const page = await open('with space/figures.ipynb');
    const scatter = await page.drawnFigure(0);
    const light = await backgroundOf(scatter);
    const lightTitle = await titleColorOf(scatter);
    await page.setTheme('JupyterLab Dark');
    await page.page.waitForFunction(
      before =>
        getComputedStyle(document.querySelector('.jp-RenderedTunelab .main-svg')!)
          .backgroundColor !== before,
      light
    );
    await page.drawnFigure(0);
    expect(await titleColorOf(scatter)).not.toBe(lightTitle);
    expect(await scatter.locator(POINTS).count()).toBe(60);
    await page.screenshot('figures-dark-scatter');
    await page.drawnFigure(1);
    await page.screenshot('figures-dark-histogram');
    await page.setTheme('JupyterLab Light');
    await page.drawnFigure(0);
    await page.page.waitForFunction(
      before =>
        getComputedStyle(document.querySelector('.jp-RenderedTunelab .main-svg')!)
          .backgroundColor === before,
      light
    );
    expect(await titleColorOf(scatter)).toBe(lightTitle);
  });

  it('are as wide as their output area, also after the window was made narrower', async () => {
    const page = await open('with space/figures.ipynb');
    const scatter = await page.drawnFigure(0);
    const widths = (): Promise<[number, number]> =>
      scatter.evaluate(node => [
        node.querySelector('.main-svg')!.clientWidth,
        node.querySelector('.jp-RenderedTunelab-plot')!.clientWidth
      ]);
    const [wide, place] = await widths();
    expect(wide).toBe(place);
    await page.page.setViewportSize({ width: 800, height: 900 });
    await page.page.waitForFunction(
      before => document.querySelector('.jp-RenderedTunelab .main-svg')!.clientWidth < before,
      wide
    );
    await page.page.waitForTimeout(300);
    const [narrow, narrowPlace] = await widths();
    expect(narrow).toBe(narrowPlace);
    await page.screenshot('figures-narrow');
  });

  it('keep a zoom when an update adds data, in the same place of the page', async () => {
    const page = await open('with space/figures.ipynb');
    const scatter = await page.drawnFigure(0);
    const ticks = async (): Promise<string[]> => scatter.locator('.ytick').allTextContents();
    const before = await ticks();
    await scatter.evaluate(node => node.setAttribute('data-kept', 'yes'));
    const plot = (await scatter.locator('.nsewdrag').boundingBox())!;
    await page.page.mouse.move(plot.x + 80, plot.y + 60);
    await page.page.mouse.down();
    await page.page.mouse.move(plot.x + 240, plot.y + 180, { steps: 5 });
    await page.page.mouse.up();
    await page.page.waitForTimeout(500);
    const zoomed = await ticks();
    expect(zoomed).not.toEqual(before);
    await page.updateOutput(0, { [FIGURE_MIME]: scatterOf(70) });
    await scatter.getByText('Random search: 70 trials').waitFor();
    expect(await scatter.getAttribute('data-kept')).toBe('yes');
    expect(await ticks()).toEqual(zoomed);
    expect(await scatter.locator(POINTS).count()).toBe(70);
  });

  it('that are damaged show a sentence each, and nothing goes wrong in the console', async () => {
    const page = await open('damaged.ipynb');
    const expected = damaged();
    await page.figures.nth(expected.length - 1).waitFor({ state: 'attached' });
    expect(await page.figures.count()).toBe(expected.length);
    for (const [i, [, word]] of expected.entries()) {
      const text = await page.figures.nth(i).locator('.jp-RenderedTunelab-message').textContent();
      expect(text).toContain('This figure cannot be drawn');
      expect(text).toContain(word);
    }
    expect(await page.page.locator('.main-svg').count()).toBe(0);
    await page.screenshot('figures-damaged-light');
    await page.setTheme('JupyterLab Dark');
    await page.screenshot('figures-damaged-dark');
    await page.setTheme('JupyterLab Light');
  });

  it('that are out of sight are not drawn until one scrolls to them', async () => {
    const page = await open('many.ipynb');
    await page.drawnFigure(0);
    // JupyterLab attaches what is far below when it has time.
    await until('16 figures', async () => (await page.figures.count()) === 16);
    const drawn = await page.figures.locator('.js-plotly-plot, .plot-container').count();
    expect(drawn).toBeLessThan(8);
    const last = await page.drawnFigure(15);
    expect(await last.locator(POINTS).count()).toBe(200);
    // Above 5,000 points pixels are drawn; out of sight they have been given back.
    expect(await page.figures.nth(0).locator('canvas').count()).toBe(0);
    const first = await page.drawnFigure(0);
    expect(await first.locator('canvas').count()).toBeGreaterThan(0);
    await page.screenshot('figures-webgl');
  });
});
