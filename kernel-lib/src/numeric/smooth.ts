/**
 * The exponentially weighted average of numbers, corrected for its start from 0:
 *
 *     v = beta v + (1 - beta) x,   result = v / (1 - beta^t)
 *
 * It averages over about 1 / (1 - beta) numbers. NaN stays NaN in its place and is left out of the average.
 *
 * @param beta weight of the past, in [0, 1); 0 gives the numbers themselves
 * @see lecture, "Exponentially weighted averages" and "Bias correction"; as pandas' `ewm(alpha=1 - beta).mean()`.
 */
export function exponentiallyWeighted(values: ArrayLike<number>, beta: number): Float64Array {
  const result = new Float64Array(values.length);
  let [v, forgotten] = [0, 1];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      result[i] = NaN;
      continue;
    }
    v = beta * v + (1 - beta) * values[i];
    forgotten *= beta;
    result[i] = v / (1 - forgotten);
  }
  return result;
}
