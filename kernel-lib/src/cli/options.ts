/** Options of a command, as they are typed. */

/** What the user typed cannot be understood: a sentence, and exit code 2. */
export class UsageError extends Error {}

/** Where a command writes; tests collect it. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

/**
 * Reads `--name value` and `--name=value`; several of one name make a list. What is no option comes back in `rest`.
 * @param names of the options there are
 * @param short options with one letter, such as `{ o: 'output' }` for `-o`
 * @throws UsageError for an option that there is not, or without a value.
 */
export function readEach<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
  short: Readonly<Record<string, Name>> = {}
): { options: Partial<Record<Name, string[]>>; rest: string[] } {
  const options: Partial<Record<Name, string[]>> = {};
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (!args[i].startsWith('-')) {
      rest.push(args[i]);
      continue;
    }
    const [, letter, long, inline] = /^(?:-([a-z])|--([A-Za-z]+)(?:=(.*))?)$/s.exec(args[i]) ?? [];
    const name = long ?? short[letter];
    if (name === undefined || !names.includes(name as Name)) {
      throw new UsageError(`${JSON.stringify(args[i])} is not understood. See tunelab --help.`);
    }
    const value = inline ?? args[++i];
    if (value === undefined || value === '') {
      throw new UsageError(`${letter ? `-${letter}` : `--${name}`} needs a value.`);
    }
    (options[name as Name] ??= []).push(value);
  }
  return { options, rest };
}

/** The same where each option is given once at most, and nothing else is. */
export function readOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[]
): Partial<Record<Name, string>> {
  const { options, rest } = readEach(args, names);
  if (rest.length > 0) {
    throw new UsageError(`${JSON.stringify(rest[0])} is not understood. See tunelab --help.`);
  }
  return Object.fromEntries(
    Object.entries<string[] | undefined>(options).map(([name, values]) => [name, values!.at(-1)])
  ) as Partial<Record<Name, string>>;
}
