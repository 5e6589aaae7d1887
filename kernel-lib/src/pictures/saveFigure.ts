/** A figure as a file, in the form that the name of the file asks for. Node only. */
import path from 'node:path';
import { knownOptions, rangeError, show, typeError } from '../errors';
import { figureCsv } from '../figures/csv';
import type { Figure, SaveOptions } from '../figures/figure';
import { DEFAULT_FONT, THEMES } from '../figures/theme';
import { renderPicture } from './client';
import { figureHtml } from './html';
import type { Picture } from './renderer';
import { writeAtomically } from './writeAtomically';

/** What is checked of the options. */
type Size = Required<Omit<SaveOptions, 'height'>> & Pick<SaveOptions, 'height'>;

const FORMS: Readonly<
  Record<string, (figure: Figure, size: Size) => Promise<string | Uint8Array> | string>
> = {
  svg: async (figure, size) => (await draw(figure, size)).svg,
  png: async (figure, size) => (await draw(figure, size)).png,
  html: async (figure, size) => {
    const theme = { ...THEMES[size.theme], font: DEFAULT_FONT };
    return figureHtml(figure.payload, theme, await draw(figure, size));
  },
  csv: figure => figureCsv(figure.payload),
  json: figure => `${JSON.stringify(figure.payload)}\n`
};

/** The endings that a file may have. */
export const FILE_FORMS: readonly string[] = Object.keys(FORMS);

const draw = (figure: Figure, size: Size): Promise<Picture> => renderPicture(figure.payload, size);

const WHERE = 'figure.save';

/** Writes a figure to a file. See `Figure.save`. */
export async function saveFigure(
  figure: Figure,
  file: string,
  options: SaveOptions = {}
): Promise<void> {
  const form = formOf(file);
  const size = sizeOf(options);
  const data = await form(figure, size);
  try {
    writeAtomically(file, data);
  } catch (error) {
    throw failure(file, error);
  }
}

function formOf(file: string): (typeof FORMS)[string] {
  const advice = `Choose one of ${FILE_FORMS.map(name => `.${name}`).join(', ')}: figure.save('figure.png').`;
  if (typeof file !== 'string' || file === '') {
    throw typeError(WHERE, 'the path must be a text', show(file), advice);
  }
  const ending = path.extname(file).slice(1).toLowerCase();
  if (!Object.hasOwn(FORMS, ending)) {
    throw rangeError(WHERE, 'the ending of the path must be one that is known', show(file), advice);
  }
  return FORMS[ending];
}

function sizeOf(options: SaveOptions): Size {
  knownOptions(WHERE, options, ['width', 'height', 'scale', 'theme']);
  const { width = 640, height, scale = 2, theme = 'light' } = options;
  const between = (name: keyof SaveOptions, value: unknown, low: number, high: number): void => {
    if (typeof value !== 'number' || !(value >= low && value <= high)) {
      throw rangeError(
        WHERE,
        `\`${name}\` must be a number from ${low} to ${high}`,
        `${name}=${show(value)}`,
        'Leave it out for 640 x 420 CSS pixels, with 2 pixels of a PNG for each.'
      );
    }
  };
  between('width', width, 100, 4000);
  if (height !== undefined) between('height', height, 100, 4000);
  between('scale', scale, 0.5, 8);
  if (theme !== 'light' && theme !== 'dark') {
    throw rangeError(WHERE, '`theme` must be `light` or `dark`', `theme=${show(theme)}`, 'Leave it out for light.'); // prettier-ignore
  }
  return { width, height, scale, theme };
}

const REASONS: Readonly<Record<string, [rule: string, advice: string]>> = {
  ENOENT: ['its folder must be there', 'Make the folder first, or look at the path.'],
  ENOTDIR: ['its folder must be one', 'Look at the path: a part of it is a file.'],
  EACCES: ['its folder must be one that can be written', 'Choose another folder, or change its permissions.'], // prettier-ignore
  EPERM: ['its folder must be one that can be written', 'Choose another folder, or change its permissions.'], // prettier-ignore
  EROFS: ['its folder must be one that can be written', 'The disk is read-only: choose another folder.'], // prettier-ignore
  EISDIR: ['the path must be that of a file', 'There is a folder of this name: choose another.'],
  ENOSPC: ['there must be room on the disk', 'Delete something, or choose another disk.'],
  ENAMETOOLONG: ['the name must not be too long', 'Choose a shorter one.']
};

/** An error of the file system in words; others as they are. */
function failure(file: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : REASONS[code];
  if (!reason) return error;
  const [rule, advice] = reason;
  return new Error(
    `${WHERE}: ${path.resolve(file)} cannot be written: ${rule} (${message}).\n${advice}`,
    { cause: error }
  );
}
