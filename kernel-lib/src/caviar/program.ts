import type * as Processes from 'node:child_process';
import type * as Os from 'node:os';
import { nodeModule } from '../host';
import { ProgramOutput } from './programOutput';

type ChildProcess = Processes.ChildProcess;

/** How a program is run. */
export interface ProgramRun {
  program: string;
  given: readonly string[];
  folder: string;
  environment: Record<string, string>;
  /** How much of its output is kept, in characters. */
  keep: number;
  signal: AbortSignal;
  report: (step: number, value: number) => void;
}

/** Characters of its errors that a failure tells, from the end. */
const TOLD = 2000;
/** Milliseconds for a program to end when it was asked to, and for its output to end after it. */
const GRACE = 1000;

/** Those that run: none of them outlives this process. */
const running = new Set<ChildProcess>();
let watched = false;

/**
 * Runs a program to its end, without a shell; ends it with all that it started when the signal is aborted.
 * @returns what it printed
 * @throws Error with its exit code and the end of what it said on stderr.
 */
export function runProgram(run: ProgramRun): Promise<ProgramOutput> {
  const { program, given, folder, environment, keep, signal, report } = run;
  const { spawn } = nodeModule<typeof Processes>('child_process')!;
  const output = new ProgramOutput(keep, report);
  const errors = new ProgramOutput(TOLD);
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const child = spawn(program, given, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that what it starts can be ended with it.
      detached: !isWindows()
    });
    watch(child);
    let failure: Error | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (error: Error) => {
      if (!failure) {
        failure = error;
        endTree(child, 'SIGTERM');
        timer = setTimeout(() => endTree(child, 'SIGKILL'), GRACE);
      }
    };
    const abort = () => stop(signal.reason as Error);
    signal.addEventListener('abort', abort);
    const read = (stream: NodeJS.ReadableStream, into: ProgramOutput) =>
      stream.setEncoding('utf8').on('data', (text: string) => {
        try {
          into.take(text);
        } catch (error) {
          // The pruner has stopped the trial.
          stop(error as Error);
        }
      });
    read(child.stdout!, output);
    read(child.stderr!, errors);
    child.on('error', error => {
      failure ??= new Error(`command: \`${program}\` cannot be started: ${error.message}.`, {
        cause: error
      });
      if (child.pid === undefined) {
        finish();
        reject(failure);
      }
    });
    child.on('exit', () => {
      // What it left running, and what holds its output open, is ended.
      timer ??= setTimeout(() => {
        child.stdout!.destroy();
        child.stderr!.destroy();
      }, GRACE);
    });
    child.on('close', (code, killedBy) => {
      finish();
      endTree(child, 'SIGKILL');
      if (failure || code !== 0) {
        reject(failure ?? new Error(ending(program, code, killedBy, errors.tail)));
      } else {
        resolve(output);
      }
    });
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      running.delete(child);
    }
  });
}

function ending(program: string, code: number | null, by: string | null, errors: string): string {
  const how = code === null ? `was ended by ${by}` : `ended with code ${code}`;
  const said = errors.trim();
  return `command: \`${program}\` ${how}${said === '' ? ' and said nothing on stderr' : `: ${said}`}`;
}

const isWindows = () => nodeModule<typeof Os>('os')!.platform() === 'win32';

/** Ends a program and all that it started. */
function endTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  const { pid } = child;
  if (pid === undefined) {
    return;
  }
  if (isWindows()) {
    const { spawnSync } = nodeModule<typeof Processes>('child_process')!;
    if (child.exitCode === null) {
      spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    }
    return;
  }
  try {
    nodeModule<NodeJS.Process>('process')!.kill(-pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

function watch(child: ChildProcess): void {
  running.add(child);
  if (!watched) {
    watched = true;
    nodeModule<NodeJS.Process>('process')!.on('exit', () =>
      running.forEach(each => endTree(each, 'SIGKILL'))
    );
  }
}
