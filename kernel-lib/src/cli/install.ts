/** Writes the kernelspec, by which Jupyter finds the kernel in a Python environment. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tunelabVersion } from '../kernel/kernelInfo';
import { PACKAGE_ROOT, requireKernelPackages } from '../kernel/peers';
import { writeAtomically } from '../pictures/writeAtomically';
import { LOGO } from './logo';

/** tslab's own name, so that the notebooks also open on stock tslab. */
const KERNEL_NAME = 'tslab';

export interface InstallOptions {
  /** The root of the Python environment, such as `.venv`. */
  prefix: string;
  /** The Node that runs the kernel. Default: the one that runs this. */
  node?: string;
  /** The folder of tunelab's package.json. Default: this installation's; tests name another. */
  root?: string;
}

/** The content of kernel.json. */
export function kernelspec(node: string, root: string = PACKAGE_ROOT): object {
  return {
    argv: [
      node,
      // An interrupt terminates code that computes without pause wherever it is, also in a timer.
      // There Node would abort the process, because the terminated callback never left its async
      // context, unless this check is off. Measured with Node 20: 80 of 80 such interrupts survive.
      '--no-force-async-hooks-checks',
      path.join(root, 'bin', 'tunelab.js'),
      'kernel',
      '{connection_file}'
    ],
    display_name: 'TypeScript (tunelab)',
    language: 'typescript',
    // By message, not by signal: it works on Windows too, and the server thread can serve it.
    interrupt_mode: 'message',
    metadata: { tunelab: { version: tunelabVersion() }, debugger: false }
  };
}

/**
 * Installs the kernelspec `tslab` under `prefix`. Returns its folder.
 * @throws Error if `node` or a package that the kernel needs is missing, or a kernelspec of that name
 * is there which tunelab did not write; nothing has been written then.
 */
export function installKernelspec({
  prefix,
  node = process.execPath,
  root = PACKAGE_ROOT
}: InstallOptions): string {
  const nodePath = path.resolve(node);
  if (!existsSync(nodePath)) {
    throw new Error(
      `there is no Node at ${nodePath}.\nGive the path of a node executable with --node.`
    );
  }
  requireKernelPackages(root);
  const folder = path.join(path.resolve(prefix), 'share', 'jupyter', 'kernels', KERNEL_NAME);
  const file = path.join(folder, 'kernel.json');
  refuseForeign(file);
  mkdirSync(folder, { recursive: true });
  writeAtomically(path.join(folder, 'logo-svg.svg'), LOGO);
  // Last: a kernelspec without kernel.json does not exist for Jupyter, so nothing is half-made.
  writeAtomically(file, `${JSON.stringify(kernelspec(nodePath, root), null, 2)}\n`);
  return folder;
}

function refuseForeign(file: string): void {
  if (!existsSync(file)) {
    return;
  }
  const advice = `If nobody needs it, delete the folder ${path.dirname(file)} and install again; else choose another --prefix.`;
  let spec: { metadata?: { tunelab?: unknown } | null } | null;
  try {
    spec = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `${file} is damaged (${(error as Error).message.split('\n')[0]!}) and may be another kernel's: it is not replaced.\n${advice}`,
      { cause: error }
    );
  }
  if (!spec?.metadata?.tunelab) {
    throw new Error(`${file} belongs to another kernel and is not replaced.\n${advice}`);
  }
}
