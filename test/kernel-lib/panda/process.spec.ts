import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { compiled } from '../compiled';

const folders = ['panda', 'training', 'datasets', 'layers', 'wasm', 'schedules', 'numeric', 'optimizers', 'figures', 'display', 'live', 'trials', 'scales']; // prettier-ignore
const { target, remove } = compiled('panda process', folders);
afterAll(remove);

/** A script of plain Node that begins a run; ten seconds are its most. */
function script(epochs: number, rest: string) {
  const part = (file: string) => `require(${JSON.stringify(path.join(target, file))})`;
  const code = `
    const { panda } = ${part('panda/panda')}, { sequential } = ${part('training/network')};
    const layers = ${part('layers/catalogue')}, optimizers = ${part('optimizers/catalogue')};
    const network = sequential([layers.dense(2), layers.softmax()], { inputs: 1 });
    const data = { x: [[0], [1], [2], [3]], y: [0, 0, 1, 1] };
    const run = panda(network, data, { optimizer: optimizers.adam(), epochs: ${epochs} });
    (async () => { ${rest} })();`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', timeout: 20_000 }); // prettier-ignore
  return { status, stdout, stderr };
}

describe('a script of plain Node with a run of panda ends by itself', () => {
  it.each([
    ['when it awaits the run', 3, 'console.log((await run.done).ended);', 'complete\n'],
    ['when it stops the run', 1e9, 'console.log((await run.stop()).ended);', 'stopped\n'],
    ['when it leaves the run paused', 1e9, 'console.log((await run.pause()).kind);', 'pause\n'],
    [
      'when it looks at a paused run, and stops it',
      1e9,
      'await run.pause(); await run.snapshot("a"); await run.resume(); await run.pause(); console.log((await run.stop()).ended);',
      'stopped\n'
    ],
    ['when it leaves the run alone, once that has ended', 3, '', '']
  ])('%s', (_, epochs, rest, printed) => {
    expect(script(epochs, rest)).toEqual({ status: 0, stdout: printed, stderr: '' });
  }, 30_000); // prettier-ignore
});
