/**
 * The interface between networks and what computes them. A network is described by plain data (a plan);
 * an engine turns the plan into a program that owns all memory and does one mini-batch a call. The
 * engine in plain TypeScript is `reference/`; faster ones take the same plans and give the same numbers.
 */

export type FloatArray = Float32Array | Float64Array;

/** How the weights of a dense layer begin, as `initializations.*` describes it. */
export type InitializationPlan =
  | { readonly type: 'fanIn' }
  | { readonly type: 'he' | 'xavier' | 'leCun'; readonly distribution: 'normal' | 'uniform' }
  | { readonly type: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly type: 'uniform'; readonly low: number; readonly high: number }
  | { readonly type: 'constant'; readonly value: number };

/** A name stands for its usual form: normal for `'he'`, `'xavier'` and `'leCun'`. */
export type Initialization = 'fanIn' | 'he' | 'xavier' | 'leCun' | InitializationPlan;

export interface DensePlan {
  readonly type: 'dense';
  readonly units: number;
  /** `'auto'`: unless batch norm comes right after it. In a network it is settled. */
  readonly bias: boolean | 'auto';
  readonly initialization: Initialization;
  /** Longest that the weights into one unit may be; longer ones are shortened after each update. */
  readonly maxNorm?: number;
}

export interface BatchNormPlan {
  readonly type: 'batchNorm';
  /** Weight of the past in the running statistics. */
  readonly decay: number;
  readonly epsilon: number;
  /** Whether gamma and beta are learned; without them the layer has no parameters but its averages. */
  readonly affine: boolean;
}

export interface DropoutPlan {
  readonly type: 'dropout';
  /** Share of the units that are dropped. */
  readonly rate: number;
  /** Seed of the masks; the network's without one. */
  readonly seed?: number;
}

export interface ReluPlan {
  readonly type: 'relu';
}

export interface LeakyReluPlan {
  readonly type: 'leakyRelu';
  readonly slope: number;
}

export interface EluPlan {
  readonly type: 'elu';
  readonly alpha: number;
}

export interface GeluPlan {
  readonly type: 'gelu';
  readonly approximation: 'none' | 'tanh';
}

export interface TanhPlan {
  readonly type: 'tanh';
}

export interface SigmoidPlan {
  readonly type: 'sigmoid';
}

export interface SoftmaxPlan {
  readonly type: 'softmax';
  /** Share of the truth that is spread evenly over all classes while training. */
  readonly labelSmoothing: number;
}

/** Layers that work on each number by itself and learn nothing. */
export type ActivationPlan = ReluPlan | LeakyReluPlan | EluPlan | GeluPlan | TanhPlan | SigmoidPlan;

export type LayerPlan = DensePlan | BatchNormPlan | DropoutPlan | ActivationPlan | SoftmaxPlan;

export interface NetworkPlan {
  /** Numbers in one example. */
  readonly inputs: number;
  readonly layers: readonly LayerPlan[];
  /** Seed of the initial weights. */
  readonly seed: number;
  /** Width of every stored number. */
  readonly precision: 'float32' | 'float64';
}

/** What every optimizer has. A schedule changes `learningRate` from step to step. */
interface Rule {
  readonly learningRate: number;
  /** Times every learned number, added to its gradient; with `adamW` taken off the number itself. */
  readonly weightDecay: number;
}

interface AdamRule extends Rule {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** An optimizer's rule and constants, without its state. */
export type OptimizerPlan =
  | ({ readonly type: 'gradientDescent' } & Rule)
  | ({
      readonly type: 'momentum';
      readonly beta: number;
      readonly dampening: number;
      readonly nesterov: boolean;
    } & Rule)
  | ({ readonly type: 'rmsProp'; readonly decay: number; readonly epsilon: number } & Rule)
  | ({ readonly type: 'adam' } & AdamRule)
  | ({ readonly type: 'adamW' } & AdamRule);

/** Bounds on gradients; with both, each number is bounded first. */
export interface ClipLimits {
  /** Largest norm of all gradients together; longer ones are shortened to it. */
  readonly clipNorm?: number;
  /** Largest magnitude of each number. */
  readonly clipValue?: number;
}

/** The truth: class numbers (rows) for cross-entropy, else numbers (rows x outputs), row by row. */
export type Targets = Int32Array | FloatArray;

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
  /** Mean over the rows, and over the outputs unless they are the classes of a softmax. */
  readonly loss: number;
  /**
   * Rows that were got right: the most probable class after softmax, every output on the right side of 1/2 after
   * sigmoid; 0 with mean squared error.
   */
  readonly correct: number;
}

/** All that training has changed in a program: what it needs to go on, bit by bit, from there. Plain copies. */
export interface ProgramState {
  /** `values` of every parameter, in order. */
  readonly parameters: readonly FloatArray[];
  /** Updates since the program was compiled; dropout draws a new mask after each. */
  readonly updates: number;
  /** Rule of the last update, how many it made in a row, and what it remembers; missing before the first. */
  readonly optimizer?: {
    readonly type: OptimizerPlan['type'];
    readonly steps: number;
    readonly first: FloatArray;
    readonly second: FloatArray;
  };
}

/** A network in an engine's memory. */
export interface Program {
  readonly parameters: readonly Parameter[];
  /** The output of every layer for `rows` examples. Running averages stay as they are. */
  forward(x: FloatArray, rows: number, mode: Mode): readonly LayerOutput[];
  /** What every layer gave in the last pass, that of `step` included; views that the next call overwrites. */
  outputs(): readonly LayerOutput[];
  /** Moves batch norm's running averages by the last pass, which was in train mode. `step` does so by itself. */
  settle(): void;
  /** Loss of the last forward pass against `targets`; `lossOf` says which one it is. */
  loss(targets: Targets): BatchResult;
  /** Gradients of that loss with respect to every learned parameter. */
  backward(targets: Targets): void;
  /** Bounds the gradients, as `torch.nn.utils.clip_grad_norm_` and `clip_grad_value_` do. */
  clip(limits: ClipLimits): void;
  /** One step of the optimizer along the last gradients. Its state lives here; another rule begins afresh. */
  update(optimizer: OptimizerPlan): void;
  /** Forward in train mode, running averages, loss, backward, clip and update: a whole mini-batch. */
  step(
    x: FloatArray,
    targets: Targets,
    rows: number,
    optimizer: OptimizerPlan,
    limits?: ClipLimits
  ): BatchResult;
  /** Keeps (1) and drops (0) the units of a dropout layer by `mask` (rows x units) until it is `undefined`. */
  setDropoutMask(layer: number, mask: ArrayLike<number> | undefined): void;
  /**
   * Names the examples of which `gather` makes mini-batches, (rows, inputs) row by row; `undefined` lets them go. The
   * engine may copy them into its memory.
   */
  hold?(x: FloatArray | undefined): void;
  /**
   * Puts rows `order[start]` to `order[end - 1]` of them where `step` reads, and returns what to pass to it as `x`.
   * @param order all examples' numbers; another order is another array
   */
  gather?(order: Uint32Array, start: number, end: number): FloatArray;
  saveState(): ProgramState;
  restoreState(state: ProgramState): void;
}

export interface CompileOptions {
  /** Threads that share the work of large layers, this one included. Default: `1`. They change no bit of any result. */
  readonly threads?: number;
}

export interface Engine {
  readonly name: string;
  compile(plan: NetworkPlan, options?: CompileOptions): Program;
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
