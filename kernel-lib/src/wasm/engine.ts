/**
 * The interface between networks and what computes them. A network is described by plain data (a plan);
 * an engine turns the plan into a program that owns all memory and does one mini-batch a call. The
 * engine in plain TypeScript is `reference/`; faster ones take the same plans and give the same numbers.
 */

export type FloatArray = Float32Array | Float64Array;

/** How the weights of a dense layer begin. */
export type Initialization = 'fanIn' | 'he';

export interface DensePlan {
  readonly type: 'dense';
  readonly units: number;
  readonly bias: boolean;
  readonly initialization: Initialization;
}

export interface BatchNormPlan {
  readonly type: 'batchNorm';
  /** Weight of the past in the running statistics. */
  readonly decay: number;
  readonly epsilon: number;
}

export interface ReluPlan {
  readonly type: 'relu';
}

export interface SoftmaxPlan {
  readonly type: 'softmax';
}

export type LayerPlan = DensePlan | BatchNormPlan | ReluPlan | SoftmaxPlan;

export interface NetworkPlan {
  /** Numbers in one example. */
  readonly inputs: number;
  readonly layers: readonly LayerPlan[];
  /** Seed of the initial weights. */
  readonly seed: number;
  /** Width of every stored number. */
  readonly precision: 'float32' | 'float64';
}

/** An optimizer's rule and constants, without its state. */
export type OptimizerPlan =
  | { readonly type: 'gradientDescent'; readonly learningRate: number }
  | {
      readonly type: 'momentum';
      readonly learningRate: number;
      readonly beta: number;
      readonly dampening: number;
    }
  | {
      readonly type: 'adam';
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

/** A named view of the program's memory: writing to `values` changes the network. */
export interface Parameter {
  /** Place of its layer in the network, from 0. */
  readonly layer: number;
  readonly name: 'weights' | 'bias' | 'gamma' | 'beta' | 'runningMean' | 'runningVariance';
  /** `[inputs, units]` for weights, `[units]` otherwise. */
  readonly shape: readonly number[];
  readonly values: FloatArray;
  /** dLoss/dvalues of the last `backward`; missing where nothing is learned by gradients. */
  readonly gradient?: FloatArray;
}

/** How batch norm finds mean and variance: from the batch, or from its running averages. */
export type Mode = 'train' | 'test';

/** What one layer gave for the last batch. */
export interface LayerOutput {
  readonly units: number;
  /** rows x units, row by row; a view that the next call overwrites. */
  readonly values: FloatArray;
}

export interface BatchResult {
  /** Mean cross-entropy over the rows, in nats. */
  readonly loss: number;
  /** Rows whose most probable class was the right one. */
  readonly correct: number;
}

/** A network in an engine's memory. */
export interface Program {
  readonly parameters: readonly Parameter[];
  /** The output of every layer for `rows` examples. Running averages stay as they are. */
  forward(x: FloatArray, rows: number, mode: Mode): readonly LayerOutput[];
  /** Loss of the last forward pass against `labels`. */
  loss(labels: Int32Array): BatchResult;
  /** Gradients of that loss with respect to every learned parameter. */
  backward(labels: Int32Array): void;
  /** One step of the optimizer along the last gradients. Its state lives here; another rule begins afresh. */
  update(optimizer: OptimizerPlan): void;
  /** Forward in train mode, running averages, loss, backward and update: a whole mini-batch. */
  step(x: FloatArray, labels: Int32Array, rows: number, optimizer: OptimizerPlan): BatchResult;
}

export interface Engine {
  readonly name: string;
  compile(plan: NetworkPlan): Program;
}

/**
 * Which build computes a network. `'auto'` takes the fastest that this machine can run: `'relaxed'` fuses a product
 * and a sum into one rounding, `'plain'` does not and gives the same bits on every machine with WebAssembly SIMD;
 * `'reference'` is plain TypeScript and runs everywhere.
 */
export type Variant = 'auto' | 'relaxed' | 'plain' | 'reference';

/** What computes, and why. */
export interface EngineInfo {
  engine: string;
  reason: string;
}
