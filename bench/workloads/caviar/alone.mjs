// `node alone.mjs SETTINGS`: says when it is ready, and for each number that it is given trains so many networks in this
// process, without caviar, and answers in how many seconds: what the machine gives when two of these run at once.
import { createInterface } from 'node:readline';
import { datasets, fit, layers, optimizers, sequential } from 'tunelab';

const { units, ...settings } = JSON.parse(process.argv[2] || '{}');
const { train } = datasets.digits({ seed: 1 });

async function networks(count) {
  const began = performance.now();
  for (let seed = 0; seed < count; seed++) {
    const network = sequential(
      [layers.dense(units), layers.batchNorm(), layers.relu(), layers.dense(10), layers.softmax()],
      { inputs: 64, seed }
    );
    await fit(network, train, { ...settings, optimizer: optimizers.adam(), seed });
  }
  return (performance.now() - began) / 1000;
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  console.log(await networks(Number(line)));
}
