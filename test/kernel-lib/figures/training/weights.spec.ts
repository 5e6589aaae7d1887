import { figures, layers, sequential } from 'tunelab';
import { heatOf, layersOf, sceneIn } from './scenes';

function network(inputs: number, units: number) {
  const made = sequential([layers.dense(units), layers.relu(), layers.dense(2), layers.softmax()], {
    inputs,
    seed: 1
  });
  // Weight of input i into unit u: 10 u + i, less 12.
  const { values } = made.parameters[0];
  values.forEach((_, at) => (values[at] = 10 * (at % units) + Math.floor(at / units) - 12));
  return made;
}

describe('figures.weights', () => {
  it('draws the weights into a unit as a picture, row by row from the top', () => {
    const { values, x } = heatOf(figures.weights(network(4, 2)));
    const width = x.length - 1;
    const rows = [0, 1].map(row => Array.from(values).slice(row * width, (row + 1) * width));
    // np.arange(4).reshape(2, 2) - 12 + 10 * unit, a blank column between the units
    expect(rows).toEqual([
      [-12, -11, NaN, -2, -1],
      [-10, -9, NaN, 0, 1]
    ]);
    expect(sceneIn(figures.weights(network(4, 2))).panels[0].y.reversed).toBe(true);
  });

  it('has one scale for all units, with 0 in its middle', () => {
    expect(sceneIn(figures.weights(network(4, 2))).color).toEqual({
      label: 'weight',
      scale: 'linear',
      range: [-12, 12],
      diverging: true
    });
  });

  it('shows the layer that is asked for, in the size that is asked for', () => {
    const figure = figures.weights(network(4, 6), {
      layer: 2,
      size: [3, 2],
      names: ['cat', 'dog']
    });
    expect(figure.title).toBe('Weights of layer 2: 2 units');
    expect(layersOf(figure, 'labels')[0].text).toEqual(['cat', 'dog']);
    expect(figure.alt).toContain('as 2 pictures of 3 by 2');
  });

  it('draws inputs that make no square as one row', () => {
    expect(figures.weights(network(5, 1)).alt).toContain('1 by 5');
  });

  it('tells where the strongest weights are', () => {
    expect(figures.weights(network(4, 2)).alt).toContain(
      'The largest is 12 away from 0. Strongest: unit 0 -12 at row 0, column 0; unit 1 -2 at row 0, column 0.'
    );
  });

  it('draws weights that are all 0', () => {
    const blank = sequential([layers.dense(1)], { inputs: 4, seed: 1 });
    blank.parameters[0].values.fill(0);
    expect(sceneIn(figures.weights(blank)).color?.range).toEqual([-1, 1]);
  });

  it('shows 64 units unless more are asked for', () => {
    const wide = network(4, 100);
    expect(figures.weights(wide).title).toBe('Weights of layer 0: 64 of 100 units');
    expect(layersOf(figures.weights(wide, { count: 100 }), 'labels')[0].text).toHaveLength(100);
  });

  it.each([
    ['no network', {}, {}, 'weights are those of a network'],
    [
      'a layer that is not dense',
      network(4, 2),
      { layer: 1 },
      'must be that of a dense layer: 0, 2'
    ],
    ['another size', network(4, 2), { size: [3, 3] }, 'product is the 4 inputs of the layer'],
    ['too few names', network(4, 2), { names: ['a'] }, '`names` must name each of the 2 units'],
    ['more than 256', network(4, 2), { count: 300 }, 'at most 256']
  ])('refuses %s', (_, given, options, words) => {
    expect(() => figures.weights(given as never, options as never)).toThrow(words);
  });

  it('says where a network has diverged', () => {
    const diverged = network(4, 2);
    diverged.parameters[0].values[3] = NaN;
    expect(() => figures.weights(diverged)).toThrow('NaN at index 3 of layer 0');
  });
});
