import { figures, scales } from 'tunelab';
import { trialRows } from 'tunelab/dist/figures/study/tableRows';
import { trialTableMarkdown } from 'tunelab/dist/figures/study/trialTable';
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import { layersOf } from '../drawn';
import { changed, studyOf, tableOf } from './tables';

const numbers = (of: ReturnType<typeof tableOf>, view = {}) =>
  trialRows(of, view).order.map(row => of.number[row]);

describe('a table of trials', () => {
  it('has the best first and those without a value last', () => {
    const came = [3, 'failed', 1, 2, 'running'] as const;
    expect(numbers(tableOf(came))).toEqual([2, 3, 0, 1, 4]);
    expect(numbers(tableOf(came, { direction: 'maximize' }))).toEqual([0, 3, 2, 1, 4]);
  });

  it('sorts by any column, either way, and leaves out what a view hides', () => {
    const table = tableOf([3, 'failed', 1]);
    expect(numbers(table, { sort: 'number' })).toEqual([0, 1, 2]);
    expect(numbers(table, { sort: 'x', descending: true })).toEqual([2, 1, 0]);
    expect(numbers(table, { sort: 'state' })).toEqual([0, 2, 1]);
    expect(numbers(table, { hidden: ['failed'], ranges: { value: [0, 2] } })).toEqual([2]);
    expect(() => numbers(table, { sort: 'note!' })).toThrow(/`sort` must be one of `number`, `state`, `value`, `x`, `duration`/); // prettier-ignore
  });

  it('says what came of each trial', () => {
    const of = changed(studyOf([0.25, 'failed']), { 0: { note: 'promising', ended: 3500 } });
    const { columns, order } = trialRows(tableOfStudy(of), {});
    expect(columns.map(({ name }) => name)).toEqual(['number', 'state', 'value', 'x', 'duration', 'note']); // prettier-ignore
    expect(order.map(row => columns.map(column => column.textOf(row)))).toEqual([
      ['0', 'complete', '0.25', '0', '2.5', 'promising'],
      ['1', 'failed: loss is NaN in trial 1', '', '0.1', '1', '']
    ]);
  });

  it('writes Markdown in which texts stay texts', () => {
    const space = { kind: scales.choice(['a|b', '<img src=x>', '[x](javascript:0)']) };
    const of = changed(studyOf([1, 2, 3], { space }), {
      0: { config: { kind: 'a|b' } },
      1: { config: { kind: '<img src=x>' } },
      2: { config: { kind: '[x](javascript:0)' } }
    });
    const names = ['number', 'value', 'kind'];
    expect(trialTableMarkdown(tableOfStudy(of), { names }).split('\n')).toEqual([
      '| trial | value | kind |',
      '| ---: | ---: | --- |',
      '| **0** ★ | 1 | a\\|b |',
      '| 1 | 2 | \\<img src=x\\> |',
      '| 2 | 3 | \\[x\\](javascript:0) |'
    ]);
  });

  it('says how many trials its text and its picture leave out', () => {
    const many = studyOf(Array.from({ length: 100 }, (_, i) => i));
    const lines = trialTableMarkdown(tableOfStudy(many), {}).split('\n');
    expect([lines.length, lines[lines.length - 1]]).toEqual([34, '… 70 more trials']);
    const texts = layersOf(figures.trialTable(many), 'labels').flatMap(({ text }) => [...text]);
    expect(texts).toContain('… 84 more trials');
    expect(trialTableMarkdown(tableOf([]), {})).toContain('The study has no trials yet.');
  });

  it('is a figure with its columns named in words', () => {
    const figure = figures.trialTable(studyOf([1, 2]), { names: ['number', 'x'], sort: 'x' });
    expect(figure.alt).toMatch(/^Table of 2 trials with 2 columns\. Best value 1 in trial 0/);
    expect(figure.payload).toMatchObject({ figure: 'trialTable', view: { names: ['number', 'x'], sort: 'x' } }); // prettier-ignore
    expect(() => figures.trialTable(studyOf([1]), { names: ['y' as 'x'] })).toThrow(/`names\[0\]` must be one of/); // prettier-ignore
  });
});
