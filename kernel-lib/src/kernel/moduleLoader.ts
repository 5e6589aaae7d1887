/**
 * Loads what cells import. Packages come through `require`, as the library's own do, so that both
 * share one instance; what only `import()` can load (packages with ES modules alone, or that await at
 * their top) comes through that. Files beside the notebook are compiled, and again when they change.
 */
import Module, { isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import vm from 'node:vm';
import { PACKAGE_ROOT, requirePeer } from './peers';
import { createFallbackRequire, isPackageName } from './resolution';
import { findSide, SideCompiler, type SideText } from './sideFiles';
import type { Source } from './traceback';

/** A module as `import * as m` sees it. */
export type Namespace = Record<string, unknown>;

interface SideModule {
  module: Module;
  stamp: string;
  /** The files it imports, over one step. */
  imports: string[];
}

/** Node's words for: not by `require`. */
const IMPORT_ONLY = new Set([
  'ERR_REQUIRE_ESM',
  'ERR_REQUIRE_ASYNC_MODULE',
  'ERR_REQUIRE_CYCLE_MODULE',
  'ERR_PACKAGE_PATH_NOT_EXPORTED'
]);
const MISSING = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

export class ModuleLoader {
  readonly #requires = new Map<string, NodeJS.Require>();
  readonly #modules = new Map<string, SideModule>();
  /** What `import()` loaded, for the `require` of compiled files. */
  readonly #imported = new Map<string, Namespace>();
  readonly #namespaces = new WeakMap<object, Namespace>();

  constructor(
    private readonly compiler: SideCompiler,
    private readonly folder: string,
    private readonly addSource: (file: string, source: Source) => void,
    private readonly loadTslab: () => unknown = () => requirePeer('tslab')
  ) {}

  /** The `require` of cells. */
  get require(): NodeJS.Require {
    return this.#requireOf(this.folder);
  }

  /** Loads a module as `import` in a cell does. */
  readonly load = async (id: string): Promise<Namespace> => {
    await this.#prepare(id, this.folder, new Set());
    return this.#namespace(this.#load(id, this.folder));
  };

  /** Loads ahead what a synchronous `require` cannot, and forgets compiled files that changed. */
  async #prepare(id: string, folder: string, seen: Set<string>): Promise<void> {
    const side = findSide(id, folder, this.compiler);
    if (side === undefined) {
      await this.#prepareOther(id, folder);
      return;
    }
    if (seen.has(side)) {
      return;
    }
    seen.add(side);
    if (side.endsWith('.mjs')) {
      const url = `${pathToFileURL(side).href}?${this.compiler.stamp(side)}`;
      this.#imported.set(key(id, folder), (await nativeImport(folder)(url)) as Namespace);
      return;
    }
    const imports = side.endsWith('.json') ? [] : this.compiler.compile(side).imports;
    for (const inner of imports) {
      await this.#prepare(inner, path.dirname(side), seen);
    }
    if (this.#isStale(side, new Set())) {
      this.#modules.delete(side);
    }
  }

  async #prepareOther(id: string, folder: string): Promise<void> {
    if (id === 'tslab' || isBuiltin(id) || this.#imported.has(key(id, folder))) {
      return;
    }
    try {
      this.#requireOf(folder)(id);
    } catch (error) {
      if (!IMPORT_ONLY.has(codeOf(error) ?? '')) {
        throw error;
      }
      this.#imported.set(key(id, folder), await importWithFallback(id, folder));
    }
  }

  #isStale(file: string, seen: Set<string>): boolean {
    if (seen.has(file)) {
      return false;
    }
    seen.add(file);
    const known = this.#modules.get(file);
    return (
      !known ||
      known.stamp !== this.compiler.stamp(file) ||
      known.imports.some(inner => this.#isStale(inner, seen))
    );
  }

  /** What `require(id)` gives in a folder, everything that must be awaited having been prepared. */
  #load(id: string, folder: string): unknown {
    const imported = this.#imported.get(key(id, folder));
    if (imported) {
      return imported;
    }
    if (id === 'tslab') {
      return this.loadTslab();
    }
    const side = findSide(id, folder, this.compiler);
    return side === undefined ? this.#requireOf(folder)(id) : this.#runSide(side);
  }

  #runSide(file: string): unknown {
    const known = this.#modules.get(file);
    if (known) {
      return known.module.exports;
    }
    const stamp = this.compiler.stamp(file);
    const module = new Module(file);
    module.filename = file;
    // Entered before it runs, so that modules that import each other find each other.
    const entry: SideModule = { module, stamp, imports: [] };
    this.#modules.set(file, entry);
    const folder = path.dirname(file);
    try {
      if (file.endsWith('.json')) {
        module.exports = parseJson(file, this.compiler.read(file));
        return module.exports;
      }
      const side = this.compiler.compile(file);
      entry.imports = side.imports
        .map(id => findSide(id, folder, this.compiler))
        .filter(found => found !== undefined);
      this.#run(side, file, module);
    } catch (error) {
      this.#modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  #run({ code, sourceMap, text }: SideText, file: string, module: Module): void {
    this.addSource(file, {
      label: path.basename(file),
      text,
      original: place => sourceMap.original(place)
    });
    const names = ['exports', 'require', 'module', '__filename', '__dirname'];
    const run = vm.runInThisContext(`(function (${names.join(', ')}) {\n${code}\n})`, {
      filename: file,
      lineOffset: -1,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
    }) as (...args: unknown[]) => void;
    const folder = path.dirname(file);
    run(module.exports, this.#requireOf(folder), module, file, folder);
  }

  /** A `require` for a folder that also finds compiled files and what was imported ahead. */
  #requireOf(folder: string): NodeJS.Require {
    const known = this.#requires.get(folder);
    if (known) {
      return known;
    }
    const base = createFallbackRequire(folder);
    const load = (id: string): unknown => {
      const special =
        id === 'tslab' ||
        this.#imported.has(key(id, folder)) ||
        findSide(id, folder, this.compiler) !== undefined;
      return special ? this.#load(id, folder) : base(id);
    };
    const wrapped = Object.assign(load, {
      resolve: base.resolve,
      cache: base.cache,
      extensions: base.extensions,
      main: base.main
    }) as NodeJS.Require;
    this.#requires.set(folder, wrapped);
    return wrapped;
  }

  /** What CommonJS exports, as ES modules see it. */
  #namespace(exports: unknown): Namespace {
    if (types.isModuleNamespaceObject(exports)) {
      return exports as Namespace;
    }
    if ((typeof exports !== 'object' && typeof exports !== 'function') || exports === null) {
      return { default: exports };
    }
    if ((exports as Namespace).__esModule) {
      return exports as Namespace;
    }
    let namespace = this.#namespaces.get(exports);
    if (!namespace) {
      namespace = { default: exports };
      for (const name of Object.getOwnPropertyNames(exports)) {
        if (name !== 'default' && !(typeof exports === 'function' && name in Function)) {
          const get = (): unknown => (exports as Namespace)[name];
          Object.defineProperty(namespace, name, { get, enumerable: true });
        }
      }
      this.#namespaces.set(exports, namespace);
    }
    return namespace;
  }
}

const key = (id: string, folder: string): string => `${folder}\0${id}`;

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SyntaxError(`${path.basename(file)} is not JSON: ${(error as Error).message}`, {
      cause: error
    });
  }
}

async function importWithFallback(id: string, folder: string): Promise<Namespace> {
  try {
    return (await nativeImport(folder)(id)) as Namespace;
  } catch (error) {
    if (!isPackageName(id) || !MISSING.has(codeOf(error) ?? '')) {
      throw error;
    }
    return (await nativeImport(PACKAGE_ROOT)(id)) as Namespace;
  }
}

/** What Node remarks about the two features above, which is of no use to the reader of a cell. */
const OWN_WARNING =
  /USE_MAIN_CONTEXT_DEFAULT_LOADER|is loading ES Module|loading ES Module in require/;

/** Keeps Node's remarks about how modules are loaded out of the cells' output. */
export function silenceLoaderWarnings(): void {
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!OWN_WARNING.test(String(warning))) {
      emit(warning, ...rest);
    }
  };
}

/** Node's own `import()`, as a file in `folder` would call it. */
function nativeImport(folder: string): (id: string) => Promise<unknown> {
  return vm.runInThisContext('id => import(id)', {
    filename: path.join(folder, 'cell.js'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  }) as (id: string) => Promise<unknown>;
}
