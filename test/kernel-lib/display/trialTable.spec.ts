import { figures } from 'tunelab';
import { figureBundle } from 'tunelab/dist/display/bundle';
import { studyOf } from '../figures/study/tables';

describe('the bundle of a table of trials', () => {
  it('has its rows as Markdown, which nbconvert shows as a table; other figures have none', async () => {
    const { data } = await figureBundle(figures.trialTable(studyOf([2, 1]), { names: ['number', 'value'] })); // prettier-ignore
    expect(data['text/markdown']).toBe(
      '| trial | value |\n| ---: | ---: |\n| **1** ★ | 1 |\n| 0 | 2 |'
    );
    const other = await figureBundle(figures.scatter(studyOf([2, 1]), { x: 'x' }));
    expect(other.data).not.toHaveProperty('text/markdown');
  });
});
