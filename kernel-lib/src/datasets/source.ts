import { rangeError, show, typeError } from '../errors';
import { nodeModule, nodeProcess } from '../host';

/** Where a file's contents come from: its path (in Node), its text, or its bytes. */
export type Source = string | Uint8Array | ArrayBuffer;

/** What is used of Node, reached when a path is read: a browser has none of it. */
interface Files {
  readFileSync(path: string): Uint8Array;
  statSync(path: string): { size: number };
}

/** More than this in one array is refused before it is asked of the machine. */
const MOST_BYTES = 4 * 2 ** 30;

/** V8's longest string, in characters. */
const MOST_TEXT = 2 ** 29 - 24;

/**
 * Refuses sizes that no machine of a learner has memory for.
 * @param what what is as large, for the message: `'2,000,000 x 10,000 numbers'`
 * @throws RangeError above 4 GiB.
 */
export function checkSize(where: string, what: string, bytes: number): void {
  if (!(bytes <= MOST_BYTES)) {
    throw rangeError(
      where,
      'data must fit into 4 GiB',
      `${what}, which would need ${(bytes / 2 ** 30).toLocaleString('en', { maximumFractionDigits: 1 })} GiB`,
      'Use fewer rows; or, if the size was read from a file, that file is damaged.'
    );
  }
}

/**
 * The bytes of a file, given as they are or by its path.
 * @throws TypeError for anything else; Error if there is no such file, or no files at all (in a browser).
 */
export function readBytes(where: string, source: Source): Uint8Array {
  if (typeof source === 'string') {
    return readFile(where, source);
  }
  if (source instanceof Uint8Array) {
    return source;
  }
  // An ArrayBuffer of another realm, as tests and frames have them, is no instance of this one's.
  if (Object.prototype.toString.call(source) === '[object ArrayBuffer]') {
    return new Uint8Array(source);
  }
  throw typeError(
    where,
    'a file comes as its path or its bytes',
    show(source),
    'Pass a path such as "data/x.npy", or a Uint8Array.'
  );
}

/**
 * The text of a file, given as it is, by its bytes (UTF-8) or by its path.
 * @param isText tells a text from a path
 * @throws RangeError if the bytes are not UTF-8; otherwise as `readBytes`.
 */
export function readText(
  where: string,
  source: Source,
  isText: (source: string) => boolean
): string {
  if (typeof source === 'string' && isText(source)) {
    return withoutMark(source);
  }
  const bytes = readBytes(where, source);
  if (bytes.length > MOST_TEXT) {
    throw rangeError(
      where,
      'text must be shorter than 512 MiB, which is as much as one string can hold',
      `${Math.round(bytes.length / 2 ** 20)} MiB`,
      'Save the numbers with np.save and read them with datasets.npy.'
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw rangeError(
      where,
      'the file must be text in UTF-8',
      `${bytes.length} bytes that are not`,
      'Save it as UTF-8; spreadsheets offer "CSV UTF-8".'
    );
  }
}

/** Spreadsheets put a byte order mark before the text, which would become part of the first name. */
const withoutMark = (text: string) => (text.startsWith('\ufeff') ? text.slice(1) : text);

function readFile(where: string, path: string): Uint8Array {
  const fs = nodeModule<Files>('fs');
  if (!fs) {
    throw typeError(
      where,
      'paths can be read in Node only',
      `the path ${show(path)} where there are no files`,
      'Fetch the file and pass its text or bytes.'
    );
  }
  try {
    checkSize(where, `the file ${show(path)}`, fs.statSync(path).size);
    return fs.readFileSync(path);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === undefined) {
      throw error;
    }
    throw rangeError(
      where,
      'the path must lead to a file that can be read',
      `${show(path)} (${code})`,
      `Paths are relative to ${nodeProcess()?.cwd?.() ?? 'the working directory'}.`
    );
  }
}
