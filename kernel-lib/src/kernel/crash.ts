/** What is told to the reader when the process of the user's code has ended by itself. */
import type { ErrorReport } from './traceback';

/** How a process ended, as Node tells it. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that the process wrote to its own stderr. */
  lastWords: string;
}

const RESTART =
  'All variables are lost. Jupyter restarts the kernel; in a script that runs a notebook, run it again.';

/** Windows has no signals: the same endings are exit codes there. */
const WINDOWS_ENDINGS = new Map<number, NodeJS.Signals>([
  [134, 'SIGABRT'],
  [0xc0000005, 'SIGSEGV'],
  [0xc0000409, 'SIGABRT']
]);

/** The error that stands for the end of the process. */
export function describeCrash({ code, signal, lastWords }: Ending): ErrorReport {
  const ended = signal ?? WINDOWS_ENDINGS.get(code ?? 0);
  if (/heap out of memory|Array buffer allocation failed|OOM error/i.test(lastWords)) {
    return crash(
      'OutOfMemory',
      'the code needed more memory than JavaScript may use.',
      'Keep less in variables, or raise the limit: NODE_OPTIONS=--max-old-space-size=8192 in the environment of JupyterLab (MiB).'
    );
  }
  switch (ended) {
    case 'SIGABRT':
    case 'SIGSEGV':
    case 'SIGBUS':
    case 'SIGILL':
    case 'SIGFPE':
    case 'SIGTRAP':
      return crash(
        'KernelCrashed',
        `native code ended the process (${ended}).`,
        'Look for a package with native code, or process.abort(), in this cell or in work that earlier cells began.'
      );
    case 'SIGKILL':
      return crash(
        'KernelCrashed',
        'the process was killed from outside (SIGKILL).',
        'If nobody did it, the machine had no memory left.'
      );
    default:
      return crash(
        'KernelCrashed',
        ended ? `the process was ended by ${ended}.` : `the process ended with code ${code}.`,
        'The log of Jupyter may say more.'
      );
  }
}

function crash(ename: string, what: string, advice: string): ErrorReport {
  const evalue = `${what} ${RESTART}`;
  return { ename, evalue, traceback: [`\u001b[31m${ename}: ${evalue}\u001b[39m`, advice] };
}
