import { knownOptions, rangeError, show as describe, typeError } from '../errors';
import { Figure, setDisplayer } from '../figures/figure';
import { currentKernel, type MimeBundle } from '../host';
import { figureBundle } from './bundle';
import type { BundleOptions } from './bundle';
import { showFollowing } from './follow';
import { findTslab } from './tslab';

/** Options of `show`. */
export interface ShowOptions extends BundleOptions {
  /**
   * Whether a figure of a study follows it until its search has ended. Default: `true` while a search is under way and
   * before the first one; what is shown after a search stays as it is.
   */
  live?: boolean;
}

let told = false;

const bundleOf = (shown: Figure | Shown, options: ShowOptions): MimeBundle | Promise<MimeBundle> =>
  shown instanceof Figure ? figureBundle(shown, options) : shown.toBundle();

function checkSize(name: 'width' | 'height', options: ShowOptions): void {
  const size = options[name];
  if (size !== undefined && !(size >= 100 && size <= 4000)) {
    throw rangeError(
      'show',
      `\`${name}\` must be from 100 to 4000 CSS pixels`,
      `${name}=${describe(size)}`,
      'Leave it out for 640 x 420.'
    );
  }
}

/** What `show` takes beside figures: a quiz, an exercise. */
export interface Shown {
  /** What a notebook shows. */
  toBundle(): MimeBundle;
  /** What is printed elsewhere. */
  toString(): string;
}

const isShown = (value: unknown): value is Shown =>
  typeof (value as Partial<Shown> | null)?.toBundle === 'function';

/**
 * Shows a figure, a quiz or an exercise in the output of the running cell. With tunelab's kernel the cell waits for it;
 * on stock tslab write `await show(figure)`. Outside a notebook its words are printed.
 *
 * A figure of a study that is shown while `optimize` or `caviar` goes on, or before it, follows the trials as they come, and
 * has its picture at the end. Nothing is drawn for nobody: it costs time only while a page shows it, and 2 % at most.
 * @throws TypeError if `figure` is nothing that can be shown; RangeError if a size is out of bounds.
 * @example await show(figures.histogram([1, 2, 2, 3]))
 */
export async function show(figure: Figure | Shown, options: ShowOptions = {}): Promise<void> {
  if (!isShown(figure)) {
    throw typeError(
      'show',
      'what is shown must be a figure, a quiz or an exercise',
      describe(figure),
      'Make one with figures.scatter, figures.histogram or figures.learningCurves.'
    );
  }
  knownOptions('show', options, ['width', 'height', 'live']);
  checkSize('width', options);
  checkSize('height', options);
  const following = figure instanceof Figure ? showFollowing(figure, options) : undefined;
  if (following) {
    return following;
  }
  const kernel = currentKernel();
  if (kernel) {
    return kernel.display(bundleOf(figure, options));
  }
  if (findTslab()) {
    const bundle = await bundleOf(figure, options);
    // Looked up again: while the picture was drawn, another cell may have begun.
    findTslab()?.({ metadata: {}, ...bundle, transient: {} }, false);
    return;
  }
  console.log(figure instanceof Figure ? figure.alt : String(figure));
  if (!told) {
    told = true;
    console.log('(Figures are drawn in a notebook; elsewhere `show` prints their words.)');
  }
}

// From here on a figure that is a cell's last expression shows itself whole, or follows its study.
setDisplayer(figure => {
  const following = currentKernel() && showFollowing(figure, {});
  return following ? following.then(() => undefined) : figureBundle(figure);
});
