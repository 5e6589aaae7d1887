import fc from 'fast-check';
import { firstFront, fronts } from 'tunelab/dist/numeric/pareto';

describe('firstFront', () => {
  it.each([1, 2, 3, 4])('is the first of all fronts of %p objectives, equal points included', n => {
    const point = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), losses => {
        expect(firstFront(losses)).toEqual(fronts(losses, 1)[0] ?? []);
      })
    );
  });

  it('takes 100,000 points that all lie on the front of two objectives', () => {
    const losses = Array.from({ length: 100_000 }, (_, i) => [i, -i]);
    expect(firstFront(losses)).toHaveLength(100_000);
  });

  it('counts a front of above 2,000 points in three objectives as none', () => {
    const losses = Array.from({ length: 2001 }, (_, i) => [i, -i, 0]);
    expect([firstFront(losses), firstFront(losses.slice(1)).length]).toEqual([[], 2000]);
  });
});
