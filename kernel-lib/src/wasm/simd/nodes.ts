import type { LayerPlan, Mode } from '../engine';
import type { Kernels } from './kernels';
import type { Layout } from './memory';

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
}

/** Addresses of a learned array and its gradient. */
export interface Learned {
  value: number;
  gradient: number;
}

interface Context {
  kernels: Kernels;
  /** For arrays that live as long as the network. */
  layout: Layout;
  /** Room for a panel of a matrix, shared by all products. */
  scratch: number;
}

/** Numbers in such a panel: what `DEPTH` in `assembly/gemm.ts` asks for. */
export const SCRATCH = 256 * 16;

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
  { units }: LayerPlan & { type: 'dense' },
  source: Source,
  weights: Learned,
  bias: Learned | undefined
): SimdNode {
  const stride = padded(units);
  const inputs = source.units;
  const compact = stride === units;
  const row = units * 4;
  // Weights whose rows are no whole vectors are copied to a padded form for each pass.
  const w = compact ? weights.value : layout.claim(inputs * stride);
  const dw = compact ? weights.gradient : layout.claim(inputs * stride);
  const db = bias && (compact ? bias.gradient : layout.claim(stride));
  const transposed = layout.claim(units * source.stride);
  return {
    ...buffers(units),
    forward(rows) {
      if (!compact) {
        kernels.copyRows(inputs, units, weights.value, row, w, stride * 4);
      }
      const [x, xRow] = [source.output, source.stride * 4];
      kernels.gemm(
        rows,
        stride,
        inputs,
        x,
        xRow,
        4,
        w,
        stride * 4,
        this.output,
        stride * 4,
        bias?.value ?? 0,
        scratch
      );
    },
    backward(rows, below) {
      const [x, xRow] = [source.output, source.stride * 4];
      // dW = x^T dz: the columns of x are read as rows.
      kernels.gemm(
        inputs,
        stride,
        rows,
        x,
        4,
        xRow,
        this.dOutput,
        stride * 4,
        dw,
        stride * 4,
        0,
        scratch
      );
      if (!compact) {
        kernels.copyRows(inputs, units, dw, stride * 4, weights.gradient, row);
      }
      if (bias && db) {
        kernels.columnSums(rows, stride, this.dOutput, stride * 4, db);
        if (!compact) {
          kernels.copyRows(1, units, db, row, bias.gradient, row);
        }
      }
      if (below) {
        // dx = dz W^T; the padding of the transpose stays 0, and so does that of dx.
        kernels.transpose(inputs, units, w, stride * 4, transposed, xRow);
        const dz = this.dOutput;
        kernels.gemm(
          rows,
          source.stride,
          units,
          dz,
          stride * 4,
          4,
          transposed,
          xRow,
          source.dOutput,
          xRow,
          0,
          scratch
        );
      }
    }
  };
}

export interface BatchNormArrays {
  gamma: Learned;
  beta: Learned;
  runningMean: number;
  runningVariance: number;
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

export function reluNode({ kernels }: Context, source: Source): SimdNode {
  return {
    ...buffers(source.units),
    forward(rows) {
      kernels.relu(rows * this.stride, source.output, this.output);
    },
    backward(rows, below) {
      if (below) {
        kernels.reluBackward(rows * this.stride, source.output, this.dOutput, source.dOutput);
      }
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
