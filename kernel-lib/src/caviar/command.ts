import { knownOptions, rangeError, show, typeError } from '../errors';
import { nodeProcess } from '../host';
import { count } from '../numeric/options';
import type { Objective, Outcome } from '../study/objective';
import { namedValuesOf } from '../trials/names';
import { fillArgument, namesOf, OF_TRIAL, readArgument, splitCommand } from './commandLine';
import { runProgram } from './program';

/** Options of `command`. */
export interface CommandOptions {
  /** The folder in which the program runs. Default: the working folder. */
  folder?: string;
  /** Variables of its environment beside those of `command`'s list. Default: none. */
  environment?: Readonly<Record<string, string>>;
  /** How many characters of what it printed are kept with the trial, from the end. Default: `4000`. */
  keep?: number;
}

/** An objective that is a program. */
export interface Command extends Objective<Readonly<Record<string, unknown>>> {
  /** The hyperparameters that it names. */
  readonly placeholders: readonly string[];
}

/** What a program is given of this process's environment: what programs need to be found and to run, and no more. */
const ENVIRONMENT = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'TMP', 'TEMP',
  'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'VIRTUAL_ENV', 'CONDA_PREFIX', 'CUDA_VISIBLE_DEVICES',
  'Path', 'PATHEXT', 'SystemRoot', 'SYSTEMROOT', 'windir', 'ComSpec', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA',
  'ProgramData', 'ProgramFiles', 'NUMBER_OF_PROCESSORS'
]; // prettier-ignore

/**
 * Makes an objective of any program: `{name}` stands for a hyperparameter (`{optimizer.learningRate}` in a group), `{seed}` and `{trial}` for the trial's seed
 * and number, `{{` and `}}` for braces. No shell reads the command: it is split at blanks outside of quotes, and a value
 * stays inside its argument, whatever it holds.
 *
 * The last line that the program prints is the result: a number, or JSON as an objective may return it,
 * `{"value": 0.03, "attributes": {"epochs": 12}}`. A line `{"step": 3, "value": 0.12}` before it is a report, which the
 * pruner sees at once. What it printed is kept in the trial's attribute `output`, from the end. An exit code other than 0
 * makes the trial a failed one, with the code and the end of stderr as the reason. When the trial is stopped, the program
 * and all that it started are ended.
 *
 * Its environment has, where this process has them: PATH, HOME, USER, LOGNAME, SHELL, LANG, LC_ALL, LC_CTYPE, TZ, TMPDIR,
 * TMP, TEMP, LD_LIBRARY_PATH, DYLD_LIBRARY_PATH, VIRTUAL_ENV, CONDA_PREFIX, CUDA_VISIBLE_DEVICES, and what Windows needs
 * (Path, PATHEXT, SystemRoot, windir, ComSpec, USERPROFILE, APPDATA, LOCALAPPDATA, ProgramData, ProgramFiles,
 * NUMBER_OF_PROCESSORS); then TUNELAB_SEED and TUNELAB_TRIAL, and `environment`. Nothing else.
 *
 * @param template the command, or program and arguments in an array, each of which stays as it is but for placeholders
 * @returns an objective for `caviar`, which runs `workers` of them at a time, and for `study.optimize`
 * @throws RangeError for an empty command, an open quote, or a brace without a name; `caviar` throws one for a
 *   placeholder that is no hyperparameter of the study.
 * @example
 * const search = study({ space: { learningRate: scales.log(1e-4, 1) } });
 * const train = command('python train.py --lr {learningRate} --seed {seed}');
 * await caviar(search, train, { trials: 20, workers: 2, trialSeconds: 600 });
 */
export function command(
  template: string | readonly string[],
  options: CommandOptions = {}
): Command {
  knownOptions('command', options, ['folder', 'environment', 'keep']);
  const given = typeof template === 'string' ? splitCommand(template) : template;
  if (!Array.isArray(given) || !given.every(each => typeof each === 'string') || !given[0]) {
    throw typeError(
      'command',
      'it must be a text, or a program and its arguments in an array of texts',
      show(template),
      "Pass for example 'python train.py --lr {learningRate}'."
    );
  }
  const keep = options.keep === undefined ? 4000 : count('command', 'keep', options.keep, 0);
  const words = given.map(readArgument);
  const placeholders = [...new Set(words.flatMap(namesOf))].filter(
    name => !OF_TRIAL.includes(name)
  );

  const objective: Objective<Readonly<Record<string, unknown>>> = async (config, tools) => {
    const process = nodeProcess();
    if (!process?.cwd) {
      throw new Error(
        'command: a program can only be run by Node, and this is none.\nUse a function.'
      );
    }
    const { signal, report, seed, trial } = tools;
    const named = namedValuesOf(config).map(({ name, value }) => [name, value] as const);
    const values = { seed, trial: trial.number, ...Object.fromEntries(named) };
    const [program, ...filled] = words.map(word => fillArgument(word, values));
    const output = await runProgram({
      program,
      given: filled,
      folder: options.folder ?? process.cwd(),
      environment: {
        ...inherited(process.env ?? {}),
        TUNELAB_SEED: String(seed),
        TUNELAB_TRIAL: String(trial.number),
        ...options.environment
      },
      keep,
      signal,
      report
    });
    return withOutput(output.outcome(), output.tail);
  };
  return Object.assign(objective, { placeholders });
}

function inherited(environment: Record<string, string | undefined>): Record<string, string> {
  const found = ENVIRONMENT.flatMap(name => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

function withOutput(outcome: Outcome, output: string): Outcome {
  if (typeof outcome === 'number' || Array.isArray(outcome)) {
    return { value: outcome as number, attributes: { output } };
  }
  const { value, attributes } = outcome as Exclude<Outcome, number | readonly number[]>;
  return { value, attributes: { ...attributes, output } };
}

/** Whether an objective is a program, which waits for another process and needs no thread. */
export const isCommand = (objective: unknown): objective is Command =>
  typeof objective === 'function' && Array.isArray((objective as Partial<Command>).placeholders);

/** @throws RangeError if a command names what is no hyperparameter of the space. */
export function checkPlaceholders({ placeholders }: Command, names: readonly string[]): void {
  const unknown = placeholders.filter(name => !names.includes(name));
  if (unknown.length > 0) {
    throw rangeError(
      'command',
      `each {name} must be a hyperparameter of the study (${names.join(', ')}), {seed} or {trial}`,
      unknown.map(name => `{${name}}`).join(', '),
      'Correct the name, or add the hyperparameter to the space; {{ and }} stand for braces.'
    );
  }
}
