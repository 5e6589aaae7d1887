/** Mean and standard deviation as they are written into panels. */
import type { Moments } from '../../numeric/stats';
import { formatNumber } from '../text';

/** Some digits; a mean that is only rounding beside its deviation is 0. */
function rounded(value: number, unit: number, digits = 3): string {
  return formatNumber(Math.abs(value) < 1e-6 * unit ? 0 : Number(value.toPrecision(digits)));
}

/** `μ = 3.01, σ = 2.5`; nothing for no values. */
export function writtenMoments({ count, mean, deviation }: Moments): string {
  return count === 0
    ? 'no values'
    : `μ = ${rounded(mean, deviation)}, σ = ${rounded(deviation, Math.abs(mean))}`;
}

/** `3 ± 2.5`: the same where there is little room. */
export function shortMoments({ count, mean, deviation }: Moments): string {
  return count === 0
    ? 'no values'
    : `${rounded(mean, deviation, 2)} ± ${rounded(deviation, Math.abs(mean), 2)}`;
}

/** A share of all: `12 %`, `0.4 %`. */
export function writtenShare(share: number): string {
  return `${formatNumber(Number((100 * share).toPrecision(2)))} %`;
}
