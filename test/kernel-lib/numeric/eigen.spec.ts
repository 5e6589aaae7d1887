import fc from 'fast-check';
import { symmetricEigen } from 'tunelab/dist/numeric/eigen';

it('knows the axes of a symmetric matrix', () => {
  // numpy.linalg.eigvalsh([[4, 1, 0], [1, 3, -1], [0, -1, 2]])
  const { values } = symmetricEigen([4, 1, 0, 1, 3, -1, 0, -1, 2], 3);
  expect([...values].sort((a, b) => a - b)).toBeAllclose(
    [1.2679491924311228, 3.000000000000001, 4.732050807568877],
    { rtol: 1e-12 }
  );
});

it('finds tiny eigenvalues beside huge ones', () => {
  // A rotation by 0.3 of diag(1e10, 1e-4).
  const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
  const { values } = symmetricEigen([1e10, 0, 0, 1e-4], 2);
  expect([...values].sort((a, b) => a - b)).toEqual([1e-4, 1e10]);
  const turned = symmetricEigen([c * c * 1e10, c * s * 1e10, c * s * 1e10, s * s * 1e10], 2).values;
  expect(Math.min(...turned)).toBeLessThan(1e-5);
});

it('takes any symmetric matrix apart and puts it together again', () => {
  const element = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(element, { minLength: 10, maxLength: 10 }), upper => {
      const a = new Float64Array(16);
      for (let i = 0, at = 0; i < 4; i++) {
        for (let j = i; j < 4; j++, at++) {
          a[i * 4 + j] = a[j * 4 + i] = upper[at];
        }
      }
      const { values, vectors } = symmetricEigen(a, 4);
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const sum = [0, 1, 2, 3].reduce(
            (total, k) => total + values[k] * vectors[i * 4 + k] * vectors[j * 4 + k],
            0
          );
          expect(Math.abs(sum - a[i * 4 + j])).toBeLessThan(1e-10);
        }
      }
    })
  );
});
