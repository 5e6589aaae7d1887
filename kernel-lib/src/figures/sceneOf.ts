/** What a payload of any version draws: the one step from what is stored to a scene, for kernel and page alike. */
import type { FigurePayload } from './format';
import type { Scene } from './scene/scene';
import { readScene } from './scene/store';
import { sceneOfVersion1 } from './scene/version1';
import { SCENES } from './study/scenes';
import { tableOf } from './study/store';

/**
 * The scene of a payload that `parsePayload` accepts.
 * @throws RangeError with a sentence if the view of a study names what its table does not have.
 * @example sceneOf({ ...payload, view: { ...payload.view, x: 'dropout' } }) // a study's figure over another axis
 */
export function sceneOf(payload: FigurePayload): Scene {
  if (payload.version === 1) {
    return sceneOfVersion1(payload);
  }
  if ('panels' in payload) {
    return readScene(payload);
  }
  const scene = SCENES[payload.figure](tableOf(payload), payload.view);
  return payload.note === undefined ? scene : { ...scene, note: payload.note };
}
