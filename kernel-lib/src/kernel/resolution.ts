/**
 * Where a cell's imports are found, at run time and as types alike: from the notebook's folder
 * first, then from tunelab's own installation, so that a notebook in an empty folder has `tunelab`,
 * `mathjs` and the types of Node.
 */
import { existsSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import type * as TS from 'typescript';
import { ancestors } from './overlay';
import { launcherRequire } from './peers';

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

function isPackageName(id: string): boolean {
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
 * A compiler's resolver for cells. Packages that the notebook's folder does not have come from the
 * overlay of the file system. `failed` collects the notebook's files with an import that was found
 * nowhere: they are asked again at the next cell, so that a package installed meanwhile is found.
 */
export function createTypeResolver(
  ts: typeof TS,
  host: TS.ModuleResolutionHost,
  failed: Set<string>
): Resolver {
  return (literals, containingFile, redirected, options) => {
    // Packages' own imports are settled: asking for them at every cell would cost 100 ms each time.
    const settled = containingFile.includes('/node_modules/');
    failed.delete(containingFile);
    return literals.map(({ text }) => {
      // As at run time, Node's modules win; @types/node declares them without files of their names.
      if (isBuiltin(text)) {
        return { resolvedModule: undefined };
      }
      const result = ts.resolveModuleName(
        text,
        containingFile,
        options,
        host,
        undefined,
        redirected
      );
      if (!result.resolvedModule && !settled) {
        failed.add(containingFile);
      }
      return result;
    });
  };
}
