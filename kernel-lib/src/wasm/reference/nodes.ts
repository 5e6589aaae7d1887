import { checkMask, dropoutDraw, isKept } from '../dropout';
import type { ActivationPlan, FloatArray, LayerPlan, Mode, Parameter } from '../engine';
import { initializeDense } from '../initialize';
import { activationOf } from './activations';
import { batchMoments, normalize, normalizeBackward } from './batchNorm';
import { denseBackward, denseForward, denseGradients, shortenColumns } from './dense';
import { softmaxRows } from './softmax';

/** Hands out arrays of the network's precision. */
export type Allocate = (length: number) => FloatArray;

/** One layer at work: its buffers, its parameters, and both directions. */
export interface Node {
  readonly units: number;
  readonly parameters: readonly Parameter[];
  /** Output of the last forward pass, (rows, units). */
  output: FloatArray;
  /** dLoss/doutput, written by the layer above. */
  dOutput: FloatArray;
  resize(rows: number): void;
  forward(x: FloatArray, rows: number, mode: Mode): void;
  /** Writes parameter gradients, and dLoss/dx into `dx` unless nobody asks for it. */
  backward(x: FloatArray, rows: number, dx: FloatArray | undefined): void;
  /** After a training batch: moves running averages. Only batch norm has any. */
  settle?(): void;
  /** After an update: keeps weights within their bounds. Only dense layers with `maxNorm` have any. */
  constrain?(): void;
  /** Keeps and drops units by this mask until it is `undefined`. Only dropout. */
  setMask?(mask: ArrayLike<number> | undefined): void;
}

/** What layers share: the network's seed and how many updates it has seen. */
export interface Clock {
  readonly seed: number;
  updates: number;
}

/** Makes a parameter and its gradient out of the network's contiguous memory. */
export type Claim = (layer: number, name: Parameter['name'], shape: number[]) => Parameter;

function buffers(units: number, allocate: Allocate) {
  return {
    units,
    output: allocate(0),
    dOutput: allocate(0),
    resize(this: { output: FloatArray; dOutput: FloatArray }, rows: number) {
      this.output = allocate(rows * units);
      this.dOutput = allocate(rows * units);
    }
  };
}

/** Builds the node of one layer; `inputs` is the width of what feeds it. */
export function createNode(
  plan: LayerPlan,
  layer: number,
  inputs: number,
  clock: Clock,
  allocate: Allocate,
  claim: Claim
): Node {
  switch (plan.type) {
    case 'dense':
      return denseNode(plan, layer, inputs, clock.seed, allocate, claim);
    case 'batchNorm':
      return batchNormNode(plan, layer, inputs, allocate, claim);
    case 'dropout':
      return dropoutNode(plan, layer, inputs, clock, allocate);
    case 'softmax':
      return {
        ...buffers(inputs, allocate),
        parameters: [],
        forward(x, rows) {
          softmaxRows(x, rows, inputs, this.output);
        },
        // Its gradient is fused with the loss, which writes it one layer below.
        backward() {}
      };
    default:
      return activationNode(plan, inputs, allocate);
  }
}

function denseNode(
  plan: LayerPlan & { type: 'dense' },
  layer: number,
  inputs: number,
  seed: number,
  allocate: Allocate,
  claim: Claim
): Node {
  const { units, maxNorm } = plan;
  const weights = claim(layer, 'weights', [inputs, units]);
  const bias = plan.bias ? claim(layer, 'bias', [units]) : undefined;
  initializeDense(plan.initialization, seed, layer, inputs, weights.values, bias?.values);
  return {
    ...buffers(units, allocate),
    parameters: bias ? [weights, bias] : [weights],
    forward(x, rows) {
      denseForward(x, weights.values, bias?.values, rows, inputs, units, this.output);
    },
    backward(x, rows, dx) {
      denseGradients(x, this.dOutput, rows, inputs, units, weights.gradient!, bias?.gradient);
      if (dx) {
        denseBackward(this.dOutput, weights.values, rows, inputs, units, dx);
      }
    },
    constrain:
      maxNorm === undefined
        ? undefined
        : () => shortenColumns(weights.values, inputs, units, maxNorm)
  };
}

function activationNode(plan: ActivationPlan, units: number, allocate: Allocate): Node {
  const { value, derivative } = activationOf(plan);
  return {
    ...buffers(units, allocate),
    parameters: [],
    forward(x, rows) {
      for (let i = 0; i < rows * units; i++) {
        this.output[i] = value(x[i]);
      }
    },
    backward(x, rows, dx) {
      for (let i = 0; dx && i < rows * units; i++) {
        dx[i] = this.dOutput[i] * derivative(x[i], this.output[i]);
      }
    }
  };
}

function dropoutNode(
  plan: LayerPlan & { type: 'dropout' },
  layer: number,
  units: number,
  clock: Clock,
  allocate: Allocate
): Node {
  /** 0 for what is dropped, the draw's scale for what is kept. */
  let mask = allocate(0);
  let given: ArrayLike<number> | undefined;
  const base = buffers(units, allocate);
  return {
    ...base,
    parameters: [],
    resize(rows) {
      base.resize.call(this, rows);
      mask = allocate(rows * units);
    },
    forward(x, rows, mode) {
      const draw = dropoutDraw(plan, clock.seed, layer, clock.updates);
      if (given && mode === 'train') {
        checkMask(given, rows, units);
      }
      for (let i = 0; i < rows * units; i++) {
        if (mode === 'train') {
          mask[i] = draw.scale * (given ? given[i] : isKept(i, draw) ? 1 : 0);
        }
        this.output[i] = mode === 'train' ? x[i] * mask[i] : x[i];
      }
    },
    backward(_x, rows, dx) {
      for (let i = 0; dx && i < rows * units; i++) {
        dx[i] = this.dOutput[i] * mask[i];
      }
    },
    setMask(value) {
      given = value;
    }
  };
}

function batchNormNode(
  plan: LayerPlan & { type: 'batchNorm' },
  layer: number,
  units: number,
  allocate: Allocate,
  claim: Claim
): Node {
  const { epsilon, decay } = plan;
  // Without learned numbers gamma and beta stay at 1 and 0, and their gradients are looked at by nobody.
  const fixed = (name: 'gamma' | 'beta'): Parameter => {
    const values = allocate(units);
    return { layer, name, shape: [units], values, gradient: allocate(units) };
  };
  const [gamma, beta] = (['gamma', 'beta'] as const).map(name =>
    plan.affine ? claim(layer, name, [units]) : fixed(name)
  );
  const runningMean = allocate(units);
  const runningVariance = allocate(units).fill(1);
  gamma.values.fill(1);
  const mean = new Float64Array(units);
  const variance = new Float64Array(units);
  let zNorm = allocate(0);
  const shape = [units];
  return {
    ...buffers(units, allocate),
    parameters: [
      ...(plan.affine ? [gamma, beta] : []),
      { layer, name: 'runningMean', shape, values: runningMean },
      { layer, name: 'runningVariance', shape, values: runningVariance }
    ],
    resize(rows) {
      this.output = allocate(rows * units);
      this.dOutput = allocate(rows * units);
      zNorm = allocate(rows * units);
    },
    forward(x, rows, mode) {
      if (mode === 'train') {
        batchMoments(x, rows, units, mean, variance);
      } else {
        mean.set(runningMean);
        variance.set(runningVariance);
      }
      const { values: g } = gamma;
      normalize(x, mean, variance, g, beta.values, epsilon, rows, units, zNorm, this.output);
    },
    backward(_x, rows, dx) {
      const out = dx ?? allocate(rows * units);
      const [dGamma, dBeta] = [gamma.gradient!, beta.gradient!];
      const { values: g } = gamma;
      normalizeBackward(this.dOutput, zNorm, variance, g, epsilon, rows, units, dGamma, dBeta, out);
    },
    settle() {
      for (let j = 0; j < units; j++) {
        runningMean[j] = decay * runningMean[j] + (1 - decay) * mean[j];
        runningVariance[j] = decay * runningVariance[j] + (1 - decay) * variance[j];
      }
    }
  };
}
