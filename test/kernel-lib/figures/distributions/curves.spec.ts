import { figures } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';

const x = [1, 2, 4];
const y = [0.5, 0.75, 0.9];

describe('figures.curves', () => {
  it('draws each curve on the same axes, under its name', () => {
    const figure = figures.curves(
      { random: { x, y }, grid: { x: Int32Array.of(1, 4), y: Float64Array.of(0.25, 0.5) } },
      { x: 'trials', y: 'accuracy', logX: true }
    );
    const lines = layersOf(figure, 'line');
    expect(lines.map(({ name }) => name)).toEqual(['random', 'grid']);
    expect(lines.map(line => Array.from(line.y))).toEqual([y, [0.25, 0.5]]);
    expect(panelsOf(figure)).toHaveLength(1);
    expect(panelsOf(figure)[0]).toMatchObject({
      x: { label: 'trials', scale: 'log' },
      y: { label: 'accuracy', scale: 'linear' }
    });
    expect(figure.title).toBe('accuracy by trials');
    expect(figure.alt).toContain('random: 0.5 at 1, 0.9 at 4; grid: 0.25 at 1, 0.5 at 4.');
  });

  it('draws a band in the colour of its line, once in the legend', () => {
    const figure = figures.curves({ best: { x, y, low: [0, 0.5, 0.8], high: [1, 1, 1] } });
    const [band] = layersOf(figure, 'band');
    expect(band).toMatchObject({ name: '', group: 'best' });
    expect(Array.from(band.low)).toEqual([0, 0.5, 0.8]);
    expect(layersOf(figure, 'line')[0].group).toBe('best');
    expect(figure.alt).toContain('best: 0.5 (0 to 1) at 1');
  });

  it('keeps a value that is not known as a gap', () => {
    const figure = figures.curves({ one: { x, y: [1, NaN, 2] } });
    expect(Array.from(layersOf(figure, 'line')[0].y)).toEqual([1, NaN, 2]);
  });

  it('shows curves without points as a note', () => {
    expect(figures.curves({ nothing: { x: [], y: [] } }).alt).toContain('no points to show');
  });

  it.each<[string, unknown, RegExp]>([
    ['no curve', {}, /1 to 20 curves/],
    ['something else than curves', 3, /1 to 20 curves/],
    ['words for numbers', { a: { x, y: ['1', '2', '3'] } }, /arrays of numbers.*y=/s],
    ['a curve without y', { a: { x } }, /arrays of numbers.*y=undefined of a/s],
    ['another length', { a: { x, y: [1] } }, /as long.*lengths 3, 1 of a/s],
    ['x that fall', { a: { x: [1, 3, 2], y } }, /must rise.*x\[2\]=2 of a/s],
    ['x that is NaN', { a: { x: [NaN, 1, 2], y } }, /must rise.*x\[0\]=NaN of a/s],
    ['a band with one edge', { a: { x, y, low: y } }, /come together/]
  ])('refuses %s', (_, input, message) => {
    expect(() => figures.curves(input as never)).toThrow(message);
  });

  it('refuses an option that it does not know', () => {
    expect(() => figures.curves({ a: { x, y } }, { log: true } as never)).toThrow(/log/);
  });
});
