/** A study's figure while its search runs, in the real JupyterLab: it grows, keeps a zoom, comes back, and says when it is over. */
import type { Locator } from 'playwright-core';
import { codeNotebook } from './notebooks';
import type { NotebookPage } from './page';
import { labSession, until } from './session';

jest.setTimeout(300_000);

const TRIALS = 300;

const notebookOf = (milliseconds: number): string =>
  codeNotebook([
    `import { study, scales, samplers, figures, show } from 'tunelab';
const search = study({
  space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) },
  sampler: samplers.random(), seed: 1
});
show(figures.scatter(search, { x: 'learningRate', y: 'dropout' }));`,
    `await search.optimize(async ({ learningRate, dropout }) => {
  await new Promise(resolve => setTimeout(resolve, ${milliseconds}));
  return Math.log10(learningRate / 0.01) ** 2 + dropout;
}, { trials: ${TRIALS}, progress: false });`
  ]);

interface Drawn extends HTMLElement {
  data?: { x?: ArrayLike<number>; mode?: string }[];
  layout?: { xaxis?: { range?: number[] } };
}

/** How many marks Plotly shows. */
const marksOf = (figure: Locator): Promise<number> =>
  figure
    .locator('.jp-RenderedTunelab-plot')
    .evaluate(node =>
      ((node as Drawn).data ?? []).reduce((sum, { x }) => sum + (x?.length ?? 0), 0)
    );

const rangeOf = (figure: Locator): Promise<number[]> =>
  figure
    .locator('.jp-RenderedTunelab-plot')
    .evaluate(node => [...((node as Drawn).layout?.xaxis?.range ?? [])].map(Number));

/** Without the question that JupyterLab asks. */
const restartKernel = ({ page }: NotebookPage): Promise<void> =>
  page.evaluate(() => {
    const { session } = window.jupyterapp.shell.currentWidget!.sessionContext;
    return (session!.kernel as unknown as { restart: () => Promise<void> }).restart();
  });

describe('a figure of a study that goes on', () => {
  let notebook: NotebookPage;
  const session = labSession(() => ({
    files: { 'short.ipynb': notebookOf(60), 'long.ipynb': notebookOf(400) }
  }));

  const open = async (name: string): Promise<Locator> => {
    notebook = await session.open(name);
    await notebook.idle();
    await notebook.runCell(0);
    const figure = await notebook.drawnFigure(0);
    await notebook.runCell(1);
    return figure;
  };

  it('grows while another cell runs, keeps its zoom, and has its picture at the end', async () => {
    const figure = await open('short.ipynb');
    await until('30 marks', async () => (await marksOf(figure)) >= 30);
    await notebook.screenshot('live-growing', figure);
    const plot = (await figure.locator('.nsewdrag').first().boundingBox())!;
    await notebook.page.mouse.move(plot.x + 0.3 * plot.width, plot.y + 0.3 * plot.height);
    await notebook.page.mouse.down();
    await notebook.page.mouse.move(plot.x + 0.7 * plot.width, plot.y + 0.7 * plot.height, { steps: 4 }); // prettier-ignore
    await notebook.page.mouse.up();
    await new Promise(resolve => setTimeout(resolve, 500));
    const zoomed = await rangeOf(figure);
    const marks = await marksOf(figure);
    expect(marks).toBeLessThan(TRIALS);
    await until('more marks', async () => (await marksOf(figure)) >= Math.min(marks + 60, TRIALS));
    expect(await rangeOf(figure)).toEqual(zoomed);
    await notebook.screenshot('live-zoomed', figure);
    await notebook.idle(120_000);
    await until('all marks', async () => (await marksOf(figure)) >= TRIALS);
    expect(await rangeOf(figure)).toEqual(zoomed);
    const [{ outputs }] = await notebook.results();
    await until('a picture', async () =>
      Boolean((await notebook.results())[0].outputs[0].data?.['image/png'])
    );
    expect(outputs).toHaveLength(1);

    // Saved, its kernel restarted, the page closed: opened again, it shows what it showed.
    await notebook.page.evaluate(() => window.jupyterapp.commands.execute('docmanager:save'));
    await restartKernel(notebook);
    notebook = await session.open('short.ipynb');
    const again = await notebook.drawnFigure(0);
    expect(await marksOf(again)).toBeGreaterThanOrEqual(TRIALS);
    await notebook.idle();
    await notebook.screenshot('live-reopened', again);
  });

  it('goes on after the page was reloaded, and says so when the kernel restarts', async () => {
    let figure = await open('long.ipynb');
    await until('5 marks', async () => (await marksOf(figure)) >= 5);
    await notebook.page.evaluate(() => window.jupyterapp.commands.execute('docmanager:save'));
    await notebook.page.reload();
    figure = notebook.figures.nth(0);
    await notebook.page.waitForFunction(() => Boolean(window.jupyterapp?.shell.currentWidget?.context)); // prettier-ignore
    figure = await notebook.drawnFigure(0);
    const before = await marksOf(figure);
    await until('more marks than before', async () => (await marksOf(figure)) >= before + 8);
    await restartKernel(notebook);
    const words = figure.locator('.jp-RenderedTunelab-status');
    await words.waitFor();
    expect(await words.textContent()).toContain('The kernel has ended');
    expect(await marksOf(figure)).toBeGreaterThan(before);
    await notebook.screenshot('live-ended', figure);
    await notebook.setTheme('JupyterLab Dark');
    await notebook.screenshot('live-ended-dark', figure);
  });
});
