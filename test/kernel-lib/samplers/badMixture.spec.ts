import { createRng, samplers, scales, study, type Space } from 'tunelab';
import { BadMixture } from 'tunelab/dist/samplers/badMixture';
import { historyOf } from 'tunelab/dist/samplers/history';
import { dimensionsOf } from 'tunelab/dist/study/space';

const layered = ({ layers }: { layers: number }) => layers >= 2;
const spaces: [string, Space][] = [
  ['continuous', { x: scales.linear(0, 1), y: scales.log(1e-4, 1) }],
  ['mixed', { x: scales.linear(0, 1), n: scales.integer(1, 9), c: scales.choice(['p', 'q', 'r']) }],
  [
    'conditional',
    { layers: scales.integer(1, 3), units: scales.when(layered, scales.linear(0, 1)) }
  ]
];

async function mixtureOf(space: Space, trials: number) {
  const s = study({ space, sampler: samplers.random(), seed: 5 });
  await s.optimize(() => 0, { trials });
  const history = historyOf(dimensionsOf(space), 'minimize', s.trials);
  const mixtures: BadMixture[] = history.dimensions.map(
    (_, j) => new BadMixture(history, [j], index => mixtures[index])
  );
  const all = history.dimensions.map((_, j) => j);
  return new BadMixture(history, all, index => mixtures[index]);
}

/** Candidates in a corner, where densities differ by far, and over all. */
function candidatesFor(space: Space, count: number) {
  const rng = createRng(3);
  const width = dimensionsOf(space).length;
  return Float64Array.from({ length: count * width }, (_, at) =>
    at % 2 === 0 ? rng.uniform() : 0.2 * rng.uniform()
  );
}

describe.each(spaces)('where bad trials lie, %s', (_, space) => {
  // 300 trials are several blocks of kernels and a part of one; of 2,000 some stand for others.
  it.each([3, 300, 2000])(
    'finds the same candidate as all densities do, after %i trials',
    async trials => {
      const mixture = await mixtureOf(space, trials);
      const good = [0, 2];
      const candidates = candidatesFor(space, 24);
      const rng = createRng(8);
      const logs = Array.from({ length: 24 }, () => -3 * rng.uniform());
      const densities = mixture.logDensity(candidates, good);
      const promises = logs.map((log, c) => log - densities[c]);
      const most = Math.max(...promises);
      const found = mixture.mostPromising(candidates, logs, good, -Infinity);
      expect(found.candidate).toBe(promises.indexOf(most));
      expect(found.promise).toBeCloseTo(most, 12);
      expect(mixture.mostPromising(candidates, logs, good, most + 1e-9)).toEqual({
        candidate: -1,
        promise: most + 1e-9
      });
    }
  );
});

describe('where bad trials lie', () => {
  it('is a density but for the sqrt(2 pi) of normal kernels, whichever trials are left out or stand for others', async () => {
    const mixture = await mixtureOf({ x: scales.linear(0, 1) }, 2000);
    const points = Float64Array.from({ length: 4000 }, (_, i) => (i + 0.5) / 4000);
    const densities = mixture.logDensity(points, [7, 1900]).map(Math.exp);
    const mass = densities.reduce((a, b) => a + b) / 4000;
    expect(mass).toBeCloseTo(Math.sqrt(2 * Math.PI), 5);
  });
});
