import * as Papa from 'papaparse';
import { figures, samplers, scales, study } from 'tunelab';
import type { Figure } from 'tunelab';
import { figureCsv } from 'tunelab/dist/figures/csv';
import { scatterWithFailedAndPruned } from './examples';

const read = (figure: Figure): string[][] =>
  Papa.parse<string[]>(figureCsv(figure.payload), { skipEmptyLines: true }).data;

async function search() {
  const made = study({
    space: { learningRate: scales.log(1e-4, 1), activation: scales.choice(['relu', '=tanh']) },
    sampler: samplers.random(),
    seed: 1
  });
  await made.optimize(
    ({ learningRate }, { trial }) => {
      if (trial.number === 2) throw new Error('diverged');
      return Math.log10(learningRate) ** 2;
    },
    { trials: 5 }
  );
  return made;
}

describe('the data of a figure as a table', () => {
  it('has a row for each trial of a study, in own units and words', async () => {
    const made = await search();
    const [header, ...rows] = read(figures.scatter(made, { x: 'learningRate' }));
    expect(header.slice(0, 5)).toEqual(['number', 'state', 'value', 'learningRate', 'activation']);
    expect(rows).toHaveLength(5);
    rows.forEach((row, i) => {
      const { state, config, value } = made.trials[i];
      expect(row.slice(0, 2)).toEqual([String(i), state]);
      expect(Number(row[2])).toBe(value ?? 0);
      expect(Number(row[3])).toBe(config.learningRate);
    });
    expect(rows[2][2]).toBe('');
  });

  it('keeps words that a spreadsheet would compute as words', async () => {
    const cells = read(figures.scatter(await search(), { x: 'learningRate' })).map(row => row[4]);
    expect(cells).toContain("'=tanh");
    expect(cells).not.toContain('=tanh');
  });

  it('has the columns of each layer, under the names of the axes', () => {
    const [header, ...rows] = read(
      figures.probabilities([0.75, 0.25], { classNames: ['cat', 'dog'] })
    );
    expect(header).toEqual(['class', 'probability']);
    expect(rows).toEqual([
      ['cat', '0.75'],
      ['dog', '0.25']
    ]);
  });

  it('tells layers of one figure apart, and says a shared column once', () => {
    const p = [0.5, 0.5];
    const [header] = read(figures.probabilities(p, { temperatures: [1, 2] }));
    expect(header).toEqual([
      'T = 1: class',
      'T = 1: probability',
      'T = 2: class',
      'T = 2: probability'
    ]);
    expect(new Set(read(figures.simplex([[1, 0, 0]]))[0]).size).toBe(
      read(figures.simplex([[1, 0, 0]]))[0].length
    );
  });

  it('has a row for each cell of a matrix', () => {
    const figure = figures.confusion([[3, 1], [0, 2]], { classNames: ['cat', 'dog'] }); // prettier-ignore
    expect(read(figure)).toEqual([
      ['predicted class', 'true class', 'share of the true class', 'text'],
      ['cat', 'cat', '0.75', '3\n75 %'],
      ['dog', 'cat', '0.25', '1\n25 %'],
      ['cat', 'dog', '', ''],
      ['dog', 'dog', '1', '2\n100 %']
    ]);
  });

  it('reads figures of version 1', () => {
    const [header, ...rows] = read(scatterWithFailedAndPruned());
    expect(header.length).toBeGreaterThan(2);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('fills up columns that are shorter', () => {
    const lengths = read(figures.histogram({ few: [1], many: [1, 2, 3] })).map(row => row.length);
    expect(new Set(lengths).size).toBe(1);
  });
});
