import { leastSquares } from 'tunelab/dist/numeric/leastSquares';
import { Lu } from 'tunelab/dist/numeric/lu';
import { quadraticAt, trustStep } from 'tunelab/dist/numeric/trustStep';
import { kendallTau, Surrogate } from 'tunelab/dist/samplers/surrogate';

const gradient = Float64Array.of(1, -2, 0.5);
const hessian = Float64Array.of(2, 0.5, 0, 0.5, -1, 0.3, 0, 0.3, 1);
const wide = Float64Array.of(9, 9, 9);
const expectClose = (found: ArrayLike<number>, expected: number[]) =>
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));

describe('leastSquares', () => {
  it('gives what numpy gives', () => {
    // np.linalg.lstsq([[1, 0], [1, 1], [1, 2], [1, 4]], [1, 2, 2, 5])
    const rows = [0, 1, 2, 4].map(x => Float64Array.of(1, x));
    expectClose(leastSquares(rows, Float64Array.of(1, 2, 2, 5))!, [0.8, 0.97142857]);
  });

  it('says when columns depend on each other', () => {
    const rows = [1, 2, 3].map(x => Float64Array.of(x, 2 * x));
    expect(leastSquares(rows, Float64Array.of(1, 2, 3))).toBeUndefined();
  });
});

describe('Lu', () => {
  it('solves a system whose first pivot is 0, and knows one without a solution', () => {
    // np.linalg.solve([[0, 2, 1], [1, 1, 0], [3, 0, -1]], [1, 2, 3])
    expectClose(new Lu([0, 2, 1, 1, 1, 0, 3, 0, -1], 3).solve([1, 2, 3]), [0, 2, -3]);
    expect(new Lu([1, 2, 2, 4], 2).singular).toBe(true);
  });
});

describe('trustStep', () => {
  it('finds the minimum in the ball of a function that bends down', () => {
    // The best of 20 runs of scipy.optimize.minimize(method='SLSQP', tol=1e-14, constraints=1 - s @ s).
    const step = trustStep({ gradient, hessian }, 1, wide.map(v => -v), wide); // prettier-ignore
    expectClose(step, [-0.27650546, 0.94378512, -0.1811474]);
    expect(quadraticAt({ gradient, hessian }, step)).toBeCloseTo(-2.788922247847728, 9);
  });

  it('stays within bounds', () => {
    const step = trustStep({ gradient, hessian }, 1, [0, 0, 0], [0.5, 0.5, 0.5]);
    expectClose(step, [0, 0.5, 0]);
  });

  it('goes along the axis that bends down where nothing slopes', () => {
    const flat = { gradient: new Float64Array(2), hessian: Float64Array.of(1, 0, 0, -1) };
    expect(Math.abs(trustStep(flat, 2, [-9, -9], [9, 9])[1])).toBeCloseTo(2, 9);
  });
});

describe('Surrogate', () => {
  it('finds the lowest point of a quadratic function in its results', () => {
    const points = Array.from({ length: 9 }, (_, i) => Float64Array.of((i % 3) - 1, i / 3 - 1));
    const f = ([x, y]: Float64Array) => 3 * (x - 0.2) ** 2 + x * y + (y + 0.4) ** 2;
    const model = Surrogate.fit(points, points.map(f))!;
    // Where both slopes are 0: 6 x + y = 1.2, x + 2 y = -0.8.
    expectClose(model.minimum(5), [3.2 / 11, -6 / 11]);
  });

  it('is not there for too few results, or for equal ones', () => {
    const points = [0, 1, 2, 3, 4, 5].map(x => Float64Array.of(x));
    expect(Surrogate.fit(points.slice(0, 2), [1, 2])).toBeUndefined();
    expect(Surrogate.fit(points, points.map(() => 1))).toBeUndefined(); // prettier-ignore
  });
});

it('kendallTau gives what scipy gives', () => {
  // scipy.stats.kendalltau([1, 2, 3, 4, 5], [2, 1, 3, 5, 4])
  expect(kendallTau([1, 2, 3, 4, 5], [2, 1, 3, 5, 4])).toBeCloseTo(0.6, 12);
});
