import type * as Path from 'node:path';
import type * as Url from 'node:url';
import { show, typeError } from '../errors';
import { nodeModule } from '../host';
import type { Objective } from '../study/objective';
import { captured } from './captured';
import { loadFrom, namespace, requireFrom, silenceLoaderWarnings, valueOf } from './modules';
import type { Origin, Portable } from './protocol';

type Source = Extract<Portable, { kind: 'source' }>;
type AnyObjective = Objective<unknown, unknown>;

/** Makes the objective in a thread. @throws Error that says why it cannot be made. */
export async function loadObjective(portable: Portable): Promise<AnyObjective> {
  silenceLoaderWarnings();
  return portable.kind === 'module' ? fromModule(portable.file) : fromSource(portable);
}

async function fromModule(file: string): Promise<AnyObjective> {
  // Node's own `import`, which TypeScript would write as `require`: it loads modules of every kind.
  const load = new Function('url', 'return import(url)') as (url: string) => Promise<object>;
  const { pathToFileURL } = nodeModule<typeof Url>('url')!;
  let exports: { default?: unknown; objective?: unknown };
  try {
    exports = await load(pathToFileURL(file).href);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const advice =
      code === 'ERR_UNKNOWN_FILE_EXTENSION'
        ? '\nThis Node does not run TypeScript: use Node 22.18 or newer, or name the compiled .js file.'
        : '';
    throw new Error(`caviar: the objective's file ${file} cannot be loaded: ${message}${advice}`, {
      cause: error
    });
  }
  // What CommonJS exports stands under `default`, its own `default` among it.
  const inner = namespace(exports.default) as typeof exports;
  const found = [exports.objective, inner.objective, inner.default, exports.default].find(
    each => typeof each === 'function'
  );
  if (!found) {
    throw typeError(
      'caviar',
      "the objective's file must export a function, as default or as `objective`",
      `${show({ ...exports })} from ${file}`,
      'Write export default async (config, { seed, report }) => value.'
    );
  }
  return found as AnyObjective;
}

async function fromSource(portable: Source): Promise<AnyObjective> {
  const { source, locals, holders, globals, folder } = portable;
  const missing = globals.filter(name => !(name in globalThis));
  if (missing.length > 0) {
    throw captured(missing);
  }
  const names: Record<string, unknown> = {
    require: requireFrom(folder),
    __dirname: folder,
    __meta: metaOf(folder),
    __import: (id: string) => loadFrom(folder, id),
    __importStar: namespace,
    __importDefault: namespace,
    ...(await valuesOf(locals))
  };
  for (const [holder, origins] of Object.entries(holders)) {
    names[holder] = await valuesOf(origins);
  }
  const make = new Function(...Object.keys(names), `"use strict"; return (${source}\n);`);
  return make(...Object.values(names)) as AnyObjective;
}

/** `import.meta` of a file in the folder, as a notebook's cells have it. */
function metaOf(folder: string): object {
  const { pathToFileURL } = nodeModule<typeof Url>('url')!;
  const filename = nodeModule<typeof Path>('path')!.join(folder, 'objective.js');
  return { url: pathToFileURL(filename).href, dirname: folder, filename };
}

async function valuesOf(origins: Record<string, Origin>): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, origin] of Object.entries(origins)) {
    values[name] = await valueOf(origin);
  }
  return values;
}
