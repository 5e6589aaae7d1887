/** What a figure draws, read back from what is stored of it. */
import type { Figure } from 'tunelab';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import type { Layer, Panel } from 'tunelab/dist/figures/scene/scene';

export const panelsOf = (figure: Figure): Panel[] => sceneOf(figure.payload).panels;

/** The layers of one kind, of all panels in order. */
export function layersOf<K extends Layer['kind']>(
  figure: Figure,
  kind: K
): Extract<Layer, { kind: K }>[] {
  const all = panelsOf(figure).flatMap(({ layers }) => layers);
  return all.filter((layer): layer is Extract<Layer, { kind: K }> => layer.kind === kind);
}
