/** What tests read of a figure: its scene, as kernel and page draw it. */
import type { Figure } from 'tunelab';
import type { Layer, Scene } from 'tunelab/dist/figures/scene/scene';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';

/** Through JSON and back, as a notebook stores it. */
export const sceneIn = (figure: Figure): Scene =>
  sceneOf(JSON.parse(JSON.stringify(figure)) as Figure['payload']);

type LayerOf<K extends Layer['kind']> = Extract<Layer, { kind: K }>;

/** The layers of one kind, of all panels. */
export const layersOf = <K extends Layer['kind']>(figure: Figure, kind: K): LayerOf<K>[] =>
  sceneIn(figure)
    .panels.flatMap(({ layers }) => layers)
    .filter((layer): layer is LayerOf<K> => layer.kind === kind);

export const heatOf = (figure: Figure): LayerOf<'heat'> => layersOf(figure, 'heat')[0];
