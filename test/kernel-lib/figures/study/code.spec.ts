import { figures, samplers, scales, study } from 'tunelab';
import { parsePayload } from 'tunelab/dist/figures/payload';
import type { StudyPayload } from 'tunelab/dist/figures/format';
import { scaleOf } from 'tunelab/dist/scales/fromDescription';

const KERNEL = Symbol.for('tunelab.kernel');
const host = globalThis as { [KERNEL]?: unknown };

afterEach(() => {
  Reflect.deleteProperty(host, KERNEL);
});

const space = {
  learningRate: scales.log(1e-4, 1),
  beta: scales.oneMinusLog(0.9, 0.999),
  units: scales.integer(8, 64),
  dropout: scales.quantized(0, 0.5, 0.05),
  noise: scales.expression('10^r', { r: [-4, 0] }),
  activation: scales.choice(['relu', 3, true, null])
};

/** As a page reads it. */
const read = (figure: { payload: unknown }): StudyPayload =>
  parsePayload(JSON.parse(JSON.stringify(figure.payload))) as StudyPayload;

it('a stored study says how each of its scales is written', () => {
  const { trials } = read(figures.trialTable(study({ space, sampler: samplers.random() })));
  const written = trials.hyperparameters.map(({ name, code }) => [name, code]);
  expect(written).toEqual(Object.entries(space).map(([name, scale]) => [name, scale.toJSON()]));
  const again = trials.hyperparameters.map(({ code }) => scaleOf(code!).toJSON());
  expect(again).toEqual(Object.values(space).map(scale => scale.toJSON()));
});

it('the text of a condition is not stored, only that there is one', () => {
  const conditional = {
    layers: scales.integer(1, 2),
    units: scales.when(({ layers }: { layers: number }) => layers > 1, scales.integer(8, 64))
  };
  const { trials } = read(
    figures.trialTable(study({ space: conditional, sampler: samplers.random() }))
  );
  expect(trials.hyperparameters[1].code).toEqual({ kind: 'integer', low: 8, high: 64, conditional: true }); // prettier-ignore
  expect(JSON.stringify(trials)).not.toContain('=>');
});

it('a stored study says what the notebook calls it and its objective', async () => {
  const search = study({
    space: { learningRate: scales.log(1e-4, 1) },
    sampler: samplers.random()
  });
  const train = ({ learningRate }: { learningRate: number }) => learningRate;
  expect(read(figures.history(search)).trials.variables).toBeUndefined();
  const variables = new Map<object, string>([[search, 'search'], [train, 'train']]); // prettier-ignore
  const display = () => Promise.resolve();
  host[KERNEL] = { version: 1, display, nameOf: (value: object) => variables.get(value) };
  expect(read(figures.history(search)).trials.variables).toEqual({ study: 'search' });
  await search.optimize(train, { trials: 2, progress: false });
  expect(read(figures.history(search)).trials.variables).toEqual({
    study: 'search',
    objective: 'train'
  });
});

it('a scale that is no scale is refused with its place', () => {
  const { payload } = figures.trialTable(study({ space, sampler: samplers.random() }));
  const stored = JSON.parse(JSON.stringify(payload)) as StudyPayload;
  Object.assign(stored.trials.hyperparameters[0].code!, { kind: 'eval' });
  expect(() => parsePayload(stored)).toThrow(/trials\.hyperparameters\[0\]\.code\.kind/);
});
