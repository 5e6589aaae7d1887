import { initializeDense } from '../initialize';
import { checkDropoutLayer, checkState, checkTrainMode, learnedNumbers, lossOf } from '../plan';
import type {
  ClipLimits,
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
import { createLoss } from './losses';
import { ensurePages, floats, Layout } from './memory';
import {
  activationNode,
  batchNormNode,
  denseNode,
  dropoutNode,
  fixedScale,
  padded,
  scratchFor,
  softmaxNode,
  type Context,
  type Learned,
  type SimdNode,
  type Source
} from './nodes';
import { clipLearned, updateLearned } from './optimizers';
import { startThreads, type Threads } from '../threads/start';

/** Below lies what AssemblyScript keeps for itself; the kernels have no static data beyond it. */
const FIRST_ADDRESS = 4096;
/**
 * Rows laid out from the start: what `evaluate` asks for. Untouched memory costs nothing, but V8 keeps about 10 KB of
 * every memory that grows once it is in use.
 */
const FIRST_ROWS = 1024;
/** Numbers that this may take: of very wide networks fewer rows are laid out. */
const FIRST_NUMBERS = 2 ** 24;
/**
 * Largest copy of the examples in the network's memory. It costs about three epochs of what it saves, where rows are long, and
 * many networks may train side by side.
 */
const MOST_HELD_BYTES = 32 * 2 ** 20;

function compile(plan: NetworkPlan, module: object, threads: Threads | undefined): Program {
  const instance = instantiate(threads?.module ?? module, 1, threads !== undefined);
  const { memory } = instance;
  const scratchSize = scratchFor(plan);
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
  const scratch = layout.claim(scratchSize * (threads?.count ?? 1));
  const kernels = threads ? threads.share(instance, scratchSize * 4) : instance.kernels;
  const context: Context = { kernels, memory, layout, scratch, seed: plan.seed, updates: 0 };
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
      case 'batchNorm': {
        const scale = layer.affine
          ? {
              gamma: learn(index, 'gamma', [source.units]),
              beta: learn(index, 'beta', [source.units])
            }
          : fixedScale(context, source.units);
        nodes.push(
          batchNormNode(context, layer, source, {
            ...scale,
            runningMean: average(index, 'runningMean', source.units),
            runningVariance: average(index, 'runningVariance', source.units)
          })
        );
        break;
      }
      case 'dropout':
        nodes.push(dropoutNode(context, layer, index, source));
        break;
      case 'softmax':
        nodes.push(softmaxNode(context, source));
        break;
      default:
        nodes.push(activationNode(context, layer, source));
    }
  });

  const last = nodes[nodes.length - 1];
  const loss = createLoss(plan, context, last, nodes[nodes.length - 2] ?? input);
  // Softmax and sigmoid at the end are part of the loss, whose gradient is known one layer below.
  const top = nodes.length - (lossOf(plan) === 'meanSquaredError' ? 1 : 2);

  let capacity = 0;
  let rows = 0;
  let mode: Mode = 'test';
  let end = 0;
  /** The examples to gather from, and where the copy of them lies, if there is one. */
  let held: { x: FloatArray; address: number } | undefined;
  /** The order of the running epoch, and where the kernel reads it, behind the examples. */
  let epochOrder: Uint32Array | undefined;
  let orderAt = 0;
  let gathered = new Float32Array(0);

  /** Lays out everything that depends on the number of rows. */
  function place(count: number): void {
    capacity = count;
    const upper = new Layout(layout.end);
    input.output = upper.claim(count * input.stride);
    gathered = new Float32Array(0);
    loss.place(upper, count);
    nodes.forEach(node => node.place(upper, count));
    ensurePages(memory, upper.pages);
    if (threads) {
      context.weight = new ArrayBuffer(memory.buffer.byteLength);
    }
    end = upper.end;
    hold(held?.x);
  }

  function hold(x: FloatArray | undefined): void {
    held = x && { x, address: 0 };
    if (!x || x.length * 4 > MOST_HELD_BYTES) {
      return;
    }
    // Above all buffers: when those grow, the examples are copied anew.
    const above = new Layout(end);
    const address = above.claim(x.length);
    orderAt = above.claim(x.length / input.units);
    epochOrder = undefined;
    ensurePages(memory, above.pages);
    floats(memory, address, x.length).set(x);
    held = { x, address };
  }

  function gather(order: Uint32Array, start: number, stop: number): Float32Array {
    const count = stop - start;
    if (count > capacity) {
      place(count);
    }
    const { units, stride, output } = input;
    if (gathered.buffer !== memory.buffer || gathered.length !== count * stride) {
      gathered = floats(memory, output, count * stride);
    }
    const { x, address } = held!;
    if (address > 0) {
      if (order !== epochOrder) {
        new Uint32Array(memory.buffer, orderAt, order.length).set(order);
        epochOrder = order;
      }
      kernels.gatherRows(count, units, orderAt + start * 4, address, output, stride * 4);
    } else {
      let touched = 0;
      for (let i = 0; i < count; i++) {
        // One number of each row first: rows lie on pages of their own, whose addresses are then found side by side.
        touched += x[order[start + i] * units];
      }
      // Overwritten at once; a sum that goes nowhere would be left out.
      gathered[0] = touched;
      for (let i = 0; i < count; i++) {
        const at = order[start + i] * units;
        gathered.set(x.subarray(at, at + units), i * stride);
      }
    }
    return gathered;
  }
  const perRow = nodes.reduce((numbers, { stride }) => numbers + stride, input.stride);
  place(Math.max(1, Math.min(FIRST_ROWS, Math.floor(FIRST_NUMBERS / perRow))));
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
    threads?.quiet();
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

  function backward(targets: Targets): void {
    checkTrainMode(mode);
    if (top < 0) {
      return;
    }
    loss.backward(targets, rows);
    for (let i = top; i >= 0; i--) {
      nodes[i].backward(rows, i > 0);
    }
  }

  const n = padded(learned);
  const clip = (limits: ClipLimits) => clipLearned(kernels, limits, n, gradients);
  const memories = () => [first, second].map(address => floats(memory, address, learned));

  let kind: OptimizerPlan['type'] | undefined;
  let steps = 0;
  function update(optimizer: OptimizerPlan): void {
    if (optimizer.type !== kind) {
      // Another rule begins without the memory of the one before.
      kind = optimizer.type;
      steps = 0;
      memories().forEach(state => state.fill(0));
    }
    steps++;
    updateLearned(kernels, optimizer, steps, n, { values, gradients, first, second });
    nodes.forEach(node => node.constrain?.());
    context.updates++;
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
    loss: targets => loss.value(targets, rows),
    backward,
    clip,
    update,
    step(x, targets, count, optimizer, limits) {
      pass(x, count, 'train');
      settle();
      const result = loss.value(targets, rows);
      backward(targets);
      if (limits) {
        clip(limits);
      }
      update(optimizer);
      return result;
    },
    setDropoutMask(layer, mask) {
      checkDropoutLayer(plan, layer);
      nodes[layer].setMask!(mask);
    },
    saveState() {
      threads?.quiet();
      const [m, v] = memories().map(state => state.slice());
      return {
        parameters: parameters.map(parameter => parameter.values.slice()),
        updates: context.updates,
        optimizer: kind && { type: kind, steps, first: m, second: v }
      };
    },
    restoreState(state) {
      checkState(parameters, state);
      threads?.quiet();
      parameters.forEach((parameter, i) => parameter.values.set(state.parameters[i]));
      context.updates = state.updates;
      kind = state.optimizer?.type;
      if (state.optimizer) {
        steps = state.optimizer.steps;
        const [m, v] = memories();
        m.set(state.optimizer.first);
        v.set(state.optimizer.second);
      }
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

/**
 * An engine on one compiled build of the kernels.
 * @param shared the same build for memories that threads share, compiled when it is asked for
 */
export function createSimdEngine(
  name: string,
  module: object,
  shared?: () => object | undefined
): Engine {
  return {
    name,
    compile: (plan, { threads = 1 } = {}) =>
      compile(plan, module, threads > 1 && shared ? startThreads(shared, threads) : undefined)
  };
}
