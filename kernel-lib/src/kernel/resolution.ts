/**
 * Where a cell's imports are found, at run time and as types alike: from the notebook's folder
 * first, then from tunelab's own installation, so that a notebook in an empty folder has `tunelab`,
 * `mathjs` and the types of Node.
 */
import { existsSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import type * as TS from 'typescript';
import { launcherRequire, PACKAGE_ROOT } from './peers';

/** A path as TypeScript writes it on every system. */
export const slashes = (file: string): string => file.replaceAll('\\', '/');

/** A workspace links to this folder, so that its files lie outside of every `node_modules`. */
const INSTALLATION = `${slashes(PACKAGE_ROOT)}/dist/`;

/** A folder and all above it, nearest first. */
export function ancestors(folder: string): string[] {
  const above: string[] = [];
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    above.push(current);
    if (path.dirname(current) === current) {
      return above;
    }
  }
}

/** A `require` for cells in `folder`, which falls back to tunelab's installation for packages. */
export function createFallbackRequire(
  folder: string,
  fallback: NodeJS.Require = launcherRequire
): NodeJS.Require {
  const local = createRequire(path.join(folder, 'cell.js'));
  const resolve = (id: string, options?: { paths?: string[] }): string => {
    try {
      return local.resolve(id, options);
    } catch (error) {
      if (isPackageName(id) && (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
        try {
          return fallback.resolve(id);
        } catch {
          // The first error names the notebook's folder, which is what the reader can mend.
        }
      }
      throw error;
    }
  };
  const load = (id: string): unknown => local(resolve(id));
  return Object.assign(load, {
    resolve: Object.assign(resolve, { paths: local.resolve.paths }),
    cache: local.cache,
    extensions: local.extensions,
    main: local.main
  }) as NodeJS.Require;
}

/** Whether a file belongs to a package, which does not change under a running kernel. */
export function isInstalled(file: string): boolean {
  return file.includes('/node_modules/') || file.startsWith(INSTALLATION);
}

/** Whether an import names a package, not a file. */
export function isPackageName(id: string): boolean {
  return !id.startsWith('.') && !path.isAbsolute(id);
}

/**
 * The folder whose `node/` declares Node's globals: the notebook's when it has one, else that of
 * tunelab's installation, else the one inside tslab.
 */
export function nodeTypeRoot(folder: string): string | undefined {
  const fromLauncher = (): string[] => {
    const roots: string[] = [];
    for (const start of [launcherRequire, requireOf('tslab')]) {
      try {
        roots.push(path.resolve(start!.resolve('@types/node/package.json'), '..', '..'));
      } catch {
        // The next start may have it.
      }
    }
    return roots;
  };
  return [
    ...ancestors(folder).map(above => path.join(above, 'node_modules', '@types')),
    ...fromLauncher()
  ].find(root => existsSync(path.join(root, 'node', 'package.json')));
}

function requireOf(id: string): NodeJS.Require | undefined {
  try {
    return createRequire(launcherRequire.resolve(`${id}/package.json`));
  } catch {
    return undefined;
  }
}

type Resolver = NonNullable<TS.CompilerHost['resolveModuleNameLiterals']>;

/**
 * A compiler's resolver for cells: from the importing file first, then from the installation at
 * `root`. `failed` collects the notebook's files with an import that was found nowhere: they are
 * asked again at the next cell, so that a package installed meanwhile is found.
 */
export function createTypeResolver(
  ts: typeof TS,
  host: TS.ModuleResolutionHost,
  failed: Set<string>,
  root = PACKAGE_ROOT
): Resolver {
  const installation = `${slashes(root)}/cell.ts`;
  return (literals, containingFile, redirected, options) => {
    // Packages' own imports are settled: asking for them at every cell would cost 100 ms each time.
    const settled = isInstalled(containingFile);
    failed.delete(containingFile);
    return literals.map(({ text }) => {
      // As at run time, Node's modules win; @types/node declares them without files of their names.
      if (isBuiltin(text)) {
        return { resolvedModule: undefined };
      }
      const from = (file: string): TS.ResolvedModuleWithFailedLookupLocations =>
        ts.resolveModuleName(text, file, options, host, undefined, redirected);
      let result = from(containingFile);
      if (!result.resolvedModule && !settled) {
        if (isPackageName(text)) {
          result = from(installation);
        }
        if (!result.resolvedModule) {
          failed.add(containingFile);
        }
      }
      return result;
    });
  };
}
