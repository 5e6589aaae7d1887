/** What quizzes and exercises have in common: a form where there is our extension, text elsewhere. */
import { FIGURE_MIME } from '../figures/format/common';
import { DISPLAY_SYMBOL, type MimeBundle } from '../host';

/** Something to be answered. */
export abstract class Form<Payload> {
  /** What FORMAT.md describes. */
  readonly payload: Payload;

  protected constructor(payload: Payload) {
    this.payload = payload;
  }

  /** A few words. */
  abstract toString(): string;

  protected abstract toMarkdown(): string;

  /** What `console.log` prints in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The form, and the same as Markdown with the answers folded at its end. */
  toBundle(): MimeBundle {
    return {
      data: {
        [FIGURE_MIME]: this.payload,
        'text/markdown': this.toMarkdown(),
        'text/plain': this.toString()
      }
    };
  }

  /** The MIME bundle that a notebook kernel shows. */
  [DISPLAY_SYMBOL](): Promise<MimeBundle> {
    return Promise.resolve(this.toBundle());
  }
}
