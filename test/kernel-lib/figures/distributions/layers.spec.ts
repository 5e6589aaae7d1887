import { activations, datasets, figures, layers, sequential } from 'tunelab';
import { normal } from '../examples';
import { layersOf, panelsOf } from '../drawn';

describe('figures.layers', () => {
  it('draws what activations returned: a panel for each layer, in the same bins', () => {
    const network = sequential(
      [layers.dense(8), layers.relu(), layers.dense(10), layers.softmax()],
      {
        inputs: 64
      }
    );
    const figure = figures.layers(activations(network, datasets.digits().dev.x));
    expect(panelsOf(figure).map(({ title }) => title!.split(':')[0])).toEqual([
      '0 dense',
      '1 relu',
      '2 dense',
      '3 softmax'
    ]);
    expect(panelsOf(figure).map(({ x }) => x.shared)).toEqual(Array(4).fill('values'));
    const [first, ...others] = layersOf(figure, 'histogram').map(({ edges }) => edges);
    for (const edges of others) expect(edges).toEqual(first);
  });

  it('writes the share of exact zeros where they are many, and draws the others', () => {
    const figure = figures.layers(
      { relu: [0, 0, 0, 1, 3], dense: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
      { bins: 2 }
    );
    const [relu, dense] = panelsOf(figure);
    // numpy.mean([0, 0, 0, 1, 3]), numpy.std([0, 0, 0, 1, 3])
    expect(relu.title).toBe('relu: 0.8 ± 1.2');
    expect(figure.alt).toContain('relu: μ = 0.8, σ = 1.17, 60 % are 0');
    expect(layersOf(figure, 'rule')).toContainEqual(
      expect.objectContaining({ at: 0, label: '60 % are 0' })
    );
    expect(dense.title).toBe('dense: 5 ± 3.2');
    const [ofRelu, ofDense] = layersOf(figure, 'histogram').map(({ counts }) => Array.from(counts));
    expect(ofRelu).toEqual([100, 0]);
    expect(ofDense).toBeAllclose([500 / 11, 600 / 11]);
  });

  it('keeps zeros where there is nothing else', () => {
    expect(panelsOf(figures.layers({ dead: [0, 0] }))[0].layers).not.toEqual([]);
  });

  it.each([
    [1, 1, 1],
    [4, 2, 2],
    [5, 2, 3],
    [6, 2, 3],
    [9, 3, 3]
  ])('lays %i panels out in %i rows of %i', (count, rows, columns) => {
    const sets = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`z${i}`, normal(20, i, 1)])
    );
    const places = panelsOf(figures.layers(sets));
    expect(Math.max(...places.map(({ row }) => row)) + 1).toBe(rows);
    expect(Math.max(...places.map(({ column }) => column)) + 1).toBe(columns);
  });

  it('shows layers without a finite value as a note', () => {
    expect(figures.layers({ a: [NaN], b: [] }).payload.note).toBe('There are no values to count.');
    expect(figures.layers({ a: [NaN], b: [1] }).alt).toContain('a: no values');
  });

  it.each<[string, unknown, object, RegExp]>([
    ['an empty list', [], {}, /what `activations` returned, or sets of numbers by name/],
    ['numbers', [1, 2], {}, /what `activations` returned/],
    ['nothing', undefined, {}, /values=undefined/],
    [
      'too many',
      Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`z${i}`, [1]])),
      {},
      /1 to 64 sets/
    ],
    ['no column', { a: [1] }, { columns: 0 }, /`columns` must be a whole number/]
  ])('refuses %s', (_, of, options, message) => {
    expect(() => figures.layers(of as never, options)).toThrow(message);
  });
});
