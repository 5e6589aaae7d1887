/** `process.exit` in a notebook: an error of the cell, as `sys.exit` is in Jupyter's Python. */

/** A cell or a package asked the process to end. */
export class ProcessExit extends Error {
  override name = 'ProcessExit';

  constructor(readonly code: unknown) {
    super(
      `process.exit(${code === undefined ? '' : String(code as number)}) was called, which would end the kernel and lose all variables. The kernel goes on; to end it, use Kernel > Shut Down.`
    );
  }
}

/** Makes `process.exit` throw. Returns the real one. */
export function refuseExit(): (code?: number) => never {
  const exit = process.exit.bind(process);
  process.exit = (code?: unknown): never => {
    throw new ProcessExit(code);
  };
  return exit;
}
