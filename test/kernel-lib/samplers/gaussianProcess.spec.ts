import { samplers, scales, study, type Sampler } from 'tunelab';
import { Cholesky } from 'tunelab/dist/numeric/cholesky';
import { GaussianModel } from 'tunelab/dist/samplers/gaussianModel';
import { logImprovement } from 'tunelab/dist/samplers/improvement';

const square = { x: scales.linear(-5, 5), y: scales.linear(-5, 5) };
const bowl = ({ x, y }: { x: number; y: number }) => (x - 1.3) ** 2 + 3 * (y + 2.1) ** 2 + x * y;

describe('samplers.gaussianProcess', () => {
  it('finds the bottom of a smooth bowl in 40 trials, to three digits', async () => {
    for (let seed = 0; seed < 3; seed++) {
      const s = study({ space: square, sampler: samplers.gaussianProcess(), seed });
      await s.optimize(bowl, { trials: 40 });
      // Where the gradient is 0: 2 (x - 1.3) + y = 0 and 6 (y + 2.1) + x = 0.
      expect(s.best!.value).toBeLessThan(-4.334545 + 1e-3);
    }
  });

  it('finds its way among whole numbers and choices', async () => {
    const space = {
      rate: scales.log(1e-5, 1),
      layers: scales.integer(1, 12),
      kind: scales.choice(['a', 'b', 'c', 'd'])
    };
    const found: number[] = [];
    for (let seed = 0; seed < 3; seed++) {
      const s = study({ space, sampler: samplers.gaussianProcess(), seed });
      await s.optimize(
        ({ rate, layers, kind }) =>
          (Math.log10(rate) + 3) ** 2 + Math.abs(layers - 9) / 2 + (kind === 'c' ? 0 : 1),
        { trials: 50 }
      );
      found.push(s.best!.value!);
    }
    expect(found.filter(value => value < 0.05).length).toBeGreaterThanOrEqual(2);
  });

  it('keeps workers apart: five trials asked for at once are five places', async () => {
    const s = study({ space: square, sampler: samplers.gaussianProcess(), seed: 1 });
    await s.optimize(({ x, y }) => Math.sin(x) + Math.cos(y), { trials: 15 });
    const points = [];
    for (let i = 0; i < 5; i++) {
      points.push((await s.ask())!.config);
    }
    for (let i = 0; i < 5; i++) {
      for (let k = 0; k < i; k++) {
        const apart = Math.hypot(points[i].x - points[k].x, points[i].y - points[k].y);
        expect(apart).toBeGreaterThan(1e-3);
      }
    }
  });

  it('lives with a constant objective, identical trials and values beyond all measure', async () => {
    const flat = study({ space: square, sampler: samplers.gaussianProcess() });
    await flat.optimize(() => 3, { trials: 30 });
    const same = study({
      space: { one: scales.choice(['a']) },
      sampler: samplers.gaussianProcess()
    });
    await same.optimize((_, { trial }) => trial.number % 3, { trials: 30 });
    const wild = study({ space: square, sampler: samplers.gaussianProcess() });
    await wild.optimize(({ x }) => Math.sign(x) * 1e300 * Math.abs(x) ** 9 || 1, { trials: 30 });
    for (const { config } of [...flat.trials, ...wild.trials]) {
      expect([config.x, config.y].every(Number.isFinite)).toBe(true);
    }
    expect(same.trials).toHaveLength(30);
  });

  it.each([
    ['a startup of 1', { startup: 1 }, /`startup` must be a whole number >= 2/],
    ['an unknown option', { kernel: 3 }, /but got `kernel`/]
  ])('refuses %s', (_, options, message) => {
    expect(() => samplers.gaussianProcess(options as object)).toThrow(message);
  });

  it('looks for what does not exist only where trials without it stand', async () => {
    const space = {
      layers: scales.integer(1, 3),
      rate: scales.log(1e-4, 1),
      second: scales.when(({ layers }: { layers: number }) => layers > 1, scales.linear(0, 1)),
      third: scales.when(({ layers }: { layers: number }) => layers > 2, scales.linear(0, 1))
    };
    const process = samplers.gaussianProcess();
    const places: number[] = [];
    const sampler: Sampler = {
      name: 'watched',
      ask(context) {
        const point = process.ask(context)!;
        const exists = context.existing!(point);
        // The first points are those of a Sobol sequence.
        places.push(...point.filter((_, j) => context.number >= 12 && !exists[j]));
        return point;
      }
    };
    const s = study({ space, sampler, seed: 2 });
    await s.optimize(
      ({ layers, rate, second = 0.4, third = 0.4 }) =>
        layers / 10 + (Math.log10(rate) + 2) ** 2 + (second - 0.8) ** 2 + (third - 0.2) ** 2,
      { trials: 40 }
    );
    expect(places.length).toBeGreaterThan(0);
    expect(new Set(places)).toEqual(new Set([0.5]));
  });
});

describe('the model of samplers.gaussianProcess', () => {
  /*
   * from sklearn.gaussian_process.kernels import Matern, WhiteKernel, ConstantKernel as C
   * k = C(1.5) * Matern([0.3, 0.6], nu=2.5)
   * GaussianProcessRegressor(k + WhiteKernel(0.01), optimizer=None).fit(X, y).log_marginal_likelihood_value_
   *   + 2.5 * np.log(2 * np.pi)
   * GaussianProcessRegressor(k, alpha=0.01, optimizer=None).fit(X, y).predict([[0.3, 0.4]], return_std=True)
   */
  const points = [[0.1, 0.2], [0.4, 0.9], [0.7, 0.3], [0.9, 0.8], [0.5, 0.5]]; // prettier-ignore
  const values = Float64Array.of(0.3, -1.2, 0.8, 0.1, -0.4);
  const shape = Float64Array.of(0.3, 0.6, 1.5, 0.01).map(Math.log);
  const modelOf = (at: Float64Array) => {
    const model = new GaussianModel(at, [false, false]);
    points.forEach(point => model.append(Float64Array.from(point)));
    model.observe(values);
    return model;
  };

  it('has scikit-learn’s mean, deviation and likelihood', () => {
    const model = modelOf(shape);
    const { mean, deviation } = model.predict([0.3, 0.4]);
    expect([mean, deviation]).toBeAllclose([-0.3261752620849667, 0.5997831112509464], {
      rtol: 1e-9
    });
    expect(model.mean([0.3, 0.4])).toBeAllclose(mean, { rtol: 1e-12 });
    expect(model.likelihood(values).value).toBeAllclose(-1.3761334191016648, { rtol: 1e-9 });
  });

  it('knows how its likelihood and its predictions change', () => {
    const { gradient } = modelOf(shape).likelihood(values);
    const step = 1e-5;
    const moved = (at: Float64Array, i: number, by: number) =>
      at.map((v, k) => v + (k === i ? by : 0));
    gradient.forEach((slope, i) => {
      const [up, down] = [step, -step].map(
        by => modelOf(moved(shape, i, by)).likelihood(values).value
      );
      expect(slope).toBeAllclose((up - down) / (2 * step), { rtol: 1e-5, atol: 1e-7 });
    });
    const model = modelOf(shape);
    const x = Float64Array.of(0.3, 0.4);
    const slopes = model.predict(x).gradient();
    for (const i of [0, 1]) {
      const [up, down] = [step, -step].map(by => model.predict(moved(x, i, by)));
      expect(slopes.mean[i]).toBeAllclose((up.mean - down.mean) / (2 * step), { rtol: 1e-5 });
      const change = (up.deviation - down.deviation) / (2 * step);
      expect(slopes.deviation[i]).toBeAllclose(change, { rtol: 1e-5 });
    }
  });

  it('knows the logarithm of the expected improvement, far down as well', () => {
    // log of (b - m) norm.cdf(z) + s norm.pdf(z); mpmath with 50 digits at z = -10
    expect(logImprovement(0, 1, 0.5).value).toBeAllclose(-0.35982768374506374, { rtol: 1e-12 });
    expect(logImprovement(0.2, 0.3, -0.4).value).toBeAllclose(-5.97275632824305, { rtol: 1e-12 });
    expect(logImprovement(0, 1, -10).value).toBeAllclose(-55.55312203612235, { rtol: 1e-4 });
    for (const [mean, deviation] of [
      [0.3, 0.8],
      [7, 0.9]
    ]) {
      // prettier-ignore
      const { byMean, byDeviation } = logImprovement(mean, deviation, 0);
      const at = (m: number, s: number) => logImprovement(m, s, 0).value;
      const h = 1e-6;
      const slopes = [
        (at(mean + h, deviation) - at(mean - h, deviation)) / (2 * h),
        (at(mean, deviation + h) - at(mean, deviation - h)) / (2 * h)
      ];
      expect([byMean, byDeviation]).toBeAllclose(slopes, { rtol: 2e-2 });
    }
  });

  it('solves with a triangle that grew row by row', () => {
    const matrix = [[4, 1, 0], [1, 3, -1], [0, -1, 2]]; // prettier-ignore
    const cholesky = new Cholesky();
    matrix.forEach((row, i) => cholesky.append(row.slice(0, i + 1)));
    const x = cholesky.solveTransposed(cholesky.solve(Float64Array.of(1, 2, 3)));
    const back = matrix.map(row => row.reduce((sum, a, j) => sum + a * x[j], 0));
    expect(back).toBeAllclose([1, 2, 3], { rtol: 1e-12 });
    // numpy.linalg.slogdet(matrix)
    expect(cholesky.logDeterminant).toBeAllclose(Math.log(18), { rtol: 1e-12 });
  });

  it.each([1, 3, 4, 5, 11])('solves with a triangle of %i rows, some of them by fours', size => {
    // The matrix min(i, j) = L L^T, where L is 1 in the lower triangle: its solution is that of running sums.
    const cholesky = new Cholesky();
    for (let i = 1; i <= size; i++) {
      cholesky.append(Array.from({ length: i }, (_, j) => Math.min(i, j + 1)));
    }
    const steps = Array.from({ length: size }, (_, i) => (i * i) % 7);
    const sums = steps.map((_, i) => steps.slice(0, i + 1).reduce((a, b) => a + b));
    expect([...cholesky.solve(Float64Array.from(sums))]).toEqual(steps);
  });
});
