/** What a reader of a run's figure can turn, and how it stands. */
import type { Steer, SteerControl } from '../figures/format';
import { hasBatchNorm, type Network } from '../training/network';
import type { Settings } from './format';
import { CONSTANTS } from './settings';

/** Of more snapshots, the beginning and the last ones are offered. */
const MOST_SNAPSHOTS = 100;

const LABELS: Readonly<Record<(typeof CONSTANTS)[number], string>> = {
  beta: 'momentum β',
  beta1: 'β₁',
  beta2: 'β₂',
  decay: 'decay'
};

type Axis = SteerControl['axis'];

/** What is read of a run. */
export interface Steered {
  readonly network: Network;
  readonly state: Steer['state'];
  readonly settings: Settings;
  readonly snapshots: readonly string[];
}

/** An axis with the usual ends, farther out where the value lies beyond them. */
function axis(
  label: string,
  scale: Axis['scale'],
  [low, high]: [number, number],
  value: number
): Axis {
  return { label, scale, range: [Math.min(low, value), Math.max(high, value)] };
}

/** Powers of two from the least to the most, and these. */
function octaves(least: number, most: number): number[] {
  const between = Array.from({ length: 31 }, (_, i) => 2 ** i).filter(n => n > least && n < most);
  return [...new Set([least, ...between, most])];
}

/** 0, and 1, 2 and 5 in each decade: a log scale that begins at none. */
const DECAYS = [0, ...[-6, -5, -4, -3, -2, -1].flatMap(power => [1, 2, 5].map(digit => Number(`${digit}e${power}`))), 1]; // prettier-ignore

/** @param rows examples that it trains on, which is the largest batch */
export function steerOf({ network, state, settings, snapshots }: Steered, rows: number): Steer {
  const { optimizer, batchSize } = settings;
  const { learningRate, weightDecay } = optimizer;
  const constants = CONSTANTS.flatMap((name): SteerControl[] => {
    const value = (optimizer as unknown as Record<string, number | undefined>)[name];
    return value === undefined
      ? []
      : [{ name, axis: axis(LABELS[name], 'oneMinusLog', [0, 0.9999], value), value }];
  });
  const sizes = octaves(Math.min(rows, hasBatchNorm(network) ? 2 : 1), rows);
  const controls: SteerControl[] = [
    { name: 'learningRate', axis: axis('learning rate α', 'log', [1e-6, 1], learningRate), value: learningRate }, // prettier-ignore
    ...constants,
    ...(sizes.length > 1
      ? [
          {
            name: 'batchSize',
            axis: { ...axis('batch size, next epoch', 'log', [sizes[0], rows], batchSize), integer: true }, // prettier-ignore
            value: batchSize,
            stops: sizes
          }
        ]
      : []),
    { name: 'weightDecay', axis: axis('weight decay λ (L2)', 'linear', [0, 1], weightDecay), value: weightDecay, stops: DECAYS } // prettier-ignore
  ];
  const [start, ...others] = snapshots;
  return { state, controls, snapshots: [start, ...others.slice(1 - MOST_SNAPSHOTS)] };
}
