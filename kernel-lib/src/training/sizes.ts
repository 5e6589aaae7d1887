import { rangeError } from '../errors';
import type { LayerPlan, Parameter } from '../wasm/engine';

const GIB = 2 ** 30;
/** What one WebAssembly memory can hold. */
const LARGEST = 4 * GIB;
/** Values, gradients, and two arrays for the optimizer. */
const COPIES = 4;
/** Each layer keeps its output, the gradient of it and at most one array more. */
const BUFFERS = 3;

type Described = Pick<Parameter, 'layer' | 'name' | 'shape'>;

/** What a network of these layers stores: learned arrays and batch norm's averages, in order. */
export function parameterShapes(inputs: number, layers: readonly LayerPlan[]): Described[] {
  let units = inputs;
  return layers.flatMap((plan, layer) => {
    const vectors = (...names: Parameter['name'][]) =>
      names.map(name => ({ layer, name, shape: [units] }));
    if (plan.type === 'dense') {
      const weights: Described = { layer, name: 'weights', shape: [units, plan.units] };
      units = plan.units;
      return plan.bias ? [weights, ...vectors('bias')] : [weights];
    }
    if (plan.type === 'batchNorm') {
      const learned = plan.affine ? vectors('gamma', 'beta') : [];
      return [...learned, ...vectors('runningMean', 'runningVariance')];
    }
    return [];
  });
}

/**
 * Refuses what no memory could hold, before anything is allocated.
 * @param rows examples at work at the same time
 * @throws RangeError that says how many GiB it would need.
 */
export function checkSize(
  where: string,
  inputs: number,
  layers: readonly LayerPlan[],
  rows: number,
  bytes: 4 | 8
): void {
  let units = inputs;
  const widths = layers.map(plan => (units = plan.type === 'dense' ? plan.units : units));
  const stored = parameterShapes(inputs, layers).reduce(
    (sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1),
    0
  );
  const perRow = widths.reduce((sum, width) => sum + BUFFERS * width, inputs);
  const needed = bytes * (COPIES * stored + rows * perRow);
  if (needed > LARGEST) {
    throw rangeError(
      where,
      'the network and its mini-batch must fit into 4 GiB',
      `a network that would need ${(needed / GIB).toPrecision(3)} GiB: ${stored.toExponential(2)} ` +
        `parameters, and ${perRow.toExponential(2)} numbers for each of ${rows} rows`,
      'Use fewer units, fewer inputs or a smaller batch.'
    );
  }
}

/** @throws RangeError that says how many GiB the outputs for these rows would need. */
export function checkOutputs(where: string, rows: number, units: number, bytes: number): void {
  const needed = bytes * rows * units;
  if (needed > LARGEST) {
    throw rangeError(
      where,
      'the outputs must fit into 4 GiB',
      `${rows} rows of ${units} outputs, which would need ${(needed / GIB).toPrecision(3)} GiB`,
      'Pass fewer rows at a time.'
    );
  }
}
