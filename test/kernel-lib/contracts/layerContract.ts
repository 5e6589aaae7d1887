import { createRng, layers, optimizers, type Layer } from 'tunelab';
import { lossOf } from 'tunelab/dist/wasm/plan';
import type { NetworkPlan, Targets } from 'tunelab/dist/wasm/engine';
import { referenceEngine } from 'tunelab/dist/wasm/reference/program';
import { optimizedEngines } from '../../fixtures/optimizedEngines';
import { centralDifferences } from './centralDifferences';

const ROWS = 7;
const INPUTS = 5;
const OUTPUTS = 3;

/** What every layer keeps to, in a network dense(5), layer, dense(3) with some end. */
export function layerContract(layer: Layer, end: readonly Layer[]): void {
  const plan = (precision: NetworkPlan['precision']): NetworkPlan => ({
    inputs: INPUTS,
    layers: [layers.dense(5), layer, layers.dense(OUTPUTS), ...end],
    seed: 3,
    precision
  });
  const rng = createRng(11);
  const x = Float64Array.from({ length: ROWS * INPUTS }, () => rng.normal());
  const targets: Targets =
    lossOf(plan('float64')) === 'crossEntropy'
      ? Int32Array.from({ length: ROWS }, () => rng.integer(OUTPUTS))
      : Float64Array.from({ length: ROWS * OUTPUTS }, () => rng.integer(2));

  it('has gradients that agree with central differences', () => {
    const program = referenceEngine.compile(plan('float64'));
    const lossNow = () => {
      program.forward(x, ROWS, 'train');
      return program.loss(targets).loss;
    };
    lossNow();
    program.backward(targets);
    const learned = program.parameters.filter(({ gradient }) => gradient);
    const analytic = learned.map(({ gradient }) => Array.from(gradient!));
    const numeric = learned.map(({ values }) => centralDifferences(values, lossNow));
    expect(analytic).toBeAllclose(numeric, { rtol: 1e-6, atol: 1e-9 });
  });

  it('has the loss and gradients of the reference on every build', () => {
    const expected = referenceEngine.compile(plan('float64'));
    expected.forward(x, ROWS, 'train');
    const { loss, correct } = expected.loss(targets);
    expected.backward(targets);
    for (const engine of optimizedEngines) {
      const program = engine.compile(plan('float32'));
      program.forward(Float32Array.from(x), ROWS, 'train');
      expect(program.loss(targets)).toEqual({ loss: expect.any(Number), correct });
      expect(program.loss(targets).loss).toBeAllclose(loss, { rtol: 1e-5 });
      program.backward(targets);
      program.parameters.forEach(({ gradient }, i) => {
        const want = expected.parameters[i].gradient;
        expect(gradient === undefined).toBe(want === undefined);
        expect(gradient ?? []).toBeAllclose(want ?? [], { rtol: 1e-4, atol: 1e-6 });
      });
    }
  });

  it('works on each example by itself at test time', () => {
    for (const engine of optimizedEngines) {
      const program = engine.compile(plan('float32'));
      const whole = program.forward(Float32Array.from(x), ROWS, 'test').map(o => Array.from(o.values));
      const alone = program.forward(Float32Array.from(x.subarray(2 * INPUTS, 3 * INPUTS)), 1, 'test');
      alone.forEach(({ units, values }, i) =>
        expect(values).toBeAllclose(whole[i].slice(2 * units, 3 * units), { rtol: 1e-6, atol: 1e-7 })
      );
    }
  }); // prettier-ignore

  it('goes on bit by bit from a saved state', () => {
    for (const engine of optimizedEngines) {
      const program = engine.compile(plan('float32'));
      const single = Float32Array.from(x);
      const train = () =>
        [1, 2, 3].map(() => program.step(single, targets, ROWS, optimizers.adam({ learningRate: 0.01 })).loss);
      train();
      const state = program.saveState();
      const first = train();
      program.restoreState(state);
      expect(train()).toEqual(first);
      const other = engine.compile({ ...plan('float32'), seed: 3 });
      other.restoreState(state);
      expect([1, 2, 3].map(() => other.step(single, targets, ROWS, optimizers.adam({ learningRate: 0.01 })).loss)).toEqual(first);
    }
  }); // prettier-ignore

  it('learns: the loss of the same batch falls', () => {
    for (const engine of optimizedEngines) {
      const program = engine.compile(plan('float32'));
      const single = Float32Array.from(x);
      const losses = Array.from({ length: 60 }, () =>
        program.step(single, targets, ROWS, optimizers.gradientDescent({ learningRate: 0.2 })).loss
      );
      const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
      expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)));
    }
  }); // prettier-ignore
}
