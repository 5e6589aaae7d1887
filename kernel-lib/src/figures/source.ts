/** Where figures of studies come from, so that they can be made anew as their studies go on. */
import type { StudyView } from '../trials/view';
import type { Figure } from './figure';

/** How a figure is made anew. */
export interface FigureSource {
  studies: readonly StudyView[];
  /** The same figure of what the studies hold now. */
  make(): Figure;
}

const sources = new WeakMap<Figure, FigureSource>();

/** A figure that knows where it came from. */
export function withSource(figure: Figure, source: FigureSource): Figure {
  sources.set(figure, source);
  return figure;
}

/** `undefined` for figures of plain results. */
export const sourceOf = (figure: Figure): FigureSource | undefined => sources.get(figure);
