// jax-js on WebAssembly, with a jitted step: `node jaxjs_runner.mjs <folder of the peers>`.
// Its functions take what they are given: an array that is used again goes in as `.ref`.
import { createRequire } from 'node:module';
import path from 'node:path';
import { batch, denseWeights, serve } from './serve.mjs';

const jax = createRequire(path.join(process.argv[2], 'package.json'))('@jax-js/jax');
const { blockUntilReady, jit, nn, numpy: np, tree, valueAndGrad } = jax;
await jax.init('wasm');
jax.defaultDevice('wasm');

function initial(problem) {
  const first = denseWeights(problem);
  const learned = [];
  const averages = [];
  for (const { type, inputs, units, bias } of problem.layers) {
    if (type === 'dense') {
      learned.push(np.array(first.shift().slice()).reshape([inputs, units]));
      if (bias) {
        learned.push(np.zeros([units]));
      }
    } else if (type === 'batchNorm') {
      learned.push(np.ones([units]), np.zeros([units]));
      averages.push(np.zeros([units]), np.ones([units]));
    }
  }
  const zeros = () => learned.map(({ shape }) => np.zeros(shape));
  const moments =
    problem.optimizer.type === 'adam' ? { first: zeros(), second: zeros(), t: np.array(0) } : {};
  return { learned, averages, ...moments };
}

/** Mean cross-entropy, and batch norm's averages after the batch. */
function lossOf({ layers, rows }) {
  return (learned, averages, x, truth) => {
    const [values, past] = [[...learned], [...averages]];
    const after = [];
    const move = (average, now, decay) => average.mul(decay).add(now.mul(1 - decay));
    for (const { type, bias, decay, epsilon } of layers) {
      if (type === 'dense') {
        x = np.matmul(x, values.shift());
        x = bias ? x.add(values.shift()) : x;
      } else if (type === 'batchNorm') {
        const mean = np.mean(x.ref, 0);
        const centered = x.sub(mean.ref);
        const variance = np.mean(np.square(centered.ref), 0);
        after.push(
          move(past.shift(), mean, decay),
          move(past.shift(), variance.ref.mul(rows / (rows - 1)), decay)
        );
        x = centered
          .div(np.sqrt(variance.add(epsilon)))
          .mul(values.shift())
          .add(values.shift());
      } else {
        x = type === 'relu' ? nn.relu(x) : nn.sigmoid(x);
      }
    }
    const loss = np.sum(nn.logSoftmax(x, -1).mul(truth)).mul(-1 / rows);
    return [loss, after];
  };
}

function stepOf(problem) {
  const measure = valueAndGrad(lossOf(problem), { hasAux: true });
  const { type, learningRate, beta1, beta2, epsilon } = problem.optimizer;
  return jit((state, x, truth) => {
    const [[loss, averages], gradients] = measure(
      state.learned.map(value => value.ref),
      state.averages,
      x,
      truth
    );
    if (type !== 'adam') {
      const learned = state.learned.map((p, i) => p.sub(gradients[i].mul(learningRate)));
      return [{ learned, averages }, loss];
    }
    const t = state.t.add(1);
    const first = state.first.map((m, i) => m.mul(beta1).add(gradients[i].ref.mul(1 - beta1)));
    const second = state.second.map((v, i) =>
      v.mul(beta2).add(np.square(gradients[i]).mul(1 - beta2))
    );
    const correction = beta => np.subtract(1, np.exp(t.ref.mul(Math.log(beta))));
    const [c1, c2] = [correction(beta1), correction(beta2)];
    const learned = state.learned.map((p, i) => {
      const size = np.sqrt(second[i].ref.div(c2.ref)).add(epsilon);
      return p.sub(first[i].ref.div(c1.ref).div(size).mul(learningRate));
    });
    c1.dispose();
    c2.dispose();
    return [{ learned, averages, first, second, t }, loss];
  });
}

await serve({
  build(problem) {
    const { rows, inputs, classes } = problem;
    const step = stepOf(problem);
    const batches = Array.from({ length: problem.batches }, (_, i) => {
      const [x, y] = batch(problem, i);
      const truth = new Float32Array(rows * classes);
      y.forEach((c, row) => (truth[row * classes + c] = 1));
      return [
        np.array(x.slice()).reshape([rows, inputs]),
        np.array(truth).reshape([rows, classes])
      ];
    });
    let state;
    let at = 0;
    return {
      reset() {
        if (state) {
          tree.dispose(state);
        }
        state = initial(problem);
        at = 0;
      },
      async run(steps) {
        const losses = [];
        for (let i = 0; i < steps; i++, at++) {
          const [x, truth] = batches[at % batches.length];
          const [next, loss] = step(state, x.ref, truth.ref);
          state = next;
          losses.push(loss);
        }
        await blockUntilReady(tree.ref(state));
        return losses.map(loss => loss.js());
      }
    };
  }
});
