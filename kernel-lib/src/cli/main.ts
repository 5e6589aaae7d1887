/** The command line: `tunelab kernel`, `tunelab install`, `tunelab doctor` and `tunelab figure`. */
import { startKernel } from '../kernel/main';
import { tunelabVersion } from '../kernel/kernelInfo';
import { examine } from './doctor';
import { findingsAsJson, renderFindings } from './findings';
import { installKernelspec } from './install';
import { readOptions, UsageError, type Output } from './options';

export type { Output } from './options';

const HELP = `Usage: tunelab <command>

Commands
  kernel <connection file>              serve a notebook (Jupyter calls this)
  install --prefix DIR [--node PATH]    add the kernel "TypeScript (tunelab)" to the Python
                                        environment in DIR; --node: the Node that runs it
                                        (default: the one that runs this command)
  doctor [--prefix DIR] [--json]        look at everything a notebook needs and say what to do;
                                        --prefix: JupyterLab's Python environment (default: that
                                        of the project, or the active one); exit code 1: problems
  figure FILE [-o OUT]                  draw a study that is kept in FILE; see tunelab figure --help

Options
  --help, --version
`;

const terminal: Output = {
  out: text => process.stdout.write(text),
  error: text => process.stderr.write(text)
};

/**
 * Runs a command. Returns the exit code, of some commands a promise of it; undefined when the process is to live on.
 * 0: done, 1: it failed, 2: the command is not understood.
 */
export function main(
  args: readonly string[],
  output: Output = terminal
): number | undefined | Promise<number> {
  const failed = (error: unknown): number => {
    output.error(`tunelab: ${(error as Error).message}\n`);
    return error instanceof UsageError ? 2 : 1;
  };
  try {
    const code = run(args, output);
    return code instanceof Promise ? code.catch(failed) : code;
  } catch (error) {
    return failed(error);
  }
}

function run(
  [command, ...rest]: readonly string[],
  output: Output
): number | undefined | Promise<number> {
  switch (command) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      output.out(HELP);
      return command === undefined ? 2 : 0;
    case '--version':
    case '-v':
      output.out(`${tunelabVersion()}\n`);
      return 0;
    case 'kernel': {
      const [file, ...more] = rest;
      if (file === undefined || more.length > 0) {
        throw new UsageError(
          'kernel takes one connection file. Jupyter gives it when it starts a kernel.'
        );
      }
      startKernel(file);
      return undefined;
    }
    case 'install': {
      const { prefix, node } = readOptions(rest, ['prefix', 'node']);
      if (prefix === undefined) {
        throw new UsageError(
          'install needs --prefix DIR: the Python environment that gets the kernel.'
        );
      }
      const where = installKernelspec({ prefix, ...(node !== undefined && { node }) });
      output.out(`The kernel "TypeScript (tunelab)" is installed in ${where}\n`);
      return 0;
    }
    case 'doctor': {
      const json = rest.includes('--json');
      const { prefix } = readOptions(
        rest.filter(argument => argument !== '--json'),
        ['prefix']
      );
      const findings = examine(prefix === undefined ? {} : { prefix });
      output.out(json ? findingsAsJson(findings) : renderFindings(findings));
      return findings.every(({ ok }) => ok) ? 0 : 1;
    }
    case 'figure':
      // Loaded here and not above: a kernel starts without it.
      return import('./figure').then(({ figureCommand }) => figureCommand(rest, output));
    default:
      throw new UsageError(`there is no command ${JSON.stringify(command)}. See tunelab --help.`);
  }
}
