/** `tunelab figure`: a figure of a stored study, without a notebook. */
import * as figures from '../figures/index';
import type { Figure } from '../figures/figure';
import { STUDY_FIGURES } from '../figures/study/view';
import { importance } from '../importance/importance';
import { saveFigure } from '../pictures/saveFigure';
import type { StudyView } from '../trials/view';
import { readEach, UsageError, type Output } from './options';
import { readStudyFile, studyIn } from './studyFile';

const KINDS: readonly string[] = [...STUDY_FIGURES, 'compareStudies'];

export const FIGURE_HELP = `Usage: tunelab figure FILE [options]

Draws a study that is kept in FILE: a journal, JSON from exportJson, or Optuna's SQLite.
FILE is only read. Without -o the figure is told in words.

  -o, --output FILE    where to: .png, .svg, .html, .csv or .json
  --kind KIND          ${wrapKinds()}
                       (default: history; compareStudies takes all studies of FILE,
                       or those of --study)
  --study NAME         which study, where FILE holds several
  --x, --y NAME        on the axes: a hyperparameter, value (or value[0], ...), number
  --color, --size NAME what colours the marks and makes them larger
  --names A,B,...      the hyperparameters, for kinds that show several
  --label NAME=TEXT    what an axis says instead of the name; may be repeated
  --title TEXT
  --option NAME=VALUE  another option of that kind, such as logY=true; may be repeated
  --theme light|dark   (default: light)
  --width, --height N  CSS pixels (default: 640 and 420)
  --scale N            pixels of a PNG for each of them (default: 2)
  --help
`;

function wrapKinds(): string {
  const lines = [''];
  for (const kind of KINDS) {
    const last = lines.length - 1;
    const longer = lines[last] === '' ? kind : `${lines[last]}, ${kind}`;
    if (longer.length > 62) lines.push(kind);
    else lines[last] = longer;
  }
  return lines.join(`,\n${' '.repeat(23)}`);
}

const OPTIONS = [
  'output',
  'kind',
  'study',
  'x',
  'y',
  'color',
  'size',
  'names',
  'label',
  'title',
  'option',
  'theme',
  'width',
  'height',
  'scale'
] as const;
type Option = (typeof OPTIONS)[number];
type Given = Partial<Record<Option, string[]>>;

/** Runs the command. @throws UsageError for what is not understood; Error if the figure cannot be written. */
export async function figureCommand(args: readonly string[], output: Output): Promise<number> {
  if (args.some(argument => argument === '--help' || argument === '-h')) {
    output.out(FIGURE_HELP);
    return 0;
  }
  const { options, rest } = readEach(args, OPTIONS, { o: 'output' });
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0) {
    throw new UsageError(
      `figure takes one file of studies${file === undefined ? '' : `, but got ${rest.map(one => JSON.stringify(one)).join(' and ')}`}. See tunelab figure --help.`
    );
  }
  const repeated = OPTIONS.find(
    name =>
      options[name] && options[name].length > 1 && !['label', 'option', 'study'].includes(name)
  );
  if (repeated) {
    throw new UsageError(`--${repeated} is given more than once.`);
  }
  const kind = options.kind?.[0] ?? 'history';
  if (!KINDS.includes(kind)) {
    throw new UsageError(`there is no kind ${JSON.stringify(kind)} of figure.\nChoose one of ${KINDS.join(', ')}.`); // prettier-ignore
  }
  const figure = await figureOf(file, kind, options, output);
  const target = options.output?.[0];
  if (target === undefined) {
    output.out(`${figure.title}\n${figure.alt}\n`);
    return 0;
  }
  await understood(() => saveFigure(figure, target, saveOptions(options)));
  output.out(`${figure.alt}\nWritten to ${target}\n`);
  return 0;
}

async function figureOf(
  file: string,
  kind: string,
  options: Given,
  output: Output
): Promise<Figure> {
  const found = await readStudyFile(file);
  if (found.damaged > 0) {
    output.error(`tunelab: ${found.damaged} parts of ${file} cannot be read and are left out.\n`);
  }
  type Maker = (study: unknown, options: object) => Figure | Promise<Figure>;
  const make = (figures as unknown as Record<string, Maker>)[kind];
  if (kind === 'compareStudies') {
    const studies: Record<string, StudyView> = {};
    for (const name of options.study ?? found.names) {
      studies[name] = await studyIn(file, found, name);
    }
    return understood(() => make(studies, viewOptions(options)));
  }
  if (options.study && options.study.length > 1) {
    throw new UsageError('--study is given more than once; that is for --kind compareStudies.');
  }
  const study = await studyIn(file, found, options.study?.[0]);
  return understood(async () =>
    make(kind === 'importance' ? await importance(study) : study, viewOptions(options))
  );
}

/** What the figure is told: only what was given, so that its own defaults hold. */
function viewOptions({ x, y, color, size, names, label, option, title }: Given): object {
  return {
    ...(x && { x: x[0] }),
    ...(y && { y: y[0] }),
    ...(color && { color: color[0] }),
    ...(size && { size: size[0] }),
    ...(names && { names: names[0].split(',').map(name => name.trim()) }),
    ...(label && { labels: Object.fromEntries(pairs('label', label)) as object }),
    ...(title && { title: title[0] }),
    ...(option && Object.fromEntries(pairs('option', option).map(([name, text]) => [name, valueOf(text)]))) // prettier-ignore
  };
}

function pairs(option: string, given: readonly string[]): [name: string, text: string][] {
  return given.map(each => {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(each) ?? [];
    if (name === undefined) {
      throw new UsageError(`--${option} takes NAME=VALUE, but got ${JSON.stringify(each)}.`);
    }
    return [name, text];
  });
}

/** Numbers, true and false, and lists as JSON writes them; anything else is a text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function saveOptions(options: Given): object {
  const { theme } = options;
  const numbers = (['width', 'height', 'scale'] as const).flatMap(name => {
    const text = options[name]?.[0];
    return text === undefined ? [] : [[name, Number(text)]];
  });
  return { ...(Object.fromEntries(numbers) as object), ...(theme && { theme: theme[0] }) };
}

/** Errors of what was typed are TypeErrors and RangeErrors of the library: sentences for the user, exit code 2. */
async function understood<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  }
}
