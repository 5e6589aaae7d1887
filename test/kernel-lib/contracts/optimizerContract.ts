import { layers, optimizers, type OptimizerPlan } from 'tunelab';
import type { NetworkPlan, Program } from 'tunelab/dist/wasm/engine';
import { referenceEngine } from 'tunelab/dist/wasm/reference/program';
import { optimizedEngines } from '../../fixtures/optimizedEngines';

/** Without the bias that batch norm takes away, whose gradient is rounding noise: Adam makes whole steps of that. */
const PLAN: NetworkPlan = {
  inputs: 3,
  layers: [layers.dense(5, { bias: false }), layers.batchNorm(), layers.tanh(), layers.dense(2)],
  seed: 1,
  precision: 'float32'
};
const x = Float32Array.of(1, 2, 3, -1, 0.5, 2, 0, 1, -2, 3, 1, 1);
const targets = Float32Array.of(1, 0, 0, 1, 1, 1, 0, 0);

const learned = (program: Program) => program.parameters.filter(({ gradient }) => gradient);
const values = (program: Program) => learned(program).flatMap(p => Array.from(p.values));

/** What every rule keeps to on every engine. */
export function optimizerContract(name: keyof typeof optimizers): void {
  const make = optimizers[name] as (options?: object) => OptimizerPlan;
  const step = (program: Program, rule: OptimizerPlan) => program.step(x, targets, 4, rule).loss;

  it('lowers the loss of a batch', () => {
    for (const engine of optimizedEngines) {
      const program = engine.compile(PLAN);
      const losses = Array.from({ length: 50 }, () => step(program, make({ learningRate: 0.01 })));
      expect(losses[49]).toBeLessThan(0.9 * losses[0]);
    }
  });

  it('moves every number as the reference does, with weight decay and a changing learning rate', () => {
    const trained = optimizedEngines.map(engine => {
      const program = engine.compile(PLAN);
      for (let t = 0; t < 10; t++) {
        step(program, make({ learningRate: 0.02 / (t + 1), weightDecay: 0.1 }));
      }
      return values(program);
    });
    trained.forEach(ours => expect(ours).toBeAllclose(trained[0], { rtol: 2e-4, atol: 2e-5 }));
  });

  it('shrinks all learned numbers by weight decay alone where there is no gradient', () => {
    for (const engine of optimizedEngines) {
      const program = engine.compile(PLAN);
      const before = values(program);
      learned(program).forEach(({ gradient }) => gradient!.fill(0));
      program.update(make({ learningRate: 1e-4, weightDecay: 0.1 }));
      values(program).forEach((value, i) =>
        expect(Math.abs(value)).toBeLessThanOrEqual(Math.abs(before[i]))
      );
      expect(values(program)).not.toEqual(before);
    }
  });

  it('moves nothing where there is neither a gradient nor weight decay', () => {
    for (const engine of optimizedEngines) {
      const program = engine.compile(PLAN);
      const before = values(program);
      program.update(make({ weightDecay: 0 }));
      expect(values(program)).toEqual(before);
    }
  });

  it('begins afresh after another rule', () => {
    for (const engine of optimizedEngines) {
      const [fresh, used] = [engine.compile(PLAN), engine.compile(PLAN)];
      const other = name === 'adam' ? optimizers.momentum() : optimizers.adam();
      step(used, make());
      step(used, other);
      learned(used).forEach((p, i) => p.values.set(learned(fresh)[i].values));
      [fresh, used].forEach(program => step(program, make()));
      expect(values(used)).toEqual(values(fresh));
    }
  });

  it('goes on bit by bit from a saved state', () => {
    for (const engine of optimizedEngines) {
      const program = engine.compile(PLAN);
      const train = () => [1, 2, 3].map(() => step(program, make()));
      train();
      const state = program.saveState();
      const first = train();
      program.restoreState(state);
      expect(train()).toEqual(first);
    }
  });

  it('is plain data with a learning rate and a weight decay', () => {
    expect(JSON.parse(JSON.stringify(make()))).toEqual(make());
    expect(make()).toMatchObject({
      type: name,
      learningRate: expect.any(Number),
      weightDecay: expect.any(Number)
    });
  });

  it.each<[string, object, RegExp]>([
    ['a learning rate of 0', { learningRate: 0 }, /finite number > 0, but got learningRate=0/],
    ['a learning rate of NaN', { learningRate: NaN }, /but got learningRate=NaN/],
    ['a negative weight decay', { weightDecay: -1 }, /finite number >= 0, but got weightDecay=-1/],
    ['an option that it does not have', { speed: 1 }, /but got `speed`/],
    ['a bare number', 0.1 as never, /options come in an object.*but got 0.1/]
  ])('refuses %s', (_, options, message) => {
    expect(() => make(options)).toThrow(message);
  });

  it('agrees with itself in float64: the same rule, other rounding', () => {
    const program = referenceEngine.compile({ ...PLAN, precision: 'float64' });
    const single = referenceEngine.compile(PLAN);
    learned(program).forEach((p, i) => p.values.set(learned(single)[i].values));
    for (let t = 0; t < 5; t++) {
      program.step(Float64Array.from(x), targets, 4, make());
      step(single, make());
    }
    expect(values(single)).toBeAllclose(values(program), { rtol: 1e-4, atol: 1e-5 });
  });
}
