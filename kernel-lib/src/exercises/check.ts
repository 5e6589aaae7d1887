import { knownOptions, rangeError, show, typeError } from '../errors';

/** Where a measured number must lie. All bounds that are given must hold. */
export interface Expectation {
  /** The number stated, with `within`. */
  near?: number;
  /** How far from `near` it may be, 0 or more. Default: `1e-9`. */
  within?: number;
  /** It must be above this. */
  above?: number;
  /** It must be below this. */
  below?: number;
}

/** A claim that did not hold when it was tested. */
export class ClaimFailed extends Error {
  override readonly name = 'ClaimFailed';
}

const words = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));

function domainOf({ near, within = 1e-9, above, below }: Expectation): string {
  const parts = [
    near === undefined ? '' : `${words(near)} ± ${words(within)}`,
    above === undefined ? '' : `above ${words(above)}`,
    below === undefined ? '' : `below ${words(below)}`
  ];
  return parts.filter(Boolean).join(', ');
}

function holdsFor(value: number, { near, within = 1e-9, above, below }: Expectation): boolean {
  return (
    (near === undefined || Math.abs(value - near) <= within) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

function requireExpectation(expected: Expectation): void {
  knownOptions('check', expected, ['near', 'within', 'above', 'below']);
  const given = Object.entries(expected).filter(([, bound]) => bound !== undefined);
  const odd = given.find(([name, bound]) => !(bound >= (name === 'within' ? 0 : -Infinity)));
  if (odd) {
    throw rangeError(
      'check',
      odd[0] === 'within' ? '`within >= 0` must hold' : `\`${odd[0]}\` must be a number`,
      `${odd[0]}=${show(odd[1])}`,
      'For example { near: 0.03, within: 0.01 }, { below: 0.05 } or { above: 0.9 }.'
    );
  }
  if (!given.some(([name]) => name !== 'within')) {
    throw rangeError(
      'check',
      'a number is held against `near`, `above` or `below`',
      show(expected),
      'For example { near: 0.03, within: 0.01 }.'
    );
  }
}

/**
 * Tests a claim where it is made, and prints it with a tick: notebooks assert what they say, so that a page whose
 * words are no longer true fails in CI. A number is printed beside where it must lie: `near ± within`, `above`,
 * `below`; NaN lies nowhere.
 *
 * @param claim a sentence, such as `random search shows 25 learning rates`.
 * @throws ClaimFailed if it does not hold; TypeError or RangeError if there is no claim, or nothing to hold it against.
 * @example
 * const a = softmax([5, 2, -1, 3]);
 * check('softmax adds up to 1', a.reduce((sum, x) => sum + x), { near: 1, within: 1e-12 });
 * check('the largest z has the largest probability', hardmax(a)[0] === 1);
 */
export function check(claim: string, holds: boolean): void;
export function check(claim: string, value: number, expected: Expectation): void;
export function check(claim: string, measured: boolean | number, expected?: Expectation): void {
  if (typeof claim !== 'string' || claim.trim() === '') {
    throw typeError('check', 'a claim is a sentence', show(claim), "Write check('…', …).");
  }
  const kind = typeof measured;
  if (expected === undefined ? kind !== 'boolean' : kind !== 'number') {
    throw typeError(
      'check',
      'a claim is held against true or false, or a number with where it must lie',
      `${show(measured)}${expected === undefined ? '' : ` with ${show(expected)}`}`,
      "For example check('…', a === b) or check('…', error, { below: 0.05 })."
    );
  }
  const number = measured as number;
  if (expected) {
    requireExpectation(expected);
  }
  const holds = expected ? holdsFor(number, expected) : (measured as boolean);
  const figures = expected ? `: ${words(number)} (${domainOf(expected)})` : '';
  if (!holds) {
    throw new ClaimFailed(`This claim does not hold here: ${claim}${figures}.`);
  }
  console.log(`✓ ${claim}${figures}`);
}
