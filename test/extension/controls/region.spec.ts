import type { StudyPayload } from 'tunelab/dist/figures/format';
import { sceneSpec } from 'tunelab/dist/figures/plotly/sceneSpec';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { tableOf } from 'tunelab/dist/figures/study/store';
import { narrowed, rangesOf, rowsInside } from '../../../extension/controls/region';
import { refineCell } from '../../../extension/controls/code/cells';
import { studyPayload } from './studies';

describe('a brushed region', () => {
  const payload = studyPayload(40);
  const table = tableOf(payload);

  it('has the units of the axes that it was drawn over', () => {
    const scene = sceneOf({ ...payload, view: { x: 'learningRate', y: 'beta' } });
    // A log axis of Plotly speaks in values, our own scales in positions: -log10(1 - 0.9) is 1.
    const ranges = rangesOf(scene, { x: [0.05, 0.003], y: [1, 2] });
    expect(ranges.get('learningRate')).toEqual([0.003, 0.05]);
    const [low, high] = ranges.get('beta')!;
    expect([low, high]).toEqual([expect.closeTo(0.9, 12), expect.closeTo(0.99, 12)]);
  });

  it('is of the panel in which it was drawn', () => {
    const slices: StudyPayload = { ...payload, figure: 'slice', view: {} };
    const scene = sceneOf(slices);
    const { data } = sceneSpec(scene);
    const second = String(data.map(trace => trace.xaxis).find(axis => axis === 'x2'));
    expect([...rangesOf(scene, { [second]: [1, 1.5], y: [0, 1] }).keys()]).toEqual([
      'beta',
      'value'
    ]);
  });

  it('selects the trials that the view shows there', () => {
    const rows = rowsInside(
      table,
      { hidden: ['pruned'] },
      new Map([['learningRate', [0.001, 0.1]]])
    );
    const { values } = table.hyperparameters[0];
    const expected = Array.from(values).flatMap((value, row) =>
      value >= 0.001 && value <= 0.1 && table.state[row] !== 3 ? [row] : []
    );
    expect(rows).toEqual(expected);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(40);
  });

  it('narrows the hyperparameters that it names, or those of the trials that it selects by their value', () => {
    const ranges = new Map<string, [number, number]>([['learningRate', [0.01, 0.1]], ['value', [0, 1]]]); // prettier-ignore
    expect([...narrowed(table, ranges, [0, 1])]).toEqual([['learningRate', [0.01, 0.1]]]);
    const best = narrowed(table, new Map([['value', [0, 1]]]), [3, 7]);
    const { values } = table.hyperparameters[0];
    expect(best.get('learningRate')).toEqual([Math.min(values[3], values[7]), Math.max(values[3], values[7])]); // prettier-ignore
    expect([...best.keys()]).toEqual(['learningRate', 'beta', 'units']);
  });

  it('of 100,000 trials becomes a cell', () => {
    const many = studyPayload(100_000);
    const whole = tableOf(many);
    const scene = sceneOf(many);
    const ranges = rangesOf(scene, { x: [0.003, 0.05], y: [0, 1] });
    const rows = rowsInside(whole, {}, ranges);
    const code = refineCell(whole, narrowed(whole, ranges, rows), rows.length);
    expect(code).toContain('scales.log(0.003, 0.05)');
    const { values } = whole.hyperparameters[0];
    const inside = (row: number): boolean => values[row] >= 0.003 && values[row] <= 0.05;
    const complete = Array.from({ length: 100_000 }, (_, row) => row).filter(row => row % 5 !== 4);
    expect(rows).toEqual(complete.filter(inside));
  });
});
