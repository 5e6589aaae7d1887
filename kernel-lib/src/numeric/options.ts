import { rangeError, show } from '../errors';

/** Checks a finite number > 0, such as a learning rate. @throws RangeError otherwise. */
export function positive(where: string, name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
    throw rangeError(
      where,
      `\`${name}\` must be a finite number > 0`,
      `${name}=${show(value)}`,
      `Choose a small positive number such as 0.01.`
    );
  }
  return value;
}

/** Checks a finite number >= 0, such as a weight decay. @throws RangeError otherwise. */
export function nonNegative(where: string, name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw rangeError(
      where,
      `\`${name}\` must be a finite number >= 0`,
      `${name}=${show(value)}`,
      `Choose 0 or a small positive number such as 0.01.`
    );
  }
  return value;
}

/** Checks a share in [0, 1), such as beta or decay. @throws RangeError otherwise. */
export function fraction(
  where: string,
  name: string,
  value: unknown,
  advice = 'It is the weight of the past: 0 forgets at once, 0.9 averages over about 10 steps.'
): number {
  if (typeof value !== 'number' || !(value >= 0 && value < 1)) {
    throw rangeError(where, `\`0 <= ${name} < 1\` must hold`, `${name}=${show(value)}`, advice);
  }
  return value;
}

/** Checks a whole number of at least `least`. @throws RangeError otherwise. */
export function count(where: string, name: string, value: unknown, least = 1): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw rangeError(
      where,
      `\`${name}\` must be a whole number >= ${least}`,
      `${name}=${show(value)}`,
      `Pass a number such as ${Math.max(least, 10)}.`
    );
  }
  return value;
}

/** Checks a boolean. @throws RangeError otherwise. */
export function flag(where: string, name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') {
    throw rangeError(
      where,
      `\`${name}\` must be true or false`,
      `${name}=${show(value)}`,
      `Write ${name}: true or ${name}: false.`
    );
  }
  return value;
}

/** Checks a finite number. @throws RangeError otherwise. */
export function finite(where: string, name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw rangeError(
      where,
      `\`${name}\` must be a finite number`,
      `${name}=${show(value)}`,
      `Pass a number such as 0.`
    );
  }
  return value;
}
