import { initializeDense } from '../initialize';
import { checkTrainMode, learnedNumbers } from '../plan';
import type {
  Engine,
  FloatArray,
  LayerOutput,
  Mode,
  NetworkPlan,
  OptimizerPlan,
  Parameter,
  Program,
  Targets
} from '../engine';
import { instantiate } from './kernels';
import { ensurePages, floats, Layout } from './memory';
import {
  batchNormNode,
  denseNode,
  padded,
  reluNode,
  SCRATCH,
  softmaxNode,
  type Learned,
  type SimdNode,
  type SoftmaxNode,
  type Source
} from './nodes';

/** Below lies what AssemblyScript keeps for itself; the kernels have no static data beyond it. */
const FIRST_ADDRESS = 4096;
/** Rows laid out from the start: what `evaluate` asks for. Untouched memory costs nothing. */
const FIRST_ROWS = 1024;
/** Largest memory in which examples are held beside the network: many networks may train side by side. */
const MOST_HELD_BYTES = 256 * 2 ** 20;

function compile(plan: NetworkPlan, module: object): Program {
  const { kernels, memory } = instantiate(module, 1);
  const layout = new Layout(FIRST_ADDRESS);
  const learned = learnedNumbers(plan);
  const [values, gradients, first, second] = [0, 1, 2, 3].map(() => layout.claim(learned));
  const parameters: Parameter[] = [];
  let claimed = 0;

  function view(address: number, count: number) {
    let current: Float32Array | undefined;
    return () => {
      // Growing a memory leaves the views of its old buffer empty.
      if (current?.buffer !== memory.buffer) {
        current = floats(memory, address, count);
      }
      return current;
    };
  }

  function learn(layer: number, name: Parameter['name'], shape: number[]): Learned {
    const count = shape.reduce((product, side) => product * side, 1);
    const at = claimed * 4;
    claimed += count;
    const [value, gradient] = [view(values + at, count), view(gradients + at, count)];
    parameters.push({
      layer, name, shape,
      get values() { return value(); },
      get gradient() { return gradient(); }
    }); // prettier-ignore
    return { value: values + at, gradient: gradients + at };
  }

  function average(layer: number, name: Parameter['name'], units: number): number {
    const address = layout.claim(padded(units));
    const value = view(address, units);
    parameters.push({ layer, name, shape: [units], get values() { return value(); } }); // prettier-ignore
    return address;
  }

  const input: Source = { units: plan.inputs, stride: padded(plan.inputs), output: 0, dOutput: 0 };
  const context = { kernels, layout, scratch: layout.claim(SCRATCH) };
  const nodes: SimdNode[] = [];
  plan.layers.forEach((layer, index) => {
    const source = nodes[index - 1] ?? input;
    switch (layer.type) {
      case 'dense': {
        const weights = learn(index, 'weights', [source.units, layer.units]);
        const bias = layer.bias ? learn(index, 'bias', [layer.units]) : undefined;
        nodes.push(denseNode(context, layer, source, weights, bias));
        break;
      }
      case 'batchNorm':
        nodes.push(
          batchNormNode(context, layer, source, {
            gamma: learn(index, 'gamma', [source.units]),
            beta: learn(index, 'beta', [source.units]),
            runningMean: average(index, 'runningMean', source.units),
            runningVariance: average(index, 'runningVariance', source.units)
          })
        );
        break;
      case 'relu':
        nodes.push(reluNode(context, source));
        break;
      case 'softmax':
        nodes.push(softmaxNode(context, source));
        break;
    }
  });

  let capacity = 0;
  let labelsAt = 0;
  let rows = 0;
  let mode: Mode = 'test';
  let end = 0;
  let held: { x: FloatArray; address: number } | undefined;

  /** Lays out everything that depends on the number of rows. */
  function place(count: number): void {
    capacity = count;
    const upper = new Layout(layout.end);
    input.output = upper.claim(count * input.stride);
    labelsAt = upper.claim(count);
    nodes.forEach(node => node.place(upper, count));
    ensurePages(memory, upper.pages);
    end = upper.end;
    if (held) {
      // What lay above the buffers lies inside them now.
      putAbove(held.x);
    }
  }

  function putAbove(x: FloatArray): void {
    const above = new Layout(end);
    const address = above.claim(x.length);
    ensurePages(memory, above.pages);
    floats(memory, address, x.length).set(x);
    held = { x, address };
  }

  function hold(x: FloatArray | undefined): boolean {
    held = undefined;
    if (!x || end + x.length * 4 > MOST_HELD_BYTES) {
      return false;
    }
    putAbove(x);
    return true;
  }

  function gather(order: Uint32Array): Float32Array {
    if (order.length > capacity) {
      place(order.length);
    }
    const { units, stride, output } = input;
    for (let i = 0; i < order.length; i++) {
      const from = held!.address + order[i] * units * 4;
      kernels.copyRows(1, units, from, 0, output + i * stride * 4, 0);
    }
    return floats(memory, output, order.length * stride);
  }
  place(FIRST_ROWS);
  initialize(plan, parameters);

  function read(x: FloatArray, count: number): void {
    if (x.buffer === memory.buffer && x.byteOffset === input.output) {
      // `gather` has put them there.
      return;
    }
    if (count > capacity) {
      place(count);
    }
    const { units, stride, output } = input;
    const target = floats(memory, output, count * stride);
    if (units === stride) {
      target.set(x.length === target.length ? x : x.subarray(0, target.length));
      return;
    }
    for (let r = 0; r < count; r++) {
      for (let j = 0; j < units; j++) {
        target[r * stride + j] = x[r * units + j];
      }
    }
  }

  function pass(x: FloatArray, count: number, how: Mode): void {
    read(x, count);
    [rows, mode] = [count, how];
    for (const node of nodes) {
      node.forward(count, how);
    }
  }

  function outputOf({ units, stride, output }: SimdNode): LayerOutput {
    const count = rows;
    return {
      units,
      get values() {
        const all = floats(memory, output, count * stride);
        return stride === units ? all : compactRows(all, count, units, stride);
      }
    };
  }

  const outputs = () => nodes.map(outputOf);
  const settle = () => nodes.forEach(node => node.settle?.());

  const last = nodes[nodes.length - 1];
  const scores = nodes[nodes.length - 2] ?? input;

  function loss(targets: Targets) {
    const labels = targets as Int32Array;
    const { sums, shifts, units, stride } = last as SoftmaxNode;
    const z = floats(memory, scores.output, rows * stride);
    const sum = floats(memory, sums, rows);
    const shift = floats(memory, shifts, rows);
    let total = 0;
    let correct = 0;
    for (let r = 0; r < rows; r++) {
      const score = z[r * stride + labels[r]];
      total += Math.log(sum[r]) - (score - shift[r]);
      // The first of equal scores counts as the most probable class, as in the reference.
      let best = 0;
      while (best < units - 1 && z[r * stride + best] < shift[r]) {
        best++;
      }
      correct += best === labels[r] ? 1 : 0;
    }
    return { loss: total / rows, correct };
  }

  function backward(targets: Targets): void {
    const labels = targets as Int32Array;
    checkTrainMode(mode);
    if (nodes.length < 2) {
      return;
    }
    new Int32Array(memory.buffer, labelsAt, rows).set(
      labels.length === rows ? labels : labels.subarray(0, rows)
    );
    const { stride, output } = last;
    kernels.softmaxCrossEntropyBackward(rows, stride, output, stride * 4, labelsAt, scores.dOutput);
    for (let i = nodes.length - 2; i >= 0; i--) {
      nodes[i].backward(rows, i > 0);
    }
  }

  let kind: OptimizerPlan['type'] | undefined;
  let steps = 0;
  function update(optimizer: OptimizerPlan): void {
    if (optimizer.type !== kind) {
      // Another rule begins without the memory of the one before.
      kind = optimizer.type;
      steps = 0;
      for (const state of [first, second]) {
        floats(memory, state, learned).fill(0);
      }
    }
    steps++;
    const n = padded(learned);
    const { learningRate: alpha } = optimizer;
    if (optimizer.type === 'gradientDescent') {
      kernels.gradientDescent(n, alpha, values, gradients);
    } else if (optimizer.type === 'momentum') {
      const { beta, dampening } = optimizer;
      kernels.momentum(n, alpha, beta, 1 - dampening, values, gradients, first);
    } else if (optimizer.type === 'adam') {
      const { beta1, beta2, epsilon } = optimizer;
      const rate = alpha / (1 - beta1 ** steps);
      const root = 1 / Math.sqrt(1 - beta2 ** steps);
      kernels.adam(n, rate, beta1, beta2, epsilon, root, values, gradients, first, second);
    }
  }

  return {
    parameters,
    forward(x, count, how) {
      pass(x, count, how);
      return outputs();
    },
    outputs,
    settle,
    hold,
    gather,
    loss,
    backward,
    update,
    clip: (): never => {
      throw new Error('this part of the engine is being built');
    },
    setDropoutMask: (): never => {
      throw new Error('this part of the engine is being built');
    },
    saveState: (): never => {
      throw new Error('this part of the engine is being built');
    },
    restoreState: (): never => {
      throw new Error('this part of the engine is being built');
    },
    step(x, labels, count, optimizer) {
      pass(x, count, 'train');
      settle();
      const result = loss(labels);
      backward(labels);
      update(optimizer);
      return result;
    }
  };
}

function compactRows(all: Float32Array, rows: number, units: number, stride: number): Float32Array {
  const compact = new Float32Array(rows * units);
  for (let r = 0; r < rows; r++) {
    compact.set(all.subarray(r * stride, r * stride + units), r * units);
  }
  return compact;
}

function initialize(plan: NetworkPlan, parameters: readonly Parameter[]): void {
  for (const { layer, name, values, shape } of parameters) {
    const layerPlan = plan.layers[layer];
    if (name === 'gamma' || name === 'runningVariance') {
      values.fill(1);
    } else if (name === 'weights' && layerPlan.type === 'dense') {
      const bias = parameters.find(other => other.layer === layer && other.name === 'bias');
      initializeDense(layerPlan.initialization, plan.seed, layer, shape[0], values, bias?.values);
    }
  }
}

/** An engine on one compiled build of the kernels. */
export function createSimdEngine(name: string, module: object): Engine {
  return { name, compile: plan => compile(plan, module) };
}
