/** Optional packages, loaded when they are needed, with an error that says what to install. */
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder of tunelab's own package.json. */
export const PACKAGE_ROOT = path.resolve(__dirname, '..', '..');

/** Requires from tunelab's own installation, whatever folder the notebook is in. */
export const launcherRequire = createRequire(path.join(PACKAGE_ROOT, 'package.json'));

/** The version of a package.json, or undefined where there is none. */
export function packageVersion(
  id: string,
  from: NodeJS.Require = launcherRequire
): string | undefined {
  try {
    return (from(`${id}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** What a kernel cannot start without. */
const KERNEL_PACKAGES = ['typescript', 'zeromq'];

/**
 * Looks for the packages that a kernel cannot start without; loads none of them.
 * @throws Error that names all that are missing, and says what to install.
 */
export function requireKernelPackages(root: string = PACKAGE_ROOT): void {
  const from = createRequire(path.join(root, 'package.json'));
  const missing = KERNEL_PACKAGES.filter(id => packageVersion(id, from) === undefined);
  if (missing.length > 0) {
    throw new Error(
      `the kernel needs ${missing.join(' and ')}, and finds no such package from ${root}.\nInstall beside tunelab: npm install ${missing.join(' ')}`
    );
  }
}

/**
 * Loads a package that only the kernel needs.
 * @throws Error that says what to install if it is missing.
 */
export function requirePeer<T>(id: string): T {
  try {
    return launcherRequire(id) as T;
  } catch (error) {
    const name = id.startsWith('@') ? id.split('/').slice(0, 2).join('/') : id.split('/')[0]!;
    throw new Error(
      `The kernel needs the package ${name}, which cannot be loaded (${(error as Error).message.split('\n')[0]!}).\nInstall it beside tunelab: npm install ${name}`,
      { cause: error }
    );
  }
}
