import { samplers, scales, study } from 'tunelab';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import { quantityNames, quantityOf } from 'tunelab/dist/figures/study/quantity';
import { scatterScene } from 'tunelab/dist/figures/study/scatter';
import * as examples from '../examples';
import { changed, studyOf, tableOf } from './tables';

describe('tableOfStudy', () => {
  it('has a column for each hyperparameter, by its name with dots, NaN where it does not exist', async () => {
    const search = study({
      space: {
        optimizer: { kind: scales.choice(['sgd', 'adam']) },
        units: [scales.integer(4, 8)],
        beta: scales.when(
          ({ optimizer }: { optimizer: { kind: string } }) => optimizer.kind === 'adam',
          scales.linear(0, 1)
        )
      },
      sampler: samplers.random()
    });
    await search.optimize(({ units }) => units[0], { trials: 12 });
    const { hyperparameters } = tableOfStudy(search);
    expect(hyperparameters.map(({ name }) => name)).toEqual(['optimizer.kind', 'units.0', 'beta']);
    search.trials.forEach(({ config }, row) => {
      const [kind, units, beta] = hyperparameters.map(({ values }) => values[row]);
      expect(kind).toBe(config.optimizer.kind === 'adam' ? 1 : 0);
      expect(units).toBe(config.units[0]);
      expect(beta).toBe(config.beta ?? NaN);
    });
  });

  it('counts time in seconds from when the first trial began, without those that wait', () => {
    const table = tableOf([1, 'running', 'waiting', 'failed']);
    expect([...Array.from(table.started!)]).toEqual([0, 1, NaN, 3]);
    expect([...Array.from(table.ended!)]).toEqual([1, NaN, NaN, 4]);
    expect(tableOfStudy(examples.study(3)).started).toBeUndefined();
  });

  it('keeps reports in rows of their own, workers, reasons and notes', () => {
    const of = changed(studyOf([1, 'failed', 2]), {
      0: { reports: [[1, 0.5], [2, 0.25]], attributes: { worker: 'b' }, note: 'promising' },
      2: { reports: [[1, 0.75]], attributes: { worker: 'a' } }
    }); // prettier-ignore
    const { reports, worker, workers, errors, notes } = tableOfStudy(of);
    expect(Array.from(reports!.row)).toEqual([0, 0, 2]);
    expect(Array.from(reports!.value)).toEqual([0.5, 0.25, 0.75]);
    expect([Array.from(worker!), workers]).toEqual([
      [0, NaN, 1],
      ['b', 'a']
    ]);
    expect([errors, notes]).toEqual([{ 1: 'loss is NaN in trial 1' }, { 0: 'promising' }]);
  });

  it('has values of complete trials alone', () => {
    const of = changed(studyOf([1, 2]), { 1: { state: 'pruned' } });
    expect(Array.from(tableOfStudy(of).values[0])).toEqual([1, NaN]);
    const several = tableOf([[1, 2], 'failed'], { directions: ['minimize', 'maximize'] });
    expect(several.values.map(one => Array.from(one))).toEqual([[1, NaN], [2, NaN]]); // prettier-ignore
    expect(quantityNames(several)).toEqual(['x', 'value[0]', 'value[1]', 'number', 'duration']);
    expect(() => quantityOf(several, {}, 'value')).toThrow(/`value\[0\]`, `value\[1\]`/);
  });

  it('makes a table of 100,000 trials, and a scatter, in a fraction of a second', () => {
    const many = examples.study(100_000);
    // The processor's time, not the clock's: other processes do not count.
    const least = (run: () => unknown) =>
      Math.min(
        ...[1, 2, 3].map(() => {
          const start = process.cpuUsage();
          run();
          return process.cpuUsage(start).user / 1000;
        })
      );
    const table = tableOfStudy(many);
    // 90 and 90 ms on two busy cores: more than ten times that means that something grows faster than the trials.
    expect(least(() => tableOfStudy(many))).toBeLessThan(1500);
    expect(least(() => scatterScene(table, { x: 'learningRate', y: 'beta' }))).toBeLessThan(1500);
  });
});
