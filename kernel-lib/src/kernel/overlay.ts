/**
 * Shows tunelab's own installation to the compiler as if it lay in `node_modules` of the notebook's
 * folder. Types found elsewhere could be read but not named: the declarations that carry a cell's
 * variables to the next cell write `import("tunelab")`, which must lead back to them.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type * as TS from 'typescript';
import { PACKAGE_ROOT } from './peers';

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

/** The folder of a package as seen from `folder`: in its own `node_modules` or in one above. */
function findPackage(folder: string, name: string): string | undefined {
  return ancestors(folder)
    .map(above => path.join(above, 'node_modules', name))
    .find(existsSync);
}

const slashes = (file: string): string => file.replaceAll('\\', '/');

/**
 * A file system in which packages that `folder` does not see, and the installation at `root` has,
 * stand in `folder/node_modules`.
 */
export function overlaySystem(system: TS.System, folder: string, root = PACKAGE_ROOT): TS.System {
  const modules = `${slashes(path.resolve(folder))}/node_modules/`;
  const borrowed = new Map<string, string>();

  /** The real folder of a package that only the installation has; asked again until there is one. */
  function borrow(name: string): string | undefined {
    let found = borrowed.get(name);
    if (!found && !findPackage(folder, name)) {
      found = findPackage(root, name);
      if (found) {
        borrowed.set(name, found);
      }
    }
    return found;
  }

  /** Where a path really leads, if it leads into a borrowed package. */
  function real(file: string): string | undefined {
    const given = slashes(file);
    if (!given.startsWith(modules)) {
      return undefined;
    }
    const [, name, rest] =
      /^((?:@[^/]+\/)?[^/@][^/]*)(\/.*)?$/.exec(given.slice(modules.length)) ?? [];
    const found = name && borrow(name);
    return found ? slashes(found) + (rest ?? '') : undefined;
  }

  const overlay = Object.create(system) as TS.System;
  overlay.readFile = (file, encoding) => system.readFile(real(file) ?? file, encoding);
  overlay.fileExists = file => system.fileExists(real(file) ?? file);
  overlay.directoryExists = file => system.directoryExists(real(file) ?? file);
  overlay.getDirectories = file => system.getDirectories(real(file) ?? file);
  // A borrowed file keeps its place in the notebook's folder: that is its name in declarations.
  overlay.realpath = file => (real(file) ? file : (system.realpath?.(file) ?? file));
  overlay.watchFile = (file, ...rest) =>
    // The installation does not change under a running kernel.
    real(file) ? { close: () => undefined } : system.watchFile!(file, ...rest);
  return overlay;
}
