import { DISPLAY_SYMBOL } from '../host';
import type { MimeBundle } from '../host';
import { FIGURE_MIME } from './format';
import type { FigurePayload } from './format';
import { parsePayload } from './parsePayload';

/** Makes a figure's MIME bundle, pictures included. */
export type Displayer = (figure: Figure) => Promise<MimeBundle>;

// A figure does not know where it is shown: `display/` says so when it is loaded. Without it, a
// figure still offers its data and its text.
let displayer: Displayer | undefined;

/** Called once, by `display/`. */
export function setDisplayer(display: Displayer): void {
  displayer = display;
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

  /** The MIME bundle that a notebook kernel shows. */
  [DISPLAY_SYMBOL](): Promise<MimeBundle> {
    return displayer?.(this) ?? Promise.resolve(this.toBundle());
  }
}
