import { rangeError } from '../errors';

/** What is refused: names that an inline objective uses and that exist around it only. */
export function captured(names: readonly string[]): RangeError {
  const list = names.map(name => `\`${name}\``).join(', ');
  const both = names.filter(name => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)).join(', ');
  return rangeError(
    'caviar',
    'an objective that is written in place may use its arguments and what is imported, since it runs in another thread',
    `${list}, defined outside of it`,
    `Pass data: caviar(study, async (config, { context: { ${both} } }) => …, { context: { ${both} }, … }).\n` +
      "Functions and classes cannot be passed: write them inside the objective, or put all into a file: caviar(study, './objective.js', …)."
  );
}
