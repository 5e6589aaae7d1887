import type * as NodeModules from 'node:module';
import { nodeModule } from '../host';
import type { Origin } from './protocol';

/**
 * What a name in a cell of stock tslab was imported from. There a cell is CommonJS: it uses `tunelab_1.fit` for its own
 * imports, and `exports.fit` for those of earlier cells, whose value is found among the modules that are loaded.
 */
export function tslabOrigin(
  name: string,
  property: string | undefined,
  folder: string
): Origin | undefined {
  const cells = (globalThis as { __tslab__?: { exports: Record<string, unknown> } }).__tslab__;
  if (!cells) {
    return undefined;
  }
  if (name !== 'exports') {
    const base = /^(.+)_\d+$/.exec(name)?.[1];
    const module = base && loadable(base, folder);
    return module ? { module, folder, by: 'cell' } : cellOrigin(cells.exports[name], folder);
  }
  return property === undefined ? undefined : cellOrigin(cells.exports[property], folder);
}

function loadable(base: string, folder: string): string | undefined {
  const { createRequire } = nodeModule<typeof NodeModules>('module')!;
  const local = createRequire(`${folder}/cell.js`);
  // TypeScript writes underscores for what cannot stand in a name.
  return [base, base.replaceAll('_', '-'), base.replace(/^node_/, 'node:')].find(id => {
    try {
      return local.resolve(id);
    } catch {
      return false;
    }
  });
}

/** The loaded module that exports a value, or is it. Numbers and texts do not tell where they come from. */
function cellOrigin(value: unknown, folder: string): Origin | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  for (const [module, exports] of loadedModules()) {
    if (exports === value) {
      return { module, folder, by: 'require' };
    }
    // What TypeScript makes of `import * as m` where the module is none of its own.
    if (Object.hasOwn(value, 'default') && peek(value, 'default') === exports) {
      return { module, folder, by: 'cell' };
    }
    const name = Object.keys(exports).find(key => peek(exports, key) === value);
    if (name !== undefined) {
      return { module, name, folder, by: 'require' };
    }
  }
  return undefined;
}

/** What Node brings along, then what has been required so far, by file. */
function* loadedModules(): Generator<[string, object]> {
  const node = nodeModule<NodeModuleApi>('module')!;
  for (const name of node.builtinModules.filter(each => !/^_|^(sys|punycode|wasi)$/.test(each))) {
    const exports = nodeModule(name);
    if (isObject(exports)) {
      yield [name, exports];
    }
  }
  for (const [file, { exports }] of Object.entries(node._cache)) {
    if (isObject(exports)) {
      yield [file, exports];
    }
  }
}

interface NodeModuleApi {
  _cache: Record<string, { exports: unknown }>;
  builtinModules: string[];
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Some packages warn or throw when an export of theirs is read. */
function peek(exports: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(exports, key);
  try {
    return property?.get ? (property.get.call(exports) as unknown) : property?.value;
  } catch {
    return undefined;
  }
}
