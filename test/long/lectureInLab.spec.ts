import fs from 'node:fs';
import path from 'node:path';
import { FIGURE_MIME, parsePayload } from 'tunelab/dist/figures/payload';
import type { FigurePayload } from 'tunelab/dist/figures/payload';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { ROOT } from '../environment';
import type { CellResult, NotebookPage } from '../browser/page';
import { labSession } from '../browser/session';

jest.setTimeout(240_000);

const NOTEBOOK = '01-tuning-process.ipynb';

/** The notebook without outputs, so that whatever the page shows was made by this run. */
function withoutOutputs(file: string): string {
  const notebook = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    cells: { cell_type: string; outputs?: unknown[]; execution_count?: number | null }[];
  };
  for (const cell of notebook.cells.filter(({ cell_type }) => cell_type === 'code')) {
    cell.outputs = [];
    cell.execution_count = null;
  }
  return JSON.stringify(notebook);
}

/** Where a figure's marks are in the page, and how many there must be. */
function marksOf(payload: FigurePayload): [selector: string, count: number] {
  const layers = sceneOf(payload).panels.flatMap(panel => panel.layers);
  const finite = (values: ArrayLike<number>): number =>
    Array.from(values).filter(Number.isFinite).length;
  const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
  const points = layers.flatMap(layer => (layer.kind === 'points' ? [finite(layer.x)] : []));
  const bars = layers.flatMap(layer => {
    return layer.kind === 'histogram' ? [finite(layer.counts)] : [];
  });
  if (points.length > 0) return ['.scatterlayer .point', sum(points)];
  if (bars.length > 0) return ['.barlayer .point > path', sum(bars)];
  // A line with gaps is drawn in pieces: parallel coordinates hold many trials in one.
  const pieces = layers.flatMap(layer =>
    layer.kind === 'line'
      ? [Array.from(layer.y, Number.isFinite).filter((is, i, all) => is && !all[i - 1]).length]
      : []
  );
  return ['.scatterlayer .js-line', sum(pieces)];
}

describe(NOTEBOOK, () => {
  let notebook: NotebookPage;
  let cells: CellResult[];
  let payloads: FigurePayload[];

  const session = labSession(() => ({
    files: { [NOTEBOOK]: withoutOutputs(path.join(ROOT, 'notebooks', NOTEBOOK)) }
  }));

  beforeAll(async () => {
    expect(await session.lab.kernels()).toContain('tslab');
    notebook = await session.open(NOTEBOOK);
    cells = await notebook.runAll(180_000);
    payloads = cells
      .flatMap(({ outputs }) => outputs)
      .flatMap(({ data }) =>
        data && FIGURE_MIME in data ? [parsePayload(data[FIGURE_MIME])] : []
      );
  });

  it('runs every cell in JupyterLab without an error', () => {
    const failed = cells
      .flatMap(({ outputs }) => outputs)
      .filter(({ output_type }) => output_type === 'error')
      .map(({ ename, evalue }) => `${ename}: ${evalue}`);
    expect(failed).toEqual([]);
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter(({ executionCount }) => executionCount === null)).toEqual([]);
  });

  it('shows scatters of at least 25 trials each for grid and random search, and a histogram', () => {
    const kinds = payloads.map(payload => payload.figure);
    const trials = payloads
      .filter(({ figure }) => figure === 'scatter')
      .map(payload => marksOf(payload)[1]);
    expect(trials.filter(count => count >= 25).length).toBeGreaterThanOrEqual(2);
    expect(kinds).toContain('histogram');
  });

  it('draws every figure in the page with one mark for each trial, bin or curve', async () => {
    expect(await notebook.figures.count()).toBe(payloads.length);
    for (const [i, payload] of payloads.entries()) {
      const figure = await notebook.drawnFigure(i);
      const [selector, count] = marksOf(payload);
      await notebook.screenshot(`notebook-01-figure-${i + 1}-${payload.figure}`, figure);
      expect([payload.title, await figure.locator(selector).count()]).toEqual([
        payload.title,
        count
      ]);
    }
    expect(await notebook.page.locator('.jp-RenderedTunelab-message').count()).toBe(0);
  });

  it('draws every figure again when the theme turns dark', async () => {
    await notebook.setTheme('JupyterLab Dark');
    for (const [i, payload] of payloads.entries()) {
      const figure = await notebook.drawnFigure(i);
      const background = await figure
        .locator('.main-svg')
        .first()
        .evaluate(svg => getComputedStyle(svg).backgroundColor);
      expect([payload.title, background]).toEqual([payload.title, 'rgb(17, 17, 17)']);
      await notebook.screenshot(`notebook-01-dark-figure-${i + 1}-${payload.figure}`);
    }
  });
});
