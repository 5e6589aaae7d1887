import { checkMask, dropoutDraw } from '../dropout';
import type { ActivationPlan, LayerPlan, Mode, NetworkPlan } from '../engine';
import type { ActivationName, Kernels, WasmMemory } from './kernels';
import { ensurePages, floats, type Layout } from './memory';

/** Rows lie at multiples of 4 numbers, so that every row is whole vectors. */
export const padded = (width: number) => Math.ceil(width / 4) * 4;

/** Where a layer reads: the output of what feeds it. */
export interface Source {
  readonly units: number;
  readonly stride: number;
  output: number;
  dOutput: number;
}

/** One layer at work on addresses. */
export interface SimdNode extends Source {
  /** Lays out what depends on the number of rows. */
  place(layout: Layout, rows: number): void;
  forward(rows: number, mode: Mode): void;
  /** Parameter gradients, and dLoss/dinput into the source's `dOutput` if `below` is asked for. */
  backward(rows: number, below: boolean): void;
  /** After a training batch: moves running averages. */
  settle?(): void;
  /** After an update: keeps weights within their bounds. */
  constrain?(): void;
  /** Keeps and drops units by this mask until it is `undefined`. */
  setMask?(mask: ArrayLike<number> | undefined): void;
}

/** Addresses of a learned array and its gradient. */
export interface Learned {
  value: number;
  gradient: number;
}

export interface Context {
  kernels: Kernels;
  memory: WasmMemory;
  /** For arrays that live as long as the network. */
  layout: Layout;
  /** Room for copies of parts of matrices, shared by all products. */
  scratch: number;
  /** Seed of the network. */
  seed: number;
  /** Updates so far. */
  updates: number;
  /**
   * As long as the memory, where threads share it, and never touched: no more than an address range. V8 does not count
   * shared memory when it decides whether to collect garbage; it counts this, which goes with the network.
   */
  weight?: ArrayBuffer;
}

/** Numbers in that room, as `assembly/gemm.ts` uses it: a panel of B, a tile of C and, with wide layers, rows of A. */
export function scratchFor({ layers, inputs }: NetworkPlan): number {
  const [depth, gap, top, wide] = [256, 16, 384, 256];
  const widths = [inputs, ...layers.map(layer => (layer.type === 'dense' ? layer.units : 0))];
  const panel = (depth + 4) * 16;
  const copied = Math.max(...widths) >= wide ? 8 * panel + top * (depth + gap) : 0;
  return panel + 7 * 16 + copied;
}

function buffers(units: number) {
  return {
    units,
    stride: padded(units),
    output: 0,
    dOutput: 0,
    place(layout: Layout, rows: number) {
      this.output = layout.claim(rows * this.stride);
      this.dOutput = layout.claim(rows * this.stride);
    }
  };
}

export function denseNode(
  { kernels, layout, scratch }: Context,
  { units, maxNorm }: LayerPlan & { type: 'dense' },
  source: Source,
  weights: Learned,
  bias: Learned | undefined
): SimdNode {
  const stride = padded(units);
  const inputs = source.units;
  const row = units * 4;
  const outRow = stride * 4;
  // Sums of columns are whole vectors; a bias need not be.
  const db = bias && (stride === units ? bias.gradient : layout.claim(stride));
  const factors = maxNorm === undefined ? 0 : layout.claim(units);
  const [w, dw] = [weights.value, weights.gradient];
  return {
    ...buffers(units),
    forward(rows) {
      const [x, xRow, z] = [source.output, source.stride * 4, this.output];
      const b = bias?.value ?? 0;
      kernels.gemm(rows, units, inputs, x, xRow, 4, w, row, 4, z, outRow, b, scratch);
    },
    backward(rows, below) {
      const [x, xRow, dz] = [source.output, source.stride * 4, this.dOutput];
      // dW = x^T dz: the columns of x are read as rows.
      kernels.gemm(inputs, units, rows, x, 4, xRow, dz, outRow, 4, dw, row, 0, scratch);
      if (bias && db) {
        kernels.columnSums(rows, stride, dz, outRow, db);
        if (db !== bias.gradient) {
          kernels.copyRows(1, units, db, row, bias.gradient, row);
        }
      }
      if (below) {
        // dx = dz W^T: the columns of W are read as rows.
        const dx = source.dOutput;
        kernels.gemm(rows, inputs, units, dz, outRow, 4, w, 4, row, dx, xRow, 0, scratch);
      }
    },
    constrain:
      maxNorm === undefined
        ? undefined
        : () => kernels.shortenColumns(inputs, units, w, maxNorm, factors)
  };
}

export interface BatchNormArrays {
  gamma: Learned;
  beta: Learned;
  runningMean: number;
  runningVariance: number;
}

/** Gamma and beta that nobody learns: 1 and 0. */
export function fixedScale(
  { layout, memory }: Context,
  units: number
): Pick<BatchNormArrays, 'gamma' | 'beta'> {
  const claim = () => layout.claim(padded(units));
  const gamma = { value: claim(), gradient: claim() };
  const beta = { value: claim(), gradient: claim() };
  ensurePages(memory, layout.pages);
  floats(memory, gamma.value, units).fill(1);
  return { gamma, beta };
}

export function batchNormNode(
  { kernels, layout }: Context,
  { epsilon, decay }: LayerPlan & { type: 'batchNorm' },
  source: Source,
  { gamma, beta, runningMean, runningVariance }: BatchNormArrays
): SimdNode {
  const { units, stride } = source;
  const compact = stride === units;
  const mean = layout.claim(stride);
  const variance = layout.claim(stride);
  const dGamma = compact ? gamma.gradient : layout.claim(stride);
  const dBeta = compact ? beta.gradient : layout.claim(stride);
  let zNorm = 0;
  const base = buffers(units);
  return {
    ...base,
    place(target, rows) {
      base.place.call(this, target, rows);
      zNorm = target.claim(rows * stride);
    },
    forward(rows, mode) {
      const z = source.output;
      const [mu, sigma2] = mode === 'train' ? [mean, variance] : [runningMean, runningVariance];
      if (mode === 'train') {
        kernels.batchMoments(rows, stride, z, stride * 4, mean, variance);
      }
      const [g, b] = [gamma.value, beta.value];
      kernels.normalize(rows, stride, z, stride * 4, mu, sigma2, g, b, epsilon, zNorm, this.output);
    },
    backward(rows, below) {
      const dz = below ? source.dOutput : 0;
      const [d, row] = [this.dOutput, stride * 4];
      kernels.normalizeBackward(
        rows,
        stride,
        d,
        row,
        zNorm,
        variance,
        gamma.value,
        epsilon,
        dGamma,
        dBeta,
        dz
      );
      if (!compact) {
        kernels.copyRows(1, units, dGamma, row, gamma.gradient, row);
        kernels.copyRows(1, units, dBeta, row, beta.gradient, row);
      }
    },
    settle() {
      kernels.settle(stride, decay, mean, runningMean);
      kernels.settle(stride, decay, variance, runningVariance);
    }
  };
}

/** The kernel of an activation and its constant. */
function activationKernel(plan: ActivationPlan): [name: ActivationName, constant: number] {
  switch (plan.type) {
    case 'leakyRelu':
      return [plan.type, plan.slope];
    case 'elu':
      return [plan.type, plan.alpha];
    case 'gelu':
      return [plan.approximation === 'tanh' ? 'geluTanh' : 'gelu', 0];
    default:
      return [plan.type, 0];
  }
}

export function activationNode(
  { kernels }: Context,
  plan: ActivationPlan,
  source: Source
): SimdNode {
  const [name, constant] = activationKernel(plan);
  const [value, gradient] = [kernels[name], kernels[`${name}Backward`]];
  return {
    ...buffers(source.units),
    forward(rows) {
      const { stride } = this;
      value(rows, stride, stride * 4, source.output, this.output, constant);
    },
    backward(rows, below) {
      if (below) {
        const { stride, output, dOutput } = this;
        const [z, dz] = [source.output, source.dOutput];
        gradient(rows, stride, stride * 4, z, output, dOutput, dz, constant);
      }
    }
  };
}

export function dropoutNode(
  context: Context,
  plan: LayerPlan & { type: 'dropout' },
  layer: number,
  source: Source
): SimdNode {
  const { kernels, memory } = context;
  const { units, stride } = source;
  const row = stride * 4;
  const base = buffers(units);
  let mask = 0;
  let given: ArrayLike<number> | undefined;

  function drawMask(rows: number): void {
    const { keyA, keyB, threshold, scale } = dropoutDraw(
      plan,
      context.seed,
      layer,
      context.updates
    );
    if (!given) {
      kernels.dropoutMask(rows, stride, row, mask, units, 0, keyA, keyB, threshold, scale);
      return;
    }
    checkMask(given, rows, units);
    const target = floats(memory, mask, rows * stride);
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < units; j++) {
        target[r * stride + j] = scale * given[r * units + j];
      }
    }
  }

  return {
    ...base,
    place(target, rows) {
      base.place.call(this, target, rows);
      mask = target.claim(rows * stride);
    },
    forward(rows, mode) {
      if (mode === 'test') {
        kernels.copyRows(rows, stride, source.output, row, this.output, row);
        return;
      }
      drawMask(rows);
      kernels.multiply(rows, stride, row, source.output, mask, this.output);
    },
    backward(rows, below) {
      if (below) {
        kernels.multiply(rows, stride, row, this.dOutput, mask, source.dOutput);
      }
    },
    setMask(value) {
      given = value;
    }
  };
}

/** What the loss needs of the softmax layer, row by row. */
export interface SoftmaxNode extends SimdNode {
  sums: number;
  shifts: number;
}

export function softmaxNode({ kernels }: Context, source: Source): SoftmaxNode {
  const base = buffers(source.units);
  return {
    ...base,
    sums: 0,
    shifts: 0,
    place(layout, rows) {
      base.place.call(this, layout, rows);
      this.sums = layout.claim(rows);
      this.shifts = layout.claim(rows);
    },
    forward(rows) {
      const { units, stride } = this;
      const [z, a] = [source.output, this.output];
      kernels.softmaxRows(rows, units, stride, z, stride * 4, a, this.sums, this.shifts);
    },
    // Its gradient is fused with the loss, which writes it one layer below.
    backward() {}
  };
}
