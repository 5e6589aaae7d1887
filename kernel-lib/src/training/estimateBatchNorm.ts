import { floatsOf, readInputs } from './inputs';
import { checkRoom, programOf, type Network } from './network';
import { CHUNK } from './predict';
import type { TrainingData } from './trainingSet';

/** Mean and variance of columns, gathered chunk by chunk in double precision (Chan et al. 1979). */
function createMoments(units: number) {
  const mean = new Float64Array(units);
  const squares = new Float64Array(units);
  let seen = 0;
  return {
    add(values: ArrayLike<number>, rows: number): void {
      for (let j = 0; j < units; j++) {
        let sum = 0;
        for (let r = 0; r < rows; r++) {
          sum += values[r * units + j];
        }
        const own = sum / rows;
        let spread = 0;
        for (let r = 0; r < rows; r++) {
          spread += (values[r * units + j] - own) ** 2;
        }
        const shift = own - mean[j];
        mean[j] += (shift * rows) / (seen + rows);
        squares[j] += spread + (shift * shift * seen * rows) / (seen + rows);
      }
      seen += rows;
    },
    result: () => ({ mean, variance: squares.map(sum => sum / seen) })
  };
}

/**
 * Replaces batch norm's running averages by the mean and the (biased) variance over a whole training set, exactly:
 * the layers follow one another, each measured with those below it in their final test-time form. The lecture
 * mentions this as the alternative to exponentially weighted averages.
 *
 * @param data the training set; only its inputs are used
 * @throws RangeError if the examples do not fit the network. A network without batch norm stays as it is.
 * @example
 * const data = datasets.digits();
 * const network = sequential(
 *   [layers.dense(32), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
 *   { inputs: 64 }
 * );
 * await fit(network, data.train, { optimizer: optimizers.adam(), epochs: 3 });
 * estimateBatchNorm(network, data.train);
 * evaluate(network, data.test).accuracy
 * @see Ioffe and Szegedy 2015, algorithm 2 (there with the unbiased variance); lecture, "Batch Norm at test time".
 */
export function estimateBatchNorm(network: Network, data: Pick<TrainingData, 'x'>): void {
  const program = programOf(network);
  const { values: x, rows } = readInputs('estimateBatchNorm', network, data?.x);
  checkRoom('estimateBatchNorm', network, Math.min(rows, CHUNK));
  const { inputs } = network;
  network.layers.forEach((plan, layer) => {
    if (plan.type !== 'batchNorm') {
      return;
    }
    const stored = (name: 'runningMean' | 'runningVariance') =>
      network.parameters.find(p => p.layer === layer && p.name === name)!.values;
    const moments = createMoments(stored('runningMean').length);
    for (let start = 0; start < rows; start += CHUNK) {
      const end = Math.min(start + CHUNK, rows);
      const chunk = floatsOf(network).from(x.subarray(start * inputs, end * inputs));
      const outputs = program.forward(chunk, end - start, 'test');
      moments.add(layer === 0 ? chunk : outputs[layer - 1].values, end - start);
    }
    const { mean, variance } = moments.result();
    stored('runningMean').set(mean);
    stored('runningVariance').set(variance);
  });
}
