import { datasets } from 'tunelab';

const PETS = [
  { size: 3, weight: 1, kind: 'cat' },
  { size: 5, weight: 2, kind: 'dog' }
];

describe('datasets.json and datasets.rows', () => {
  it('read objects, from text as from memory', () => {
    const expected = {
      x: Float32Array.of(3, 1, 5, 2),
      y: Int32Array.of(0, 1),
      rows: 2,
      features: 2,
      classes: 2,
      featureNames: ['size', 'weight'],
      classNames: ['cat', 'dog']
    };
    expect(datasets.rows(PETS, { label: 'kind' })).toEqual(expected);
    expect(datasets.json(JSON.stringify(PETS), { label: 'kind' })).toEqual(expected);
  });

  it('read arrays by index', () => {
    const data = datasets.rows([[120, 300], [80, 210]], { target: 1 }); // prettier-ignore
    expect([...data.x, ...data.targets]).toEqual([120, 80, 300, 210]);
  });

  it('read x and y without options', () => {
    expect(datasets.json('{"x": [[0, 1], [1, 0]], "y": [0, 1]}').classes).toBe(2);
    const data = datasets.json('{"x": [[0], [1]], "y": [0.5, 1.5]}', { target: 'y' });
    expect([...data.targets]).toEqual([0.5, 1.5]);
  });

  it('count a key that is left out, and null, as missing', () => {
    const holes = [...PETS, { size: 4, kind: 'cat' }, { size: null, weight: 1, kind: 'cat' }];
    expect(datasets.rows(holes, { label: 'kind', missing: 'drop' }).rows).toBe(2);
    // prettier-ignore
    expect(() => datasets.rows(holes, { label: 'kind' })).toThrow(/undefined in row 2, column "weight"/);
  });

  it.each([
    ['text that is no JSON', '[1, 2', /must be JSON, but got/],
    ['a number', '[1, 2]', /array of objects or of arrays, but got an array of 1/],
    ['an object', '{"a": 1}', /but got {a}/],
    ['an empty array', '[]', /an array of undefined/],
    ['a row of another kind', '[{"a": 1, "b": 2}, 5]', /row 0, {a, b}, but got 5 in row 1/],
    ['a row with other keys', '[{"a": 1, "b": 2}, {"c": 1}]', /got {c} in row 1/],
    ['a longer row', '[[1, 2], [1, 2, 3]]', /got \[1, 2, 3\] in row 1/],
    ['truth values for numbers', '[{"a": true, "b": 2}]', /got true in row 0, column "a"/],
    ['nested values', '[{"a": [1], "b": 2}]', /got \[1\] in row 0, column "a"/],
    ['labels below 0 beside x', '{"x": [[1]], "y": [-1]}', /got -1 in row 0/]
  ])('refuse %s', (_, text, message) => {
    expect(() => datasets.json(text, { label: text.includes('"b"') ? 'b' : 0 })).toThrow(message);
  });
});
