// TensorFlow.js on WebAssembly, by its layers: `node tfjs_runner.mjs <folder of the peers>`.
import { createRequire } from 'node:module';
import path from 'node:path';
import { batch, denseWeights, serve } from './serve.mjs';

const require = createRequire(path.join(process.argv[2], 'package.json'));
const tf = require('@tensorflow/tfjs-core');
const { layers, sequential } = require('@tensorflow/tfjs-layers');
const wasm = require('@tensorflow/tfjs-backend-wasm');
wasm.setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
if (!(await tf.setBackend('wasm'))) {
  throw new Error('TensorFlow.js has no WebAssembly here');
}

const describe = {
  dense: ({ units, bias }) => ({ make: layers.dense, options: { units, useBias: bias } }),
  batchNorm: ({ epsilon, decay }) => ({
    make: layers.batchNormalization,
    options: { epsilon, momentum: decay }
  }),
  relu: () => ({ make: layers.reLU, options: {} }),
  sigmoid: () => ({ make: layers.activation, options: { activation: 'sigmoid' } })
};

function build(problem) {
  const model = sequential();
  problem.layers.forEach((layer, i) => {
    const { make, options } = describe[layer.type](layer);
    model.add(make(i === 0 ? { ...options, inputShape: [problem.inputs] } : options));
  });
  model.add(layers.softmax());
  const { type, learningRate, beta1, beta2, epsilon } = problem.optimizer;
  const optimizer =
    type === 'adam'
      ? tf.train.adam(learningRate, beta1, beta2, epsilon)
      : tf.train.sgd(learningRate);
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const first = denseWeights(problem);
  problem.layers.forEach(({ type, inputs, units, bias }, i) => {
    if (type === 'dense') {
      const weights = tf.tensor2d(first.shift(), [inputs, units]);
      model.layers[i].setWeights(bias ? [weights, tf.zeros([units])] : [weights]);
    }
  });
  return model;
}

await serve({
  build(problem) {
    const { rows, inputs, classes } = problem;
    const batches = Array.from({ length: problem.batches }, (_, i) => {
      const [x, y] = batch(problem, i);
      return [tf.tensor2d(x, [rows, inputs]), tf.oneHot(tf.tensor1d(y, 'int32'), classes)];
    });
    let model;
    let at = 0;
    return {
      reset() {
        model?.dispose();
        model = build(problem);
        at = 0;
      },
      async run(steps) {
        const losses = [];
        for (let i = 0; i < steps; i++, at++) {
          losses.push(await model.trainOnBatch(...batches[at % batches.length]));
        }
        return losses;
      }
    };
  }
});
