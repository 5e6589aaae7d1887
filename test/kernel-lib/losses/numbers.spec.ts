import fc from 'fast-check';
import { logisticLoss, layers, meanSquaredError } from 'tunelab';
import { optimizedEngines } from '../../fixtures/optimizedEngines';
import { torchEngine } from '../../fixtures/torchEngine';

const { yHat, y } = torchEngine.losses;
const formulas = { logisticLoss, meanSquaredError };

describe.each(['logisticLoss', 'meanSquaredError'] as const)('%s', name => {
  const loss = formulas[name];

  it('agrees with PyTorch', () => {
    expect(loss(yHat, y)).toBeAllclose(torchEngine.losses[name].loss, { rtol: 1e-12 });
    const flat = [yHat, y].map(rows => Float64Array.from(rows.flat()));
    expect(loss(flat[0], flat[1])).toBeAllclose(torchEngine.losses[name].loss, { rtol: 1e-12 });
  });

  it('is 0 for what came true, and never negative', () => {
    expect(loss([1, 0, 1], [1, 0, 1])).toBeCloseTo(0, 15);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(share, share, (a, b) => loss(a, b) >= 0));
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['shapes that differ', [1, 0], [1, 0, 1], /shape of yHat, \(2\), but got \(3\)/],
    ['rows against a vector', [[1], [0]], [1, 0], /shape of yHat, \(2, 1\), but got \(2\)/],
    ['NaN', [NaN], [1], /must be finite, but got NaN at index 0/],
    ['nothing', [], [], /at least one number/],
    ['text', 'a', [1], /must be a vector or a matrix, but got "a"/]
  ])('refuses %s', (_, a, b, message) => {
    expect(() => loss(a as number[], b as number[])).toThrow(message);
  });
});

it('logistic loss refuses scores and is infinite for an impossible truth', () => {
  expect(() => logisticLoss([2.5], [1])).toThrow(/probabilities lie in \[0, 1\], but got 2.5/);
  expect(() => logisticLoss([0.5], [2])).toThrow(/but got 2/);
  expect(logisticLoss([0], [1])).toBe(Infinity);
});

describe.each(optimizedEngines.map(engine => [engine.name, engine] as const))(
  'losses of the build %s',
  (_, engine) => {
    const program = (units: number, end: 'sigmoid' | 'none') => {
      const list = [layers.relu(), ...(end === 'sigmoid' ? [layers.sigmoid()] : [])];
      return engine.compile({ inputs: units, layers: list, seed: 0, precision: 'float32' });
    };

    it('logistic: that of the formula, of any width and number of rows', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 9 }),
          fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 9, maxLength: 60 }),
          (units, numbers) => {
            const rows = Math.floor(numbers.length / units);
            const z = Float32Array.from(numbers.slice(0, rows * units));
            const targets = z.map((_z, i) => (i * 7) % 3 === 0 ? 1 : 0);
            const p = program(units, 'sigmoid');
            p.forward(z, rows, 'test');
            const probabilities = Array.from(z, value => 1 / (1 + Math.exp(-value)));
            const { loss, correct } = p.loss(targets);
            expect(loss).toBeAllclose(logisticLoss(probabilities, targets), { rtol: 1e-5 });
            const right = Array.from({ length: rows }, (_r, r) =>
              targets.subarray(r * units, (r + 1) * units).every((t, j) => z[r * units + j] > 0 === (t === 1))
            );
            expect(correct).toBe(right.filter(Boolean).length);
          }
        ),
        { numRuns: 100 }
      );
    }); // prettier-ignore

    it('logistic: finite and linear for scores beyond all probabilities', () => {
      const p = program(2, 'sigmoid');
      p.forward(Float32Array.of(1000, 1000), 1, 'test');
      // F.binary_cross_entropy_with_logits(torch.tensor([1000., 1000.]), torch.tensor([0., 1.])) = 500
      expect(p.loss(Float32Array.of(0, 1)).loss).toBe(500);
    });

    it('squared: that of the formula, and NaN where the network gives NaN', () => {
      const p = program(3, 'none');
      p.forward(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 'test');
      const targets = Float32Array.of(0, 2, 5, 4, 4, 4);
      const expected = meanSquaredError([1, 2, 3, 4, 5, 6], Array.from(targets));
      expect(p.loss(targets)).toEqual({ loss: expect.any(Number), correct: 0 });
      expect(p.loss(targets).loss).toBeAllclose(expected, { rtol: 1e-6 });
      p.forward(Float32Array.of(NaN, 2, 3), 1, 'test');
      expect(p.loss(targets).loss).toBeNaN();
    });
  }
);
