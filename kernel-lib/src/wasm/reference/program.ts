import type {
  Engine,
  FloatArray,
  Mode,
  NetworkPlan,
  OptimizerPlan,
  Parameter,
  Program
} from '../engine';
import { checkDropoutLayer, checkState, checkTrainMode, learnedNumbers, lossOf } from '../plan';
import { lossFunctions } from './losses';
import { createNode, type Claim, type Clock, type Node } from './nodes';
import { clipGradients, updateParameters, type OptimizerState } from './optimizers';

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
  const clock: Clock = { seed: plan.seed, updates: 0 };
  const nodes: Node[] = plan.layers.map((layer, index) => {
    const node = createNode(layer, index, width, clock, allocate, claim);
    width = node.units;
    return node;
  });
  const outputUnits = width;
  const rule = lossFunctions(plan);
  const last = nodes[nodes.length - 1];
  // Softmax and sigmoid at the end are part of the loss, whose gradient is known one layer below.
  const top = nodes.length - (lossOf(plan) === 'meanSquaredError' ? 1 : 2);
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

  const loss: Program['loss'] = targets =>
    rule.value(nodes[top]?.output ?? input, last.output, targets, rows, outputUnits);

  const backward: Program['backward'] = targets => {
    checkTrainMode(mode);
    if (top < 0) {
      return;
    }
    rule.backward(last.output, targets, rows, outputUnits, nodes[top].dOutput);
    for (let i = top; i >= 0; i--) {
      const below = i === 0 ? input : nodes[i - 1].output;
      nodes[i].backward(below, rows, i === 0 ? undefined : nodes[i - 1].dOutput);
    }
  };

  const clip: Program['clip'] = limits => clipGradients(limits, gradients);

  const update: Program['update'] = optimizer => {
    if (optimizer.type !== kind) {
      // Another rule begins without the memory of the one before.
      kind = optimizer.type;
      state = { steps: 0, first: allocate(values.length), second: allocate(values.length) };
    }
    updateParameters(optimizer, state, values, gradients);
    nodes.forEach(node => node.constrain?.());
    clock.updates++;
  };

  const parameters = nodes.flatMap(node => [...node.parameters]);
  return {
    parameters,
    forward,
    outputs,
    settle,
    loss,
    backward,
    clip,
    update,
    step(x, targets, count, optimizer, limits) {
      forward(x, count, 'train');
      settle();
      const result = loss(targets);
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
    saveState: () => ({
      parameters: parameters.map(parameter => parameter.values.slice()),
      updates: clock.updates,
      optimizer: kind && {
        type: kind,
        steps: state.steps,
        first: state.first.slice(),
        second: state.second.slice()
      }
    }),
    restoreState(saved) {
      checkState(parameters, saved);
      parameters.forEach((parameter, i) => parameter.values.set(saved.parameters[i]));
      clock.updates = saved.updates;
      kind = saved.optimizer?.type;
      if (saved.optimizer) {
        const { steps, first, second } = saved.optimizer;
        state = { steps, first: Floats.from(first), second: Floats.from(second) };
      }
    }
  };
}

/** The engine in plain TypeScript: the oracle of tests, and what runs everywhere. */
export const referenceEngine: Engine = { name: 'reference', compile };
