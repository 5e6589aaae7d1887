/** Sequences of distributions, each in a panel, as one figure. */
import type { Figure } from '../figure';
import type { Panel } from '../scene/scene';
import { sceneFigure } from '../scene/store';

/** A sequence as it is drawn: its panel, and a sentence about it. */
export interface DrawnSequence {
  panel: Panel;
  words: string;
}

/** The figure of sequences side by side; says so where nothing finite is in any. */
export function sequenceFigure(
  figure: string,
  title: string,
  opening: string,
  drawn: readonly DrawnSequence[]
): Figure {
  const panels = drawn.map(({ panel }) => panel);
  const empty = panels.every(({ layers }) => layers.length === 0);
  return sceneFigure({
    figure,
    title,
    alt: [opening, ...drawn.map(({ words }) => words)].join(' '),
    scene: { panels, ...(empty && { note: 'There are no finite values.' }) }
  });
}
