import type * as Fs from 'node:fs';
import type * as Path from 'node:path';
import type * as Url from 'node:url';
import { nodeModule } from '../host';
import { ParsedCode } from './freeNames';

/** The file in which a function stands. */
export interface Surroundings {
  code: ParsedCode;
  /** Where in it the function's text begins. */
  start: number;
  folder: string;
}

interface NodeModuleApi {
  /** Node 22.13 and newer. */
  stripTypeScriptTypes?(text: string): string;
}

/**
 * Finds the file in which a function was written, so that its imports can be told from its variables: one of the
 * files on the stack of the call that passed it. Files that a tool compiled in memory do not hold its text.
 */
export function surroundings(text: string, stack: string): Surroundings | undefined {
  const fs = nodeModule<typeof Fs>('fs')!;
  const path = nodeModule<typeof Path>('path')!;
  const files = stack.split('\n').flatMap(line => fileOf(line) ?? []);
  for (const file of new Set(files)) {
    if (!path.isAbsolute(file) || !fs.existsSync(file)) {
      continue;
    }
    const code = read(fs.readFileSync(file, 'utf8'), file);
    const start = code?.indexOf(text) ?? -1;
    if (start >= 0) {
      try {
        return { code: new ParsedCode(code!), start, folder: path.dirname(file) };
      } catch {
        // A file that holds the text and cannot be read as JavaScript says nothing.
      }
    }
  }
  return undefined;
}

/** The file in a line of a stack: `at run (file:///a/b.mjs:3:5)`. */
function fileOf(line: string): string | undefined {
  const found = /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:\\).*?):\d+:\d+\)?$/.exec(
    line
  )?.[1];
  return found?.startsWith('file:') ? nodeModule<typeof Url>('url')!.fileURLToPath(found) : found;
}

function read(text: string, file: string): string | undefined {
  if (!/\.[cm]?ts$/.test(file)) {
    return text;
  }
  try {
    return nodeModule<NodeModuleApi>('module')?.stripTypeScriptTypes?.(text);
  } catch {
    return undefined;
  }
}
