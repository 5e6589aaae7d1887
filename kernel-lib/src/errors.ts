/**
 * Every error of the library says three things: what must hold, what came, and what to do.
 *
 * `fail('log', '`low > 0` must hold', 'low=0, high=1', 'A log scale cannot reach 0: …')` reads
 *
 *     log: `low > 0` must hold, but got low=0, high=1.
 *     A log scale cannot reach 0: …
 */
function sentence(where: string, rule: string, got: string, advice: string): string {
  return `${where}: ${rule}, but got ${got}.\n${advice}`;
}

/** A value outside its domain: a bound, a label, a shape, an option that does not exist. */
export function rangeError(where: string, rule: string, got: string, advice: string): RangeError {
  return new RangeError(sentence(where, rule, got, advice));
}

/** A value of the wrong kind: a string where numbers must be, an unknown object. */
export function typeError(where: string, rule: string, got: string, advice: string): TypeError {
  return new TypeError(sentence(where, rule, got, advice));
}

/** Shows any value shortly enough for a message: `"text"`, `[1, 2, 3, … 97 more]`, `NaN`, `{a, b}`. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  }
  if (typeof value === 'function') {
    return `a function${value.name ? ` named ${value.name}` : ''}`;
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value as unknown as ArrayLike<unknown>);
    const head = items.slice(0, 3).map(show).join(', ');
    return items.length > 3 ? `[${head}, … ${items.length - 3} more]` : `[${head}]`;
  }
  const keys = Object.keys(value);
  return `{${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''}}`;
}

/**
 * Refuses options that do not exist.
 * @throws RangeError naming the unknown option and the known ones; TypeError if the options are no object.
 */
export function knownOptions(where: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw typeError(
      where,
      `options come in an object with ${known.map(option => `\`${option}\``).join(', ')}`,
      show(options),
      `Write for example { ${known[0]}: … }.`
    );
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw rangeError(
        where,
        `options are ${known.map(option => `\`${option}\``).join(', ')}`,
        `\`${name}\``,
        `Remove it or correct its name.`
      );
    }
  }
}
