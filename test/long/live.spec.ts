/** Ten updates a second for a minute on a figure of 5,000 trials: what the page can do meanwhile, and what is left afterwards. */
import { codeNotebook } from '../browser/notebooks';
import { labSession } from '../browser/session';

jest.setTimeout(400_000);

const SECONDS = Number(process.env.TUNELAB_LIVE_SECONDS ?? 60);

const CELLS = [
  `import { study, scales, samplers, figures, show } from 'tunelab';
const search = study({
  space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) }, sampler: samplers.random(), seed: 1
});
const objective = (c: { learningRate: number; dropout: number }) => Math.log10(c.learningRate / 0.01) ** 2 + c.dropout;
await search.optimize(objective, { trials: 5000, progress: false });
show(figures.scatter(search, { x: 'learningRate', y: 'dropout' }), { live: false });`,
  // What a search may cost keeps the library's own updates of so many trials to one or two a second: here they have all the time.
  `const inside = (name: string) => require(require.resolve('tunelab').replace(/index\\.js$/, name));
const { followed } = inside('live/registry.js');
const { Budget } = inside('live/budget.js');
const draw = () => figures.scatter(search, { x: 'learningRate', y: 'dropout' });
const entry = followed({ figure: draw, revision: () => search.finished, budget: new Budget(1) });
const payload = { ...draw().payload, live: { id: entry.id } };
(globalThis as any)[Symbol.for('tunelab.kernel')].display({ data: { 'application/vnd.tunelab.v1+json': payload } });`,
  `const until = Date.now() + ${SECONDS * 1000};
while (Date.now() < until) {
  await search.optimize(objective, { trials: 1, progress: false });
  await new Promise(resolve => setTimeout(resolve, 80));
}
entry.finish(false);`
];

describe('a live figure of 5,000 trials', () => {
  const session = labSession(() => ({ files: { 'live.ipynb': codeNotebook(CELLS) } }));

  it('leaves the page free between its updates, and nothing behind', async () => {
    const notebook = await session.open('live.ipynb');
    const { page } = notebook;
    await notebook.idle();
    const devtools = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize / 2 ** 20;
    };
    await notebook.runCell(0);
    await notebook.idle(90_000);
    await notebook.drawnFigure(0);
    await page.evaluate(() => window.jupyterapp.commands.execute('editmenu:clear-all'));
    await page.waitForTimeout(1000);
    const before = await heap();
    await notebook.runCell(1);
    const figure = await notebook.drawnFigure(0);
    await page.evaluate(() => {
      const state = { frames: [] as number[], draws: 0, stop: false };
      (window as unknown as { measured: typeof state }).measured = state;
      const plot = document.querySelector('.jp-RenderedTunelab-plot') as HTMLElement & {
        on(event: string, listener: () => void): void;
      };
      plot.on('plotly_afterplot', () => state.draws++);
      let last = performance.now();
      const frame = (): void => {
        const now = performance.now();
        state.frames.push(now - last);
        last = now;
        if (!state.stop) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    await notebook.runCell(2);
    await page.waitForTimeout(1000 * SECONDS);
    const { frames, draws } = await page.evaluate(() => {
      const { measured } = window as unknown as {
        measured: { frames: number[]; draws: number; stop: boolean };
      };
      measured.stop = true;
      return measured;
    });
    const during = await heap();
    await notebook.idle(60_000);
    await notebook.screenshot('live-5000', figure);
    await page.evaluate(() => window.jupyterapp.commands.execute('editmenu:clear-all'));
    await page.waitForTimeout(2000);
    const after = await heap();
    const slow = frames.filter(length => length > 50);
    const share = slow.length / frames.length;
    const lost = slow.reduce((sum, length) => sum + length, 0) / frames.reduce((a, b) => a + b, 0);
    console.log(
      `${(draws / SECONDS).toFixed(1)} draws a second; ${frames.length} frames, ${(100 * share).toFixed(1)} % over 50 ms ` +
        `(${(100 * lost).toFixed(1)} % of the time, longest ${Math.max(...frames).toFixed(0)} ms); ` +
        `heap ${before.toFixed(1)} MB before, ${during.toFixed(1)} during, ${after.toFixed(1)} after`
    );
    expect(after).toBeLessThan(before + 10);
    await notebook.close();
  });
});
