import { DISPLAY_SYMBOL } from '../host';
import type { MimeBundle } from '../host';
import { FIGURE_MIME } from './format';
import type { FigurePayload } from './format';
import { parsePayload } from './parsePayload';

/** Makes a figure's MIME bundle, pictures included; nothing for a figure that has shown itself already. */
export type Displayer = (figure: Figure) => Promise<MimeBundle | undefined>;

// A figure does not know where it is shown: `display/` says so when it is loaded. Without it, a
// figure still offers its data and its text.
let displayer: Displayer | undefined;

/** Called once, by `display/`. */
export function setDisplayer(display: Displayer): void {
  displayer = display;
}

/** Options of `figure.save`, for pictures and pages; tables and JSON have no size. */
export interface SaveOptions {
  /** CSS pixels, 100 to 4000. Default: `640`. */
  width?: number;
  /** CSS pixels, 100 to 4000. Default: what suits the figure, `420` for one of a single panel. */
  height?: number;
  /** Pixels of a PNG for each CSS pixel, 0.5 to 8. Default: `2`. */
  scale?: number;
  /** Dark on white, or light on a dark background. Default: `'light'`. */
  theme?: 'light' | 'dark';
}

/** Writes a figure to a file. */
export type Saver = (figure: Figure, path: string, options?: SaveOptions) => Promise<void>;

let saver: Saver | undefined;

/** Called once, by `display/`. */
export function setSaver(save: Saver): void {
  saver = save;
}

/**
 * A figure: plain data that can be shown, stored or sent. As the last expression of a cell it
 * displays itself; `show(figure)` does the same anywhere in a cell.
 * @example
 * const figure = figures.histogram([1, 2, 2, 3]);
 * JSON.parse(JSON.stringify(figure)).figure // 'histogram'
 */
export class Figure {
  /** What FORMAT.md describes. */
  readonly payload: FigurePayload;

  /** @throws TypeError or RangeError naming the field if `payload` is not what FORMAT.md describes. */
  constructor(payload: FigurePayload) {
    this.payload = parsePayload(payload);
  }

  get title(): string {
    return this.payload.title;
  }

  /** The figure in words. */
  get alt(): string {
    return this.payload.alt;
  }

  /** The payload, so that `JSON.stringify(figure)` stores the figure. */
  toJSON(): FigurePayload {
    return this.payload;
  }

  /**
   * Writes the figure to a file, whole or not at all. The ending says in what form: `.png` and `.svg` a picture; `.html` a
   * page that needs nothing else, live where scripts run, a picture elsewhere; `.csv` its data as a table; `.json` the
   * payload that FORMAT.md describes. Node only; pictures and pages need the packages that pictures need.
   *
   * @param path relative to the folder of the notebook, or absolute
   * @throws RangeError for another ending or an option out of bounds; Error if the folder is missing or cannot be written, if
   *   a package is missing (it says which), or in a browser.
   * @example await figures.histogram([1, 2, 2, 3]).save('histogram.csv')
   */
  async save(path: string, options: SaveOptions = {}): Promise<void> {
    if (!saver) {
      throw new Error(
        "figure.save: figures are saved by the library as a whole.\nImport from 'tunelab'."
      );
    }
    return saver(this, path, options);
  }

  /** What the figure shows, in words. */
  toString(): string {
    return `Figure: ${this.alt}`;
  }

  /** What `console.log` prints in Node: words, instead of pages of base64. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The bundle without pictures: for updates that follow each other, and where nothing draws. */
  toBundle(): MimeBundle {
    return { data: { [FIGURE_MIME]: this.payload, 'text/plain': this.alt } };
  }

  /** The MIME bundle that a notebook kernel shows; nothing if the figure has shown itself, as one that goes on does. */
  [DISPLAY_SYMBOL](): Promise<MimeBundle | undefined> {
    return displayer?.(this) ?? Promise.resolve(this.toBundle());
  }
}
