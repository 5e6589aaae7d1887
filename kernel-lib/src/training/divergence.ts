import { firstNotFinite } from '../datasets/dataset';
import type { FloatArray, Program } from '../wasm/engine';
import type { History } from './history';
import { layerName, type Network } from './network';
import type { TrainingSet } from './trainingSet';

/** Thrown by `fit` when the loss is no longer finite. */
export class TrainingDiverged extends Error {
  /** The step whose loss was not finite, from 1, and its epoch. */
  readonly step: number;
  readonly epoch: number;
  /** The first layer that gave a number that is not finite; missing if only the loss itself overflowed. */
  readonly layer?: number;
  /** What was recorded until then. */
  readonly history: History;

  constructor(
    message: string,
    at: { step: number; epoch: number; layer?: number; history: History }
  ) {
    super(message);
    this.name = 'TrainingDiverged';
    this.step = at.step;
    this.epoch = at.epoch;
    this.layer = at.layer;
    this.history = at.history;
  }
}

const isBad = (value: number) => !Number.isFinite(value);

/** Says which step, which layer first, and what to try; then gives the network its last finite state back if asked. */
export function diverged(
  network: Network,
  program: Program,
  { x, features }: TrainingSet,
  at: { step: number; epoch: number; loss: number; learningRate: number; restore?: () => void },
  history: History
): TrainingDiverged {
  const layer = program.outputs().findIndex(({ values }) => values.some(isBad));
  const values = layer < 0 ? undefined : program.outputs()[layer].values;
  const place = values
    ? `The first to give ${values.find(isBad)} was ${layerName(network, layer)}.`
    : 'Every layer gave finite numbers: the loss itself is too large.';
  const kept = at.restore
    ? 'The network is as it was when its loss was last finite; the optimizer begins afresh.'
    : "The network keeps what is left; with onDivergence: 'restore' it gets its last finite state back.";
  at.restore?.();
  const bad = firstNotFinite(x, features);
  const cause = bad
    ? `The features hold ${bad}: they were changed after they had been checked. Mend them.`
    : `Training has diverged: try a learning rate below ${at.learningRate}, for example a tenth of it; ` +
      'warm-up, clipNorm: 1 or batch norm help as well.';
  return new TrainingDiverged(
    `fit: the loss must stay finite, but it was ${at.loss} at step ${at.step}, in epoch ${at.epoch}.\n` +
      `${cause}\n${place}\n${kept}`,
    { step: at.step, epoch: at.epoch, layer: layer < 0 ? undefined : layer, history }
  );
}

/** Keeps the parameters that last gave a finite loss. */
export interface Keeper {
  /** Called before each step. */
  before(): void;
  /** Called after each step whose loss was finite: what it began with was good. */
  good(): void;
  restore(): void;
}

/** Two sets of copies that take turns: what the running step began with, and what the last finite loss had. */
export function createKeeper(program: Program): Keeper {
  const copies = () => program.parameters.map(({ values }) => values.slice());
  let current: FloatArray[] = copies();
  let finite: FloatArray[] = copies();
  return {
    before() {
      program.parameters.forEach(({ values }, i) => current[i].set(values));
    },
    good() {
      [current, finite] = [finite, current];
    },
    restore() {
      program.restoreState({ ...program.saveState(), parameters: finite, optimizer: undefined });
    }
  };
}
