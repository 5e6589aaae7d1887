import type * as Fs from 'node:fs';
import type * as Path from 'node:path';
import type * as Url from 'node:url';
import { show, typeError } from '../errors';
import { currentKernel, nodeModule, nodeProcess } from '../host';
import { captured } from './captured';
import { ParsedCode, type FreeName } from './freeNames';
import type { Origin, Portable } from './protocol';
import { surroundings } from './surroundings';
import { tslabOrigin } from './tslabNames';

/** The module that exports an objective: a path from the working folder, or a URL. */
export type ObjectiveFile = string | { readonly href: string };

/** Names that a function of a cell or of CommonJS is given with its folder, wherever it runs. */
const GIVEN = ['require', '__dirname', '__import', '__meta', '__importStar', '__importDefault'];

/**
 * Takes an objective so that another thread can have it.
 * @param stack of the call that passed it
 * @throws TypeError for what is neither; RangeError naming the variables that a function uses from around it.
 */
export function portable(objective: unknown, stack = ''): Portable {
  if (typeof objective === 'string' || isUrl(objective)) {
    return { kind: 'module', file: fileOf(objective) };
  }
  if (typeof objective !== 'function') {
    throw typeError(
      'caviar',
      'the objective must be a function of a configuration, or the file of a module that exports one',
      show(objective),
      "Pass async (config, { seed }) => value, or './objective.js'."
    );
  }
  return fromFunction(objective, stack);
}

const isUrl = (value: unknown): value is { href: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { href?: unknown }).href === 'string';

function fileOf(objective: ObjectiveFile): string {
  const { fileURLToPath } = nodeModule<typeof Url>('url')!;
  const path = nodeModule<typeof Path>('path')!;
  const { existsSync } = nodeModule<typeof Fs>('fs')!;
  const text = typeof objective === 'string' ? objective : objective.href;
  const file = text.startsWith('file:') ? fileURLToPath(text) : path.resolve(text);
  if (!existsSync(file)) {
    throw new RangeError(
      `caviar: the objective's file must exist, but there is no ${file}.\n` +
        'A relative path is one from the working folder; new URL(…, import.meta.url) stands for a file beside yours.'
    );
  }
  return file;
}

function fromFunction(objective: { name: string }, stack: string): Portable {
  const text = Function.prototype.toString.call(objective);
  const inFile = surroundings(text, stack);
  const alone = parse(text);
  const code = inFile?.code ?? alone.code;
  const [start, end] = inFile
    ? [inFile.start, inFile.start + text.length]
    : [alone.start, alone.start + text.length];
  const locals: Record<string, Origin> = {};
  const holders: Record<string, Record<string, Origin>> = {};
  const globals: string[] = [];
  const refused: string[] = [];
  const folder = inFile?.folder ?? nodeProcess()!.cwd!();
  for (const free of code.freeNames(start, end)) {
    const held = heldNames(free, folder);
    if (held) {
      holders[free.name] = held.origins;
      refused.push(...held.refused);
    } else if (free.declared) {
      const { module, export: name, by } = free.declared;
      if (module !== undefined) {
        locals[free.name] = { module, folder, by: by!, ...(name !== undefined && { name }) };
      } else if (!GIVEN.includes(free.name)) {
        refused.push(free.name);
      }
    } else if (!GIVEN.includes(free.name)) {
      const origin = inFile ? undefined : tslabOrigin(free.name, undefined, folder);
      if (origin) {
        locals[free.name] = origin;
      } else if (free.name in globalThis) {
        globals.push(free.name);
      } else {
        refused.push(free.name);
      }
    }
  }
  if (refused.length > 0) {
    throw captured([...new Set(refused)]);
  }
  const source = alone.wrap(withOwnImports(text, code, start, end));
  return { kind: 'source', source, locals, holders, globals, folder };
}

/** The names of a notebook's cells, which are properties of one object. */
function heldNames(
  { name, properties }: FreeName,
  folder: string
): { origins: Record<string, Origin>; refused: string[] } | undefined {
  const importOf = currentKernel()?.importOf;
  const find =
    name === '__vars' && importOf
      ? (property: string): Origin | undefined => {
          const found = importOf(property);
          return found && { ...found, folder, by: 'cell' };
        }
      : name === 'exports' && '__tslab__' in globalThis
        ? (property: string) => tslabOrigin(name, property, folder)
        : undefined;
  if (!find) {
    return undefined;
  }
  const origins: Record<string, Origin> = {};
  const refused: string[] = [];
  for (const property of properties) {
    const origin = property === undefined ? undefined : find(property);
    if (origin) {
      origins[property!] = origin;
    } else {
      refused.push(property ?? name);
    }
  }
  return { origins, refused };
}

interface Alone {
  code: ParsedCode;
  start: number;
  /** Makes an expression of the text, whose value is the function. */
  wrap(text: string): string;
}

/** Parses a function's text by itself: an expression, or a method of an object. */
function parse(text: string): Alone {
  try {
    return { code: new ParsedCode(`(${text})`), start: 1, wrap: source => source };
  } catch {
    // Not an expression.
  }
  try {
    const wrap = (source: string) => `Object.values({ ${source} })[0]`;
    return { code: new ParsedCode(`({${text}})`), start: 2, wrap };
  } catch {
    throw typeError(
      'caviar',
      'the text of the objective must be known, so that another thread can have it',
      show(text),
      "Pass a plain function and not one that was bound or built in, or a file: './objective.js'."
    );
  }
}

/** `import(…)` and `import.meta` mean another place where the text is made into a function: both are given. */
function withOwnImports(text: string, code: ParsedCode, start: number, end: number): string {
  let made = '';
  let at = start;
  for (const { name, start: from, end: to } of code.imports(start, end)) {
    made += code.text.slice(at, from) + (name === 'import' ? '__import' : '__meta');
    at = to;
  }
  return made === '' ? text : made + code.text.slice(at, end);
}
