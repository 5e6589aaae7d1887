import { rangeError, show, typeError } from '../errors';
import { createRng, hashSeed } from '../numeric/rng';
import type { AskContext, Sampler } from '../samplers/sampler';

/** How often a sampler is asked again before its last proposal is moved to where the constraint holds. */
const ASKS = 100;
const MOVES = 10_000;

/** Thrown by `ask` when no configuration was found that fulfils the constraint. */
function unfulfilled(): Error {
  return new Error(
    `study: \`constraint\` must hold somewhere, but ${ASKS + MOVES} configurations did not fulfil it.\n` +
      'Look at the condition, or choose scales on which it holds more often.'
  );
}

/** For a configuration that somebody chose. */
export function constraintBroken(where: string, config: object): RangeError {
  return rangeError(
    where,
    'the configuration must fulfil the constraint',
    JSON.stringify(config),
    'Choose values that the search itself could try.'
  );
}

/**
 * Asks a sampler for a point at which `holds`. Samplers see the unit cube only: one that proposes what is not
 * allowed is asked as for later trials, and if that does not help, its proposal is moved at random, the
 * further the longer the search.
 *
 * @param context its number is the first place that the sampler is asked for; a grid or a sequence goes on behind
 *   the places that were skipped
 * @returns the point, `undefined` if the sampler is at its end, and its place
 * @throws Error if no such point was found.
 */
export function askWithin(
  sampler: Sampler,
  context: AskContext,
  holds: (point: readonly number[]) => boolean
): { point: readonly number[] | undefined; place: number } {
  let point: readonly number[] | undefined;
  let place = context.number;
  for (let ask = 0; ask < ASKS; ask++) {
    point = sampler.ask(ask === 0 ? context : { ...context, number: place });
    if (!point || holds(point)) {
      return { point, place };
    }
    place++;
  }
  const rng = createRng(hashSeed(context.seed, `constraint ${context.number}`));
  for (let move = 1; move <= MOVES; move++) {
    const reach = Math.min(1, (10 * move) / MOVES);
    const moved = point!.map(x => inside(x + reach * (2 * rng.uniform() - 1)));
    if (holds(moved)) {
      return { point: moved, place };
    }
  }
  throw unfulfilled();
}

/** Folds a position back into [0, 1]. */
const inside = (x: number) => (x < 0 ? -x : x > 1 ? 2 - x : x);

/** @throws TypeError unless a condition or constraint answers true or false. */
export function verdict(where: string, answer: unknown): boolean {
  if (typeof answer !== 'boolean') {
    throw typeError(
      where,
      'a condition must answer true or false',
      show(answer),
      'Return a comparison, such as layers >= 2.'
    );
  }
  return answer;
}
