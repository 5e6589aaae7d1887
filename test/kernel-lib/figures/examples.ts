/**
 * One example for each thing that figures do. The example is the test: its spec is stored under
 * output/, and its picture is one that a reviewer can look at.
 */
import * as figures from 'tunelab/dist/figures/index';
import type { Figure } from 'tunelab/dist/figures/figure';
import * as scales from 'tunelab/dist/scales/catalogue';
import type { RunHistory } from 'tunelab/dist/panda/format';
import type { History } from 'tunelab/dist/training/history';
import type { Trial } from 'tunelab/dist/trials/trial';
import type { StudyView } from 'tunelab/dist/trials/view';

/** Numbers in [0, 1) that look random and never change: a hash of `i`, another for each stream. */
export function unit(i: number, stream = 1): number {
  let hash = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** Numbers that look normally distributed (Box-Muller over `unit`). */
export function normal(count: number, mean: number, deviation: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const radius = Math.sqrt(-2 * Math.log(1 - unit(i)));
    return mean + deviation * radius * Math.cos(2 * Math.PI * unit(i, 2));
  });
}

export const space = {
  learningRate: scales.log(1e-4, 1),
  beta: scales.oneMinusLog(0.9, 0.999),
  hiddenUnits: scales.integer(4, 64),
  activation: scales.choice(['relu', 'tanh', 'sigmoid'])
};

export function trial(number: number, changes: Partial<Trial> = {}): Trial {
  const config = {
    learningRate: space.learningRate.fromUnit(unit(number)),
    beta: space.beta.fromUnit(unit(number, 2)),
    hiddenUnits: space.hiddenUnits.fromUnit(unit(number, 3)),
    activation: space.activation.fromUnit(unit(number, 4))
  };
  const off = Math.log10(config.learningRate) + 1.6;
  return {
    number,
    state: 'complete',
    config,
    value: 0.03 + 0.09 * off * off + 0.02 * unit(number, 5),
    reports: [],
    attributes: {},
    seed: number,
    started: 0,
    ended: 1,
    ...changes
  };
}

export function study(count: number, changes: Partial<StudyView> = {}): StudyView {
  return {
    name: 'Random search',
    direction: 'minimize',
    space,
    trials: Array.from({ length: count }, (_, i) => trial(i)),
    ...changes
  };
}

export function history(epochs: number, best: number, speed: number): History {
  const records = Array.from({ length: epochs }, (_, i) => {
    const loss = best + (2.3 - best) * Math.exp(-speed * (i + 1));
    const devLoss = loss * 1.1 + 0.05 + 0.002 * i;
    return {
      epoch: i + 1,
      loss,
      accuracy: Math.exp(-loss),
      devLoss,
      devAccuracy: Math.exp(-devLoss)
    };
  });
  return { epochs: records, stepLosses: new Float32Array(0), ended: 'complete' };
}

const labels = { value: 'dev error' };

export function scatterOfTwoHyperparameters(): Figure {
  return figures.scatter(study(25), { x: 'learningRate', y: 'hiddenUnits', labels });
}

export function scatterOnOneMinusLog(): Figure {
  return figures.scatter(study(40), { x: 'learningRate', y: 'beta', labels });
}

export function scatterOfValue(): Figure {
  return figures.scatter(study(60), {
    x: 'learningRate',
    labels,
    title: 'What each trial reached'
  });
}

export function scatterColouredByCategory(): Figure {
  return figures.scatter(study(40), { x: 'learningRate', y: 'value', color: 'activation', labels });
}

export function scatterWithFailedAndPruned(): Figure {
  const trials = Array.from({ length: 30 }, (_, i) =>
    i % 7 === 3
      ? trial(i, { state: 'failed', value: null, error: 'loss is NaN at step 12' })
      : i % 5 === 4
        ? trial(i, { state: 'pruned', value: null })
        : trial(i)
  );
  const title =
    'Random search over the learning rate and the activation, with trials that failed or were stopped early by the pruner';
  return figures.scatter(study(0, { trials, direction: 'maximize' }), {
    x: 'learningRate',
    y: 'activation',
    title
  });
}

export function scatterOfNothing(): Figure {
  return figures.scatter(study(0), { x: 'learningRate', y: 'beta' });
}

export function histogramOfOne(): Figure {
  return figures.histogram(normal(2000, 0, 1), { title: 'z of the first layer', xLabel: 'z' });
}

export function histogramOfSeveral(): Figure {
  return figures.histogram(
    { 'before batch norm': normal(2000, 3, 2.5), 'after batch norm': normal(2000, 0, 1) },
    { title: 'z of the first layer, before and after batch norm', xLabel: 'z' }
  );
}

export function scaleLinear(): Figure {
  return figures.scale(scales.linear(1e-4, 1), { label: 'learning rate', on: 'linear' });
}

export function scaleOnItsOwnAxis(): Figure {
  return figures.scale(scales.log(1e-4, 1), { label: 'learning rate', samples: 4000 });
}

export function scaleNearOne(): Figure {
  return figures.scale(scales.expression('1 - 10^-r', { r: [1, 3] }), { label: 'beta' });
}

export function histogramOnLogAxis(): Figure {
  const values = Array.from({ length: 500 }, (_, i) => space.learningRate.fromUnit(unit(i)));
  return figures.histogram(values, { axis: space.learningRate.axis('learning rate α'), bins: 20 });
}

export function curvesOfOneRun(): Figure {
  return figures.learningCurves(history(20, 0.1, 0.3));
}

export function curvesOfSeveralRuns(): Figure {
  return figures.learningCurves(
    { plain: history(40, 0.3, 0.12), 'batch norm': history(40, 0.12, 0.3) },
    { metric: 'error', logY: true, title: 'Batch norm learns faster' }
  );
}

export function curvesOfARun(): Figure {
  const tick = (i: number) => 40 * (i + 1);
  const { epochs } = history(12, 0.1, 0.3);
  const stepLosses = Float32Array.from(
    { length: tick(11) },
    (_, i) => 2.3 * Math.exp(-i / 90) * (0.7 + 0.6 * unit(i)) + 0.1
  );
  const at = (step: number) => ({ tick: step, step, epoch: Math.floor(step / 40) + 1 });
  return figures.runCurves({
    version: 1,
    epochs: epochs.map((record, i) => ({ ...record, tick: tick(i) })),
    stepLosses,
    learningRates: new Float64Array(stepLosses.length),
    events: [
      { ...at(90), kind: 'snapshot', name: 'before decay' },
      { ...at(130), kind: 'set', changes: { learningRate: 0.0003, batchSize: 64 } },
      { ...at(250), kind: 'warning', warning: 'plateau', message: 'no gain' },
      { ...at(300), kind: 'pause' },
      { ...at(300), kind: 'rollBack', name: 'before decay', toStep: 90 }
    ],
    ended: 'complete',
    start: {} as RunHistory['start']
  });
}
