import type { Layer } from '../../scene/scene';
import type { Drawn, LayerPlace } from '../drawing';
import { drawBand } from './band';
import { drawBars, drawHistogram } from './bars';
import { drawContour } from './contour';
import { drawHeat } from './heat';
import { drawImage } from './image';
import { drawLabels } from './labels';
import { drawLine } from './line';
import { drawPoints } from './points';
import { drawRule } from './rule';

/** Draws one of the layers of a panel. */
export function drawLayer(layer: Layer, place: LayerPlace, layers: readonly Layer[]): Drawn {
  switch (layer.kind) {
    case 'points':
      return drawPoints(layer, place);
    case 'line':
      return drawLine(layer, place);
    case 'band':
      return drawBand(layer, place);
    case 'bars':
      return drawBars(layer, place);
    case 'histogram':
      return drawHistogram(layer, place, layers);
    case 'heat':
      return drawHeat(layer, place);
    case 'contour':
      return drawContour(layer, place);
    case 'image':
      return drawImage(layer, place);
    case 'rule':
      return drawRule(layer, place);
    case 'labels':
      return drawLabels(layer, place);
  }
}
