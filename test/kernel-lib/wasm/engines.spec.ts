import fc from 'fast-check';
import {
  activations,
  engineInfo,
  evaluate,
  fit,
  layers,
  optimizers,
  sequential,
  type Variant
} from 'tunelab';
import type { LayerPlan, NetworkPlan, OptimizerPlan } from 'tunelab/dist/wasm/engine';
import { lossOf } from 'tunelab/dist/wasm/plan';
import { referenceEngine } from 'tunelab/dist/wasm/reference/program';
import { RELAXED, WIDE } from 'tunelab/dist/wasm/simd/bytes';
import { compileModule } from 'tunelab/dist/wasm/simd/kernels';
import { createSimdEngine } from 'tunelab/dist/wasm/simd/program';
import { compileRevectorized } from 'tunelab/dist/wasm/simd/revectorize';
import { selectEngine } from 'tunelab/dist/wasm/select';
import { agreesWithReference } from 'tunelab/dist/wasm/verify';

/** The builds that this machine runs; the relaxed one needs Node 22 or later. */
const builds: Variant[] = [
  'plain',
  ...(engineInfo().engine === 'relaxed' ? ['relaxed' as const] : [])
];

const width = fc.integer({ min: 1, max: 37 });
const hidden: fc.Arbitrary<LayerPlan> = fc.oneof(
  fc.record({
    type: fc.constant('dense' as const),
    units: width,
    bias: fc.boolean(),
    initialization: fc.constantFrom('fanIn' as const, 'he' as const)
  }),
  fc.record({
    type: fc.constant('batchNorm' as const),
    decay: fc.double({ min: 0, max: 0.99, noNaN: true }),
    // A larger epsilon than the default: without it a nearly constant unit multiplies rounding noise.
    epsilon: fc.constant(0.1),
    affine: fc.boolean()
  }),
  fc.record({
    type: fc.constant('dropout' as const),
    rate: fc.constantFrom(0, 0.2, 0.5),
    seed: fc.nat()
  }),
  fc.constantFrom<LayerPlan>(
    layers.relu(),
    layers.leakyRelu({ slope: 0.1 }),
    layers.elu({ alpha: 0.7 }),
    layers.gelu(),
    layers.gelu({ approximation: 'tanh' }),
    layers.tanh(),
    layers.sigmoid()
  )
);
const end = fc.constantFrom<LayerPlan[]>(
  [layers.softmax()],
  [layers.softmax({ labelSmoothing: 0.1 })],
  [layers.sigmoid()],
  []
);
const plan: fc.Arbitrary<NetworkPlan> = fc
  .record({ inputs: width, classes: fc.integer({ min: 1, max: 12 }), hidden: fc.array(hidden, { maxLength: 4 }), end, seed: fc.nat() })
  .map(({ inputs, classes, hidden: between, end: last, seed }) => ({
    inputs,
    layers: [...between, { type: 'dense', units: classes, bias: true, initialization: 'fanIn' }, ...last],
    seed,
    precision: 'float32'
  })); // prettier-ignore
const rules: OptimizerPlan[] = [
  optimizers.gradientDescent({ learningRate: 0.05 }),
  optimizers.momentum({ learningRate: 0.02, beta: 0.9, dampening: 0.5 }),
  // With the default epsilon Adam turns a gradient of rounding noise into a step of full size.
  optimizers.adam({ learningRate: 0.01, epsilon: 0.01 }),
  optimizers.adamW({ learningRate: 0.01, epsilon: 0.01, weightDecay: 0.1 }),
  optimizers.rmsProp({ learningRate: 0.01, epsilon: 0.1, weightDecay: 0.01 })
];

const data = (rows: number, inputs: number, classes: number, seed: number) => ({
  x: Float32Array.from({ length: rows * inputs }, (_, i) =>
    Math.sin(seed + 1.7 * i + i * i * 0.01)
  ),
  labels: Int32Array.from({ length: rows }, (_, i) => (i * 7 + seed) % classes)
});

describe.each(builds)('the build %s', variant => {
  const engine = selectEngine(variant);

  it('trains any network as the reference does, whatever its widths and rows', () => {
    fc.assert(
      fc.property(
        plan,
        fc.integer({ min: 2, max: 70 }),
        fc.constantFrom(...rules),
        (network, rows, rule) => {
          const classes = network.layers.reduce(
            (units, l) => (l.type === 'dense' ? l.units : units),
            0
          );
          const { x, labels } = data(rows, network.inputs, classes, network.seed % 1000);
          const numbers = Float32Array.from(
            { length: rows * classes },
            (_, i) => labels[i % rows] % 2
          );
          const targets = lossOf(network) === 'crossEntropy' ? labels : numbers;
          const [ours, theirs] = [engine.compile(network), referenceEngine.compile(network)];
          for (let step = 0; step < 3; step++) {
            const [a, b] = [ours, theirs].map(program => program.step(x, targets, rows, rule));
            expect(a.loss).toBeAllclose(b.loss, { rtol: 1e-3, atol: 1e-4 });
          }
          ours.parameters.forEach(({ name, layer, values }, i) => {
            expect([name, layer, values.length]).toEqual([
            theirs.parameters[i].name, theirs.parameters[i].layer, theirs.parameters[i].values.length
          ]); // prettier-ignore
            expect(values).toBeAllclose(theirs.parameters[i].values, { rtol: 2e-2, atol: 2e-3 });
          });
          const [p, q] = [ours, theirs].map(program => program.forward(x, rows, 'test'));
          p.forEach((output, i) =>
            expect(output.values).toBeAllclose(q[i].values, { rtol: 2e-2, atol: 5e-3 })
          );
        }
      ),
      { numRuns: 150 }
    );
  });

  it('gathers any rows of the examples, whatever their width and number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 130 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        (inputs, rows, seed) => {
          const program = engine.compile({
            inputs,
            layers: [{ type: 'dense', units: 2, bias: true, initialization: 'he' }],
            seed,
            precision: 'float32'
          });
          const { x } = data(rows, inputs, 2, seed % 1000);
          const order = Uint32Array.from({ length: rows }, (_, i) => (i * 7 + seed) % rows);
          program.hold!(x);
          const start = Math.floor(rows / 3);
          const gathered = program.gather!(order, start, rows);
          const chosen = Array.from(order.subarray(start)).flatMap(row =>
            Array.from(x.subarray(row * inputs, (row + 1) * inputs))
          );
          const forward = (batch: Float32Array) =>
            Array.from(program.forward(batch, rows - start, 'test')[0].values);
          expect(forward(gathered as Float32Array)).toEqual(forward(Float32Array.from(chosen)));
        }
      )
    );
  });

  it('counts as right the rows whose first largest score is at the label', () => {
    // The identity: scores are the examples themselves, of which many are equal.
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 21 }).chain(classes =>
          fc.record({
            classes: fc.constant(classes),
            scores: fc.array(
              fc.array(fc.integer({ min: -2, max: 2 }), { minLength: classes, maxLength: classes }),
              { minLength: 2, maxLength: 20 }
            )
          })
        ),
        ({ classes, scores }) => {
          const program = engine.compile({
            inputs: classes,
            layers: [
              { type: 'dense', units: classes, bias: false, initialization: 'he' },
              { type: 'softmax', labelSmoothing: 0 }
            ],
            seed: 1,
            precision: 'float32'
          });
          program.parameters[0].values.forEach((_, i, weights) => {
            weights[i] = i % (classes + 1) === 0 ? 1 : 0;
          });
          const labels = scores.map((_, row) => row % classes);
          const right = scores.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]);
          program.forward(Float32Array.from(scores.flat()), scores.length, 'test');
          const { loss, correct } = program.loss(Int32Array.from(labels));
          expect(correct).toBe(right.length);
          const losses = scores.map((row, i) =>
            Math.log(row.reduce((sum, z) => sum + Math.exp(z - row[labels[i]]), 0))
          );
          const mean = losses.reduce((a, b) => a + b, 0) / losses.length;
          expect(loss).toBeAllclose(mean, { rtol: 1e-6, atol: 1e-6 });
        }
      )
    );
  });

  it('passes the check by which it is chosen', () => {
    expect(agreesWithReference(engine)).toBe(true);
  });

  it('takes more rows than were laid out at first, and keeps its weights', () => {
    const network = sequential(
      [layers.dense(6), layers.batchNorm(), layers.dense(3), layers.softmax()],
      { inputs: 5, variant }
    );
    const before = Array.from(network.parameters[0].values);
    const { x, labels } = data(3000, 5, 3, 1);
    const outputs = activations(network, x, { mode: 'train' });
    const same = sequential(network.layers, { inputs: 5, variant: 'reference' });
    activations(same, x, { mode: 'train' }).forEach((output, i) =>
      expect(outputs[i].values).toBeAllclose(output.values, { rtol: 1e-3, atol: 1e-5 })
    );
    expect(Array.from(network.parameters[0].values)).toEqual(before);
    expect(
      evaluate(network, {
        x: Array.from({ length: 3000 }, (_, r) => Array.from(x.subarray(5 * r, 5 * r + 5))),
        y: labels
      }).loss
    ).toBeGreaterThan(0);
  });

  it('gives the same bits in every run', async () => {
    const run = async () => {
      const network = sequential(
        [layers.dense(7), layers.relu(), layers.dense(3), layers.softmax()],
        { inputs: 5, seed: 3, variant }
      );
      const { x, labels } = data(50, 5, 3, 2);
      const rows = Array.from({ length: 50 }, (_, r) => Array.from(x.subarray(5 * r, 5 * r + 5)));
      return (
        await fit(
          network,
          { x: rows, y: labels },
          { epochs: 5, batchSize: 8, optimizer: optimizers.adam() }
        )
      ).stepLosses;
    };
    expect(await run()).toEqual(await run());
  });

  it('lets go of networks that are dropped', () => {
    const { x, labels } = data(64, 64, 10, 1);
    for (let i = 0; i < 300; i++) {
      const program = engine.compile({
        inputs: 64,
        layers: [{ type: 'dense', units: 32, bias: true, initialization: 'he' }, { type: 'dense', units: 10, bias: true, initialization: 'he' }, { type: 'softmax', labelSmoothing: 0 }],
        seed: i,
        precision: 'float32'
      }); // prettier-ignore
      expect(program.step(x, labels, 64, rules[0]).loss).toBeGreaterThan(0);
    }
  });
});

describe('the wide build', () => {
  const relaxed = compileModule(RELAXED);
  const wide =
    compileRevectorized(() => new WebAssembly.Module(Buffer.from(WIDE, 'base64'))) ??
    compileModule(WIDE);

  it('runs wherever the relaxed one does', () => {
    expect(wide === undefined).toBe(relaxed === undefined);
  });

  it('gives the same bits as the relaxed one, so that the faster of the two may be taken', () => {
    const { x, labels } = data(70, 300, 10, 4);
    const network: NetworkPlan = {
      inputs: 300,
      layers: [
        { type: 'dense', units: 50, bias: true, initialization: 'he' },
        { type: 'batchNorm', decay: 0.9, epsilon: 1e-5, affine: true },
        { type: 'relu' },
        { type: 'dense', units: 10, bias: true, initialization: 'he' },
        { type: 'softmax', labelSmoothing: 0 }
      ],
      seed: 1,
      precision: 'float32'
    };
    const train = (module: object) => {
      const program = createSimdEngine('relaxed', module).compile(network);
      const losses = [1, 2, 3, 4, 5].map(() => program.step(x, labels, 70, rules[2]).loss);
      return [losses, ...program.parameters.map(({ values }) => Array.from(values))];
    };
    // Neither runs on Node 20, and there is nothing to compare.
    expect(wide && train(wide)).toEqual(relaxed && train(relaxed));
  });
});

describe('selectEngine', () => {
  it('says which build runs and why', () => {
    expect(builds).toContain(engineInfo().engine);
    expect(engineInfo().reason).toMatch(/SIMD/);
  });

  it('takes the reference for double precision and where it is asked for', () => {
    expect(selectEngine('auto', 'float64').name).toBe('reference');
    expect(selectEngine('reference').name).toBe('reference');
  });

  it('refuses an unknown variant', () => {
    expect(() => sequential([layers.relu()], { inputs: 2, variant: 'gpu' as never })).toThrow(
      /`variant` must be one of auto, relaxed, plain, reference, but got "gpu"/
    );
  });
});

it('an engine that computes wrongly is found out', () => {
  const wrong = {
    name: 'wrong',
    compile: (network: NetworkPlan) => {
      const program = referenceEngine.compile(network);
      return {
        ...program,
        step: (...args: Parameters<typeof program.step>) => ({ ...program.step(...args), loss: 1 })
      };
    }
  };
  expect(agreesWithReference(wrong)).toBe(false);
});
