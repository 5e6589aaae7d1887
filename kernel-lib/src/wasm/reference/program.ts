import type {
  Engine,
  FloatArray,
  Mode,
  NetworkPlan,
  OptimizerPlan,
  Parameter,
  Program,
  Targets
} from '../engine';
import { checkTrainMode, learnedNumbers } from '../plan';
import { createNode, type Claim, type Node } from './nodes';
import { updateParameters, type OptimizerState } from './optimizers';
import { softmaxCrossEntropy, softmaxCrossEntropyBackward } from './softmax';

function compile(plan: NetworkPlan): Program {
  const Floats = plan.precision === 'float64' ? Float64Array : Float32Array;
  const allocate = (length: number): FloatArray => new Floats(length);

  // All learned numbers lie in one array, their gradients in another: an optimizer is one sweep.
  const values = allocate(learnedNumbers(plan));
  const gradients = allocate(values.length);
  let claimed = 0;
  const claim: Claim = (layer, name, shape): Parameter => {
    const start = claimed;
    claimed += shape.reduce((product, side) => product * side, 1);
    return {
      layer,
      name,
      shape,
      values: values.subarray(start, claimed),
      gradient: gradients.subarray(start, claimed)
    };
  };

  let width = plan.inputs;
  const nodes: Node[] = plan.layers.map((layer, index) => {
    const node = createNode(layer, index, width, plan.seed, allocate, claim);
    width = node.units;
    return node;
  });
  const classes = width;
  const logits = plan.layers.length - 2;
  let kind: OptimizerPlan['type'] | undefined;
  let state: OptimizerState;
  let capacity = 0;
  let input = allocate(0);
  let rows = 0;
  let mode: Mode = 'test';

  function forward(x: FloatArray, count: number, how: Mode) {
    if (count > capacity) {
      capacity = count;
      nodes.forEach(node => node.resize(count));
    }
    [input, rows, mode] = [x, count, how];
    nodes.forEach((node, i) => node.forward(i === 0 ? x : nodes[i - 1].output, count, how));
    return outputs();
  }
  const outputs = () =>
    nodes.map(({ units, output }) => ({ units, values: output.subarray(0, rows * units) }));
  const settle = () => nodes.forEach(node => node.settle?.());

  // `network.ts` has made sure that a softmax layer is last and that something feeds it.
  const logitsOutput = () => (logits >= 0 ? nodes[logits].output : input);
  const loss = (targets: Targets) =>
    softmaxCrossEntropy(logitsOutput(), targets as Int32Array, rows, classes);

  function backward(targets: Targets): void {
    const labels = targets as Int32Array;
    checkTrainMode(mode);
    if (logits < 0) {
      return;
    }
    const last = nodes[nodes.length - 1];
    softmaxCrossEntropyBackward(last.output, labels, rows, classes, nodes[logits].dOutput);
    for (let i = logits; i >= 0; i--) {
      const below = i === 0 ? input : nodes[i - 1].output;
      nodes[i].backward(below, rows, i === 0 ? undefined : nodes[i - 1].dOutput);
    }
  }

  const update: Program['update'] = optimizer => {
    if (optimizer.type !== kind) {
      // Another rule begins without the memory of the one before.
      kind = optimizer.type;
      state = { steps: 0, first: allocate(values.length), second: allocate(values.length) };
    }
    updateParameters(optimizer, state, values, gradients);
  };

  return {
    parameters: nodes.flatMap(node => [...node.parameters]),
    forward,
    outputs,
    settle,
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
      forward(x, count, 'train');
      settle();
      const result = loss(labels);
      backward(labels);
      update(optimizer);
      return result;
    }
  };
}

/** The engine in plain TypeScript: the oracle of tests, and what runs everywhere. */
export const referenceEngine: Engine = { name: 'reference', compile };
