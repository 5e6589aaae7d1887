/** How soon a slider reaches the training, and what being watched costs it: numbers to read, on a machine that does nothing else. */
import { codeNotebook } from '../browser/notebooks';
import { labSession, until } from '../browser/session';

jest.setTimeout(600_000);

const ROUNDS = Number(process.env.TUNELAB_PANDA_ROUNDS ?? 5);
const ALPHA = 'learning rate α';

const BEGIN = `import { datasets, layers, optimizers, panda, sequential } from 'tunelab';
const { train, dev } = datasets.digits({ seed: 1 });
const begin = (figure: boolean) => panda(
  sequential([layers.dense(200), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 }),
  train,
  { optimizer: optimizers.adam(), epochs: 1_000_000, batchSize: 256, dev, figure }
);
const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
/** Mini-batches a second, once it has begun in earnest. */
async function rate(figure: boolean) {
  const run = begin(figure);
  await wait(2000);
  const { tick } = await run.pause();
  await run.resume();
  const since = performance.now();
  await wait(4000);
  const then = await run.pause();
  const result = (then.tick - tick) / (performance.now() - since) * 1000;
  void run.stop();
  return result;
}`;

const printed = (outputs: readonly { text?: string | string[] }[]): number => {
  const text = outputs.map(one => [one.text ?? ''].flat().join('')).join('');
  return Number(/rate ([\d.]+)/.exec(text)?.[1]);
};

describe('a run that is watched and steered', () => {
  const cells = [BEGIN, `console.log('rate', await rate(false))`, `console.log('rate', await rate(true))`, `const run = begin(true)`]; // prettier-ignore
  const session = labSession(() => ({ files: { 'panda.ipynb': codeNotebook(cells) } }));

  it('hears of a slider soon, and goes on nearly as fast as one that nobody looks at', async () => {
    const notebook = await session.open('panda.ipynb');
    await notebook.idle();
    await notebook.runCell(0);
    await notebook.idle();
    const rates: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [kind, list] of rates.entries()) {
        const cell = async () => (await notebook.results())[1 + kind];
        const { executionCount: before } = await cell();
        await notebook.runCell(1 + kind);
        if (kind === 1) await notebook.drawnFigure(0);
        // None while it runs, and then another one than before.
        await until('the end of the cell', async () => {
          const { executionCount } = await cell();
          return executionCount !== null && executionCount !== before;
        });
        list.push(printed((await cell()).outputs));
      }
    }
    const [alone, watched] = rates.map(list => Math.max(...list));

    await notebook.runCell(3);
    const figure = notebook.cell(3).locator('.jp-RenderedTunelab');
    await until('controls in use', () => figure.getByRole('button', { name: 'Pause' }).isEnabled());
    // From the event of the slider to the reply, which names the mini-batch from which on it holds.
    const times = await figure.getByRole('slider', { name: ALPHA }).evaluate(async node => {
      const slider = node as HTMLInputElement;
      const words = slider.closest('fieldset')!.querySelector('[role="status"]')!;
      const all: number[] = [];
      for (let i = 0; i < 40; i++) {
        words.textContent = 'under way';
        const replied = new Promise<void>(resolve => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            resolve();
          });
          observer.observe(words, { childList: true });
        });
        const began = performance.now();
        slider.value = String(-3 + (i % 10) / 10);
        slider.dispatchEvent(new Event('input'));
        await replied;
        all.push(performance.now() - began);
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      return all.sort((a, b) => a - b);
    });
    const [median, late] = [times[20], times[37]].map(time => time.toFixed(0));
    console.log(
      `slider to acknowledged mini-batch: median ${median} ms, 95 % within ${late} ms; ` +
        `watched ${watched.toFixed(0)} mini-batches a second, alone ${alone.toFixed(0)}: ratio ${(alone / watched).toFixed(3)}`
    );
    expect(times).toHaveLength(40);
    expect(watched).toBeGreaterThan(0);
    expect(alone).toBeGreaterThan(0);
  });
});
