import type * as Fs from 'node:fs';
import type * as NodeModules from 'node:module';
import type * as Path from 'node:path';
import type * as Vm from 'node:vm';
import { nodeModule, nodeProcess } from '../host';
import { ownRequire } from '../panda/threads';
import type { Origin } from './protocol';

type Namespace = Record<string, unknown>;
type NodeModuleApi = typeof NodeModules;

/** Node's words for: not by `require`. */
const IMPORT_ONLY = [
  'ERR_REQUIRE_ESM',
  'ERR_REQUIRE_ASYNC_MODULE',
  'ERR_REQUIRE_CYCLE_MODULE',
  'ERR_PACKAGE_PATH_NOT_EXPORTED'
];
const MISSING = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'];
/** What an import without an ending may mean, as TypeScript and the notebook's kernel allow. */
const ENDINGS = ['.ts', '.mts', '.cts', '.mjs'];

const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code ?? '';
const isPackage = (id: string) => !/^(\.{0,2}[\\/]|\.{1,2}$|[A-Za-z]:[\\/]|file:)/.test(id);
const join = (...parts: string[]) => nodeModule<typeof Path>('path')!.join(...parts);

/** A `require` as a file in `folder` has it, which also looks for packages where tunelab is installed. */
export function requireFrom(folder: string): (id: string) => unknown {
  const { createRequire } = nodeModule<NodeModuleApi>('module')!;
  const local = createRequire(join(folder, 'objective.js'));
  return id => {
    let file: string;
    try {
      file = local.resolve(id);
    } catch (error) {
      if (!MISSING.includes(codeOf(error))) {
        throw error;
      }
      file = resolveOtherwise(id, folder) ?? local.resolve(id);
    }
    return local(file) as unknown;
  };
}

/** Where else a module may be: tunelab's own installation, or a file with another ending. */
function resolveOtherwise(id: string, folder: string): string | undefined {
  if (isPackage(id)) {
    try {
      return ownRequire().resolve(id);
    } catch {
      return undefined;
    }
  }
  const { existsSync } = nodeModule<typeof Fs>('fs')!;
  const asked = join(folder, id);
  return [asked.replace(/js$/, 'ts'), ...ENDINGS.map(each => asked + each)].find(existsSync);
}

/** Node's own `import()`, as a file in `folder` would call it. */
export function importFrom(folder: string): (id: string) => Promise<Namespace> {
  const vm = nodeModule<typeof Vm>('vm')!;
  return vm.runInThisContext('id => import(id)', {
    filename: join(folder, 'objective.js'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  }) as (id: string) => Promise<Namespace>;
}

/** Loads a module as a notebook's cell does: by `require` where that can, so that it is shared with the library. */
export async function loadFrom(folder: string, id: string): Promise<Namespace> {
  try {
    return namespace(requireFrom(folder)(id));
  } catch (error) {
    if (!IMPORT_ONLY.includes(codeOf(error))) {
      throw error;
    }
    return importFrom(folder)(id);
  }
}

/** What CommonJS exports, as ES modules see it. */
export function namespace(exports: unknown): Namespace {
  const isObject = (typeof exports === 'object' || typeof exports === 'function') && exports;
  if (
    isObject &&
    ((exports as Namespace).__esModule ||
      Object.prototype.toString.call(exports) === '[object Module]')
  ) {
    return exports as Namespace;
  }
  return { ...(isObject ? (exports as Namespace) : {}), default: exports };
}

/** The value of a name that was imported. */
export async function valueOf({ module, name, folder, by }: Origin): Promise<unknown> {
  const found =
    by === 'require'
      ? (requireFrom(folder)(module) as Namespace)
      : await (by === 'import' ? importFrom(folder)(module) : loadFrom(folder, module));
  return name === undefined ? found : found[name];
}

/** What Node remarks about the ways above, which is of no use to whoever wrote the objective. */
const OWN_WARNING =
  /USE_MAIN_CONTEXT_DEFAULT_LOADER|is loading ES Module|loading ES Module in require|Type Stripping/;

/** Keeps Node's remarks about how modules are loaded out of the output of trials. */
export function silenceLoaderWarnings(): void {
  const host = nodeProcess()!;
  const emit = host.emitWarning?.bind(host) as ((...args: unknown[]) => void) | undefined;
  host.emitWarning = (warning: unknown, ...rest: unknown[]) => {
    if (!OWN_WARNING.test(String(warning))) {
      emit?.(warning, ...rest);
    }
  };
}
