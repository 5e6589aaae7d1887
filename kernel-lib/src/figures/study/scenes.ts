/** The scene of each kind of figure of a study. */
import type { Scene } from '../scene/scene';
import { contourScene } from './contour';
import { distributionScene } from './distribution';
import { historyScene } from './history';
import { importanceScene } from './importance';
import { intermediateValuesScene } from './intermediateValues';
import { parallelCoordinatesScene } from './parallelCoordinates';
import { paretoFrontScene } from './paretoFront';
import { rankScene } from './rank';
import { scatterScene } from './scatter';
import { scatterMatrixScene } from './scatterMatrix';
import { sliceScene } from './slice';
import type { TrialTable } from './table';
import { timelineScene } from './timeline';
import { trialTableScene } from './trialTable';
import type { StudyFigureName, TrialView } from './view';

export const SCENES: Readonly<
  Record<StudyFigureName, (table: TrialTable, view: TrialView) => Scene>
> = {
  scatter: scatterScene,
  scatterMatrix: scatterMatrixScene,
  slice: sliceScene,
  contour: contourScene,
  parallelCoordinates: parallelCoordinatesScene,
  rank: rankScene,
  paretoFront: paretoFrontScene,
  history: historyScene,
  distribution: distributionScene,
  intermediateValues: intermediateValuesScene,
  timeline: timelineScene,
  importance: importanceScene,
  trialTable: trialTableScene
};
