// How often trained networks are right, and how long training takes beside PyTorch doing the same:
// digits 64-32-10 in 5 folds, MNIST 784-128-64-10, both with batch norm and Adam.
//
// The settings were chosen on dev splits: `npm run bench -- accuracy choose` trains each of `CANDIDATES` (digits: splits
// of seeds 101 to 105; MNIST: a sixth of the training images, 2 seeds) and prints their accuracies on dev; `SETTINGS`
// holds the best. MNIST's test images took no part in it. Of the digits all are tested on in some fold, so that the
// choice among 6 candidates, and nothing else, has seen some of them. `npm run bench -- accuracy digits`
// measures one of the two.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { peersFolder, peersPython } from '../peers/install.mjs';
import { digits as rounded, mean, median, minimum } from '../statistics.mjs';
import { startRunner } from '../train/runner.mjs';
import { fastNode } from '../train/runners.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'runners');

const each = (options, name, values) =>
  options.flatMap(one => values.map(value => ({ ...one, [name]: value })));
const DECAYS = ['constant', 'cosine'];
const CANDIDATES = {
  digits: each(
    each([{ batchSize: 32, epochs: 60 }], 'learningRate', [0.003, 0.01, 0.03]),
    'decay',
    DECAYS
  ),
  mnist: [
    ...each(
      each([{ batchSize: 64, epochs: 5 }], 'learningRate', [0.002, 0.005, 0.01]),
      'decay',
      DECAYS
    ),
    ...each(
      each([{ decay: 'cosine', epochs: 5 }], 'learningRate', [0.005, 0.01, 0.02]),
      'batchSize',
      [32, 128]
    )
  ]
};
const SETTINGS = {
  digits: { learningRate: 0.03, decay: 'cosine', batchSize: 32, epochs: 60 },
  mnist: { learningRate: 0.01, decay: 'cosine', batchSize: 32, epochs: 5 }
};
const UNITS = { digits: [64, 32, 10], mnist: [784, 128, 64, 10] };
const SEEDS = { digits: 20, mnist: 5 };
/** Runs whose time is compared with PyTorch's, in turn. */
const TIMED = { digits: 5, mnist: 3 };

const percent = value => `${(100 * value).toFixed(2)} %`;

const startOurs = pinned =>
  startRunner({
    command: fastNode(),
    args: [path.join(folder, 'tunelab_accuracy.mjs'), peersFolder()],
    pinned
  });
const startTorch = () =>
  startRunner({
    command: peersPython(),
    args: [path.join(folder, 'torch_accuracy.py')],
    pinned: true
  });

/** Trains every candidate on dev splits; prints one line each. */
async function choose(names) {
  const ours = startOurs(false);
  try {
    const rows = [];
    for (const data of names) {
      for (const settings of CANDIDATES[data]) {
        const accuracies = [];
        for (let seed = 101; seed <= (data === 'digits' ? 105 : 102); seed++) {
          const task = { data, units: UNITS[data], settings, seed, part: 'dev' };
          accuracies.push((await ours.ask({ train: task })).accuracy);
        }
        rows.push({ data, ...settings, 'accuracy on dev': percent(mean(accuracies)) });
        console.log(JSON.stringify(rows.at(-1)));
      }
    }
    return rows;
  } finally {
    await ours.stop();
  }
}

/** Mean accuracy on the test part over all seeds; some runs also by PyTorch, on the same examples in turn. */
async function measure(data, ours, torch) {
  const accuracies = [];
  const theirs = [];
  const ratios = [];
  for (let seed = 1; seed <= SEEDS[data]; seed++) {
    for (let fold = 0; fold < (data === 'digits' ? 5 : 1); fold++) {
      const timed = torch && fold === 0 && seed <= TIMED[data];
      const task = { data, units: UNITS[data], settings: SETTINGS[data], seed, fold, part: 'test' };
      const mine = await ours.ask({ train: { ...task, write: timed } });
      accuracies.push(mine.accuracy);
      if (timed) {
        const peer = await torch.ask({ train: { ...task, files: mine.files } });
        theirs.push(peer.accuracy);
        ratios.push(peer.ms / mine.ms);
      }
    }
  }
  return {
    data,
    'mean accuracy': percent(mean(accuracies)),
    lowest: percent(minimum(accuracies)),
    runs: accuracies.length,
    "PyTorch's": theirs.length > 0 ? percent(mean(theirs)) : '–',
    'time, PyTorch : tunelab': ratios.length > 0 ? rounded(median(ratios)) : '–',
    range:
      ratios.length > 0 ? `${rounded(Math.min(...ratios))} to ${rounded(Math.max(...ratios))}` : '–'
  };
}

export async function run(wanted) {
  const names = Object.keys(UNITS).filter(
    name => wanted.includes(name) || !wanted.some(one => one in UNITS)
  );
  if (wanted.includes('choose')) {
    return choose(names);
  }
  const ours = startOurs(true);
  let torch = startTorch();
  try {
    await torch.ask({ ready: true });
  } catch (error) {
    console.log(`left out: PyTorch: ${error.message}`);
    torch = undefined;
  }
  try {
    const rows = [];
    for (const data of names) {
      rows.push(await measure(data, ours, torch));
      console.log(JSON.stringify(rows.at(-1)));
    }
    return rows;
  } finally {
    await Promise.all([ours.stop(), torch?.stop()]);
  }
}
