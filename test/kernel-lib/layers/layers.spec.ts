import fc from 'fast-check';
import { createRng, initializations, layers, sequential, type Layer } from 'tunelab';
import type { LayerPlan, Program } from 'tunelab/dist/wasm/engine';
import { referenceEngine } from 'tunelab/dist/wasm/reference/program';
import { layerContract } from '../contracts/layerContract';
import { optimizedEngines } from '../../fixtures/optimizedEngines';
import { torchEngine } from '../../fixtures/torchEngine';

const all: [string, Layer][] = [
  ['dense', layers.dense(5)],
  ['dense without bias', layers.dense(5, { bias: false })],
  ['dense with maxNorm', layers.dense(5, { maxNorm: 0.5 })],
  ['batchNorm', layers.batchNorm()],
  ['batchNorm, not affine', layers.batchNorm({ affine: false })],
  ['dropout', layers.dropout(0.4)],
  ['relu', layers.relu()],
  ['leakyRelu', layers.leakyRelu({ slope: 0.2 })],
  ['elu', layers.elu({ alpha: 0.5 })],
  ['gelu', layers.gelu()],
  ['gelu, approximation tanh', layers.gelu({ approximation: 'tanh' })],
  ['tanh', layers.tanh()],
  ['sigmoid', layers.sigmoid()]
];
const lasts: [string, Layer[]][] = [
  ['softmax', [layers.softmax()]],
  ['softmax with label smoothing', [layers.softmax({ labelSmoothing: 0.2 })]],
  ['logistic loss', [layers.sigmoid()]],
  ['mean squared error', []]
];

describe.each(all)('the layer %s', (_, layer) => {
  layerContract(layer, [layers.softmax()]);
});
describe.each(lasts)('the end %s', (_, end) => {
  layerContract(layers.tanh(), end);
});

/** One program that applies an activation to `units` numbers. */
const applying = (engine: typeof referenceEngine, layer: LayerPlan, units: number, precision: 'float32' | 'float64' = 'float32'): Program =>
  engine.compile({ inputs: units, layers: [layer], seed: 0, precision }); // prettier-ignore

describe.each(Object.entries(torchEngine.activations))(
  '%s',
  (name, { arguments: args, a, slope }) => {
    const make = layers[name.split(',')[0] as 'relu'] as (...options: unknown[]) => LayerPlan;
    const layer = make(...args);
    const { z } = torchEngine;

    it('has the values of PyTorch in float64', () => {
      const program = applying(referenceEngine, layer, z.length, 'float64');
      const [output] = program.forward(Float64Array.from(z), 1, 'test');
      expect(output.values).toBeAllclose(a, { rtol: 1e-12, atol: 1e-16 });
    });

    it.each(optimizedEngines.map(engine => [engine.name, engine] as const))(
    'has the values and derivatives of PyTorch, build %s',
    (_name, engine) => {
      // Between two dense layers that change nothing, the first layer's bias has the activation's derivative.
      const identity = layers.dense(z.length, { initialization: initializations.constant(0) });
      const program = engine.compile({ inputs: z.length, layers: [identity, layer, identity], seed: 0, precision: 'float32' });
      program.parameters.filter(p => p.name === 'weights').forEach(({ values }) => z.forEach((_z, i) => (values[i * z.length + i] = 1)));
      const outputs = program.forward(Float32Array.from(z), 1, 'train');
      expect(outputs[1].values).toBeAllclose(a, { rtol: 3e-6, atol: 1e-12 });
      // The mean squared error against a - n/2 has the gradient 1 for each output.
      program.backward(outputs[2].values.map(value => value - z.length / 2));
      const bias = program.parameters.find(p => p.name === 'bias' && p.layer === 0)!;
      expect(bias.gradient!).toBeAllclose(slope, { rtol: 5e-6, atol: 5e-6 });
    }
  ); // prettier-ignore
  }
);

/** Relative errors that assembly/functions.ts states. */
const stated: [string, LayerPlan, (z: number) => number, number, number][] = [
  ['sigmoid', layers.sigmoid(), z => 1 / (1 + Math.exp(-z)), 86, 1.5e-7],
  ['tanh', layers.tanh(), Math.tanh, 100, 2e-7],
  ['elu', layers.elu(), z => (z > 0 ? z : Math.expm1(z)), 100, 1e-7]
];
describe.each(optimizedEngines.slice(1).map(engine => [engine.name, engine] as const))(
  'functions of the build %s',
  (_, engine) => {
    const one = (layer: LayerPlan) => {
      const program = applying(engine, layer, 4);
      return (z: number) => program.forward(Float32Array.of(z, 0, 0, 0), 1, 'test')[0].values[0];
    };

    it.each(stated)('%s has the error that is stated, near 0 as well', (_name, layer, exact, range, error) => {
      const value = one(layer);
      const near0 = fc.tuple(fc.double({ min: -30, max: 0, noNaN: true }), fc.boolean()).map(([e, sign]) => (sign ? 1 : -1) * 2 ** e);
      fc.assert(
        fc.property(fc.oneof(fc.double({ min: -range, max: range, noNaN: true }), near0), x => {
          const z = Math.fround(x);
          expect(value(z)).toBeAllclose(exact(z), { rtol: error, atol: 1e-38 });
        }),
        { numRuns: 2000 }
      );
    }); // prettier-ignore

    it('gelu has the error that is stated, in the lower tail as well', () => {
      const value = one(layers.gelu());
      const program = applying(referenceEngine, layers.gelu(), 1, 'float64');
      fc.assert(
        fc.property(fc.double({ min: -12, max: 12, noNaN: true }), x => {
          const z = Math.fround(x);
          const exact = program.forward(Float64Array.of(z), 1, 'test')[0].values[0];
          const rtol = z > -3 ? 7.5e-7 : 2e-7 + 6e-8 * z * z;
          expect(value(z)).toBeAllclose(exact, { rtol, atol: 1e-38 });
        }),
        { numRuns: 2000 }
      );
    });

    it.each(all.filter(([name]) => !['dense', 'batchNorm'].some(other => name.startsWith(other))))(
      '%s lets NaN through: it must not hide that training diverged',
      (_name, layer) => {
        expect(one(layer)(NaN)).toBeNaN();
      }
    );
  }
);

describe('factories', () => {
  it('have the defaults of PyTorch', () => {
    // nn.LeakyReLU().negative_slope, nn.ELU().alpha, nn.GELU().approximate, nn.Dropout().p, nn.BatchNorm1d(1).affine
    expect(layers.leakyRelu()).toEqual({ type: 'leakyRelu', slope: 0.01 });
    expect(layers.elu()).toEqual({ type: 'elu', alpha: 1 });
    expect(layers.gelu()).toEqual({ type: 'gelu', approximation: 'none' });
    expect(layers.dropout()).toEqual({ type: 'dropout', rate: 0.5 });
    expect(layers.batchNorm().affine).toBe(true);
    expect(layers.softmax()).toEqual({ type: 'softmax', labelSmoothing: 0 });
    expect(layers.dense(3)).toEqual({
      type: 'dense',
      units: 3,
      bias: 'auto',
      initialization: 'fanIn'
    });
  });

  it.each<[string, () => unknown, RegExp]>([
    ['a negative slope', () => layers.leakyRelu({ slope: -1 }), /finite number >= 0, but got slope=-1/],
    ['an alpha of 0', () => layers.elu({ alpha: 0 }), /finite number > 0, but got alpha=0/],
    ['another approximation', () => layers.gelu({ approximation: 'erf' as never }), /'none' or 'tanh', but got "erf"/],
    ['dropping everything', () => layers.dropout(1), /`0 <= rate < 1` must hold, but got rate=1/],
    ['a seed that is none', () => layers.dropout(0.5, { seed: -1 }), /seed=-1/],
    ['smoothing everything', () => layers.softmax({ labelSmoothing: 1 }), /`0 <= labelSmoothing < 1`/],
    ['a maxNorm of 0', () => layers.dense(3, { maxNorm: 0 }), /finite number > 0, but got maxNorm=0/],
    ['a bias that is no boolean', () => layers.dense(3, { bias: 1 as never }), /true or false, but got bias=1/],
    ['an affine that is no boolean', () => layers.batchNorm({ affine: 'no' as never }), /true or false, but got affine="no"/],
    ['an unknown initialization', () => layers.dense(3, { initialization: 'glorot' as never }), /but got "glorot"/],
    ['an unknown option', () => layers.elu({ slope: 1 } as never), /but got `slope`/]
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(message);
  }); // prettier-ignore
});

describe('dropout', () => {
  const build = (seed: number, engine = referenceEngine) =>
    engine.compile({ inputs: 50, layers: [layers.dropout(0.3)], seed, precision: 'float32' });
  const ones = new Float32Array(200 * 50).fill(1);
  const mask = (program: Program) => Array.from(program.forward(ones, 200, 'train')[0].values);

  it('drops its share of units, divides the rest by 1 - rate, and so keeps the mean', () => {
    const drawn = mask(build(1));
    const kept = drawn.filter(value => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.7)]));
    // 10,000 draws with probability 0.7: 5 standard deviations.
    expect(Math.abs(kept.length / drawn.length - 0.7)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / 1e4));
  }); // prettier-ignore

  it('drops neighbours, the same unit of the next example and of the next step independently', () => {
    const program = build(2);
    const first = mask(program).map(value => (value === 0 ? 1 : 0));
    program.update({ type: 'gradientDescent', learningRate: 0, weightDecay: 0 });
    const second = mask(program).map(value => (value === 0 ? 1 : 0));
    const both = (a: number[], b: number[]) => a.reduce<number>((sum, value, i) => sum + value * (b[i] ?? 0), 0) / a.length;
    for (const [a, b] of [[first, first.slice(1)], [first, first.slice(50)], [first, second]]) {
      expect(Math.abs(both(a, b) - 0.09)).toBeLessThan(0.02);
    }
  }); // prettier-ignore

  it('has the same mask in every engine, until the next update', () => {
    const masks = optimizedEngines.map(engine => {
      const program = build(3, engine);
      const [first, again] = [mask(program), mask(program)];
      expect(again).toEqual(first);
      program.update({ type: 'gradientDescent', learningRate: 0, weightDecay: 0 });
      return [first, mask(program)];
    });
    masks.forEach(other => expect(other).toEqual(masks[0]));
    expect(masks[0][0]).not.toEqual(masks[0][1]);
  });

  it('has a seed of its own where one is given', () => {
    const [a, b] = [1, 2].map(seed =>
      mask(referenceEngine.compile({ inputs: 50, layers: [layers.dropout(0.3, { seed: 9 })], seed, precision: 'float32' }))
    ); // prettier-ignore
    expect(a).toEqual(b);
    expect(mask(build(1))).not.toEqual(mask(build(2)));
  });

  it.each(optimizedEngines.map(engine => [engine.name, engine] as const))(
    'takes a mask, refuses one of another size, and takes none in another layer, build %s',
    (_, engine) => {
      const program = engine.compile({ inputs: 3, layers: [layers.dropout(0.5), layers.relu()], seed: 0, precision: 'float32' });
      program.setDropoutMask(0, [1, 0, 1, 0, 0, 1]);
      const x = Float32Array.of(1, 2, 3, 4, 5, 6);
      expect(Array.from(program.forward(x, 2, 'train')[0].values)).toEqual([2, 0, 6, 0, 0, 12]);
      expect(Array.from(program.forward(x, 2, 'test')[0].values)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(() => program.forward(x, 1, 'train')).toThrow(/1 x 3, but got 6 numbers/);
      expect(() => program.setDropoutMask(1, [1])).toThrow(/dropout layer.*but got 1, which is relu/);
      expect(() => program.setDropoutMask(7, [1])).toThrow(/but got 7, where none is/);
    }
  ); // prettier-ignore
});

describe('initialization', () => {
  const [inputs, units] = [300, 200];
  const weightsOf = (initialization: Parameters<typeof layers.dense>[1]) =>
    sequential([layers.dense(units, initialization)], { inputs, seed: 4 }).parameters;
  const variance = (values: ArrayLike<number>) => {
    const all64 = Float64Array.from(values);
    const mean = all64.reduce((sum, value) => sum + value, 0) / all64.length;
    return all64.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all64.length;
  };

  // Expected variances: torch.nn.init's kaiming_*_(nonlinearity='relu'), xavier_*_, normal_, uniform_.
  it.each([
    ['he', 2 / inputs],
    ['xavier', 2 / (inputs + units)],
    ['leCun', 1 / inputs],
    ['fanIn', 1 / (3 * inputs)],
    [initializations.he({ distribution: 'uniform' }), 2 / inputs],
    [initializations.xavier({ distribution: 'uniform' }), 2 / (inputs + units)],
    [initializations.leCun({ distribution: 'uniform' }), 1 / inputs],
    [initializations.normal({ mean: 2, deviation: 0.3 }), 0.09],
    [initializations.normal(), 1],
    [initializations.uniform(-1, 2), 9 / 12],
    [initializations.uniform(), 1 / 12],
    [initializations.constant(0.5), 0]
  ] as const)('%j has the variance of its definition', (initialization, expected) => {
    const [weights, bias] = weightsOf({ initialization });
    expect(variance(weights.values)).toBeAllclose(expected, { rtol: 0.03 });
    const begins = initialization === 'fanIn' ? 1 / (3 * inputs) : 0;
    expect(variance(bias.values)).toBeAllclose(begins, { rtol: 0.4 });
  });

  it('by a name is that of the catalogue without options', () => {
    for (const name of ['fanIn', 'he', 'xavier', 'leCun'] as const) {
      expect(weightsOf({ initialization: name })[0].values).toEqual(
        weightsOf({ initialization: initializations[name]() })[0].values
      );
    }
  });

  it('uniform forms stay within their bounds, and means are where they should be', () => {
    const { values } = weightsOf({ initialization: initializations.he({ distribution: 'uniform' }) })[0];
    const most = Array.from(values).reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(most).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / inputs)));
    const shifted = weightsOf({ initialization: initializations.normal({ mean: 2, deviation: 0.3 }) })[0].values;
    expect(Array.from(shifted).reduce((sum, value) => sum + value, 0) / shifted.length).toBeAllclose(2, { rtol: 0.005 });
  }); // prettier-ignore

  it.each<[string, () => unknown, RegExp]>([
    ['an empty range', () => initializations.uniform(1, 1), /`low < high` must hold/],
    ['a negative deviation', () => initializations.normal({ deviation: -1 }), /finite number >= 0/],
    ['a constant of NaN', () => initializations.constant(NaN), /finite number, but got value=NaN/],
    ['another distribution', () => initializations.he({ distribution: 'flat' as never }), /but got "flat"/]
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  }); // prettier-ignore
});

it('maxNorm shortens long columns alone, to the limit', () => {
  for (const engine of optimizedEngines) {
    const program = engine.compile({ inputs: 6, layers: [layers.dense(5, { maxNorm: 1 })], seed: 0, precision: 'float32' });
    const rng = createRng(1);
    const [weights] = program.parameters;
    const before = Array.from(weights.values, (_, i) => rng.normal() * (i % 5 === 2 ? 0.1 : 1));
    weights.values.set(before);
    program.update({ type: 'gradientDescent', learningRate: 0.1, weightDecay: 0 });
    const norm = (values: ArrayLike<number>, j: number) => Math.hypot(...[0, 1, 2, 3, 4, 5].map(i => values[i * 5 + j]));
    for (let j = 0; j < 5; j++) {
      expect(norm(weights.values, j)).toBeAllclose(Math.min(1, norm(before, j)), { rtol: 1e-6 });
    }
  }
}); // prettier-ignore
