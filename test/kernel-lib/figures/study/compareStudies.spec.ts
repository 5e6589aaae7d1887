import { figures } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';
import { changed, studyOf } from './tables';

const listed = (values: ArrayLike<number>) => Array.from(values);

const SEEDS = [studyOf([3, 2, 5, 1]), studyOf([4, 4, 1, 2]), studyOf([2.5, 3, 3, 3])];

describe('figures.compareStudies', () => {
  it('draws the best so far of each study as a step line', () => {
    const figure = figures.compareStudies({ a: SEEDS[0], b: SEEDS[1] });
    const lines = layersOf(figure, 'line');
    expect(lines.map(({ name, step, x, y }) => [name, step, listed(x), listed(y)])).toEqual([
      ['a', true, [0, 1, 3], [3, 2, 1]],
      ['b', true, [0, 2, 3], [4, 1, 1]]
    ]);
    expect(layersOf(figure, 'band')).toEqual([]);
  });

  it('draws the median of several seeds in a band of their quartiles', () => {
    // b = np.minimum.accumulate([[3, 2, 5, 1], [4, 4, 1, 2], [2.5, 3, 3, 3]], axis=1)
    // np.percentile(b, [25, 50, 75], axis=0)                                         (NumPy 2.4.6)
    const numpy = [
      [2.75, 2.25, 1.5, 1],
      [3, 2.5, 2, 1],
      [3.5, 3.25, 2.25, 1.75]
    ];
    const figure = figures.compareStudies({ random: SEEDS });
    const [line] = layersOf(figure, 'line');
    expect([line.name, listed(line.x), listed(line.y)]).toEqual([
      'random (3 runs)',
      [0, 1, 2, 3],
      numpy[1]
    ]);
    const [band] = layersOf(figure, 'band');
    const odd = (values: ArrayLike<number>) => Array.from(values).filter((_, i) => i % 2 === 0);
    expect(odd(band.x)).toEqual([0, 1, 2, 3]);
    expect(odd(band.low)).toEqual(numpy[0]);
    expect(odd(band.high)).toEqual(numpy[2]);
    // Between two trials the band is as flat as the line.
    expect([band.x[1], band.low[1], band.high[1]]).toEqual([1, 2.75, 3.5]);
    expect(figure.alt).toBe(
      'Best value so far by trial. random: median of 3 runs 1, quartiles 1 and 1.75, at trial 3.'
    );
  });

  it('begins a percentile where enough seeds have a value, and lets a short search keep its best', () => {
    const seeds = [studyOf(['failed', 2, 1, 1]), studyOf([3]), studyOf(['failed', 'failed', 6])];
    const [line] = layersOf(figures.compareStudies({ a: seeds }), 'line');
    // Median of (none, 3, none), (2, 3, none), (1, 3, 6), (1, 3, 6).
    expect([Array.from(line.x), Array.from(line.y)]).toEqual([
      [1, 2, 3],
      [3, 3, 3]
    ]);
  });

  it('compares over time, from the end of each trial', () => {
    const late = changed(SEEDS[1], { 0: { ended: 11_000 }, 3: { ended: null } });
    const figure = figures.compareStudies({ a: SEEDS[0], late }, { by: 'time' });
    expect(panelsOf(figure)[0].x.label).toBe('time since the first trial began (seconds)');
    expect(layersOf(figure, 'line').map(({ x, y }) => [Array.from(x), Array.from(y)])).toEqual([
      [
        [1, 2, 4],
        [3, 2, 1]
      ],
      [
        [2, 3, 10],
        [4, 1, 1]
      ]
    ]);
  });

  it('draws one of several objectives', () => {
    const both = studyOf(
      [
        [1, 1],
        [2, 3]
      ],
      { directions: ['minimize', 'maximize'] }
    );
    const figure = figures.compareStudies({ both }, { objective: 1, logY: true });
    expect(listed(layersOf(figure, 'line')[0].y)).toEqual([1, 3]);
    expect(panelsOf(figure)[0].y).toMatchObject({ label: 'best value[1] so far', scale: 'log' });
    expect(() => figures.compareStudies({ both })).toThrow(/which of the 2 objectives/);
    expect(() => figures.compareStudies({ both }, { objective: 2 })).toThrow(/objective=2/);
  });

  it('draws those that have values, and says which have none', () => {
    const figure = figures.compareStudies({ a: studyOf(['failed']), b: studyOf([1]) });
    expect(layersOf(figure, 'line').map(({ name }) => name)).toEqual(['b']);
    expect(figure.alt).toContain('a: no value. b: 1 at trial 0.');
    expect(panelsOf(figures.compareStudies({ a: studyOf([]) }))[0].layers).toEqual([]);
  });

  it('refuses directions that differ, empty input and unknown options', () => {
    const up = studyOf([1], { direction: 'maximize' });
    expect(() => figures.compareStudies({ a: SEEDS[0], up })).toThrow(/same directions/);
    expect(() => figures.compareStudies({ a: [SEEDS[0], up] })).toThrow(/same directions/);
    expect(() => figures.compareStudies({})).toThrow(/1 to 20 names/);
    expect(() => figures.compareStudies({ a: [] })).toThrow(/none under "a"/);
    expect(() => figures.compareStudies(SEEDS[0] as never)).toThrow(/by name/);
    expect(() => figures.compareStudies({ a: SEEDS[0] }, { by: 'epoch' as never })).toThrow(/`by`/);
    expect(() => figures.compareStudies({ a: SEEDS[0] }, { log: true } as never)).toThrow(/`log`/);
  });
});
