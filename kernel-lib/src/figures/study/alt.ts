/** Figures of a study in words, for those who do not see them. */
import { describeValue } from '../positions';
import { counted, formatNumber, shorten } from '../text';
import { contourWords } from './contour';
import { distributionWords } from './distribution';
import { historyWords } from './history';
import { configOf, metricLabel } from './hover';
import { importanceWords } from './importance';
import { intermediateValuesWords } from './intermediateValues';
import { parallelCoordinatesWords } from './parallelCoordinates';
import { paretoFrontWords } from './paretoFront';
import { rankWords } from './rank';
import { bestRows, shownBy } from './rows';
import { scatterWords } from './scatter';
import { scatterMatrixWords } from './scatterMatrix';
import { SCENES } from './scenes';
import { sliceWords } from './slice';
import { STATES, type TrialTable } from './table';
import { timelineWords } from './timeline';
import { trialTableWords } from './trialTable';
import type { StudyFigureName, TrialView } from './view';

/** What each kind shows beyond the counts and the best trial. */
const WORDS: Readonly<Record<StudyFigureName, (table: TrialTable, view: TrialView) => string>> = {
  scatter: scatterWords,
  scatterMatrix: scatterMatrixWords,
  slice: sliceWords,
  contour: contourWords,
  parallelCoordinates: parallelCoordinatesWords,
  rank: rankWords,
  paretoFront: paretoFrontWords,
  history: historyWords,
  distribution: distributionWords,
  intermediateValues: intermediateValuesWords,
  timeline: timelineWords,
  importance: importanceWords,
  trialTable: trialTableWords
};

/** Above this many trials a scene is not made for its note alone. */
const MOST_FOR_NOTE = 10_000;
/** Hyperparameters of the best trial that are named. */
const MOST_NAMED = 12;

/**
 * What a figure shows, how many trials are in which state and not shown, the best one with its configuration, and the range of values.
 * @param note what the figure says across itself. Default: its scene's
 */
export function altOf(
  figure: StudyFigureName,
  table: TrialTable,
  view: TrialView,
  note?: string
): string {
  const counts = STATES.map(() => 0);
  const shows = shownBy(table, view);
  let hidden = 0;
  for (let row = 0; row < table.length; row++) {
    counts[table.state[row]] += 1;
    hidden += Number(!shows(row));
  }
  const states = (['failed', 'pruned', 'running', 'waiting'] as const)
    .filter(state => counts[STATES.indexOf(state)] > 0)
    .map(state => `${counts[STATES.indexOf(state)]} ${state}.`);
  const own =
    note ?? (table.length <= MOST_FOR_NOTE ? SCENES[figure](table, view).note : undefined);
  if (hidden > 0) {
    states.push(`${hidden} of them ${hidden === 1 ? 'is' : 'are'} not shown.`);
  }
  const words = [WORDS[figure](table, view), ...states, ...bestWords(table, view), own];
  return words.filter(Boolean).join(' ');
}

function bestWords(table: TrialTable, view: TrialView): string[] {
  const best = bestRows(table);
  if (best.length === 0) {
    return [];
  }
  const ranges = table.values.map((_, i) => rangeWords(table, view, i));
  if (table.directions.length > 1) {
    return [`${counted(best.length, 'trial')} on the Pareto front.`, ...ranges];
  }
  const [row] = best;
  const value = describeValue(table.metrics[0], table.values[0][row]);
  const config = configOf(table, row);
  const more = config.length > MOST_NAMED ? [`${config.length - MOST_NAMED} more`] : [];
  const named = shorten([...config.slice(0, MOST_NAMED), ...more].join(', '), 800);
  const label = metricLabel(table, view);
  return [`Best ${label} ${value} in trial ${table.number[row]} (${named}).`, ...ranges];
}

function rangeWords(table: TrialTable, view: TrialView, metric: number): string {
  let [low, high] = [Infinity, -Infinity];
  const values = table.values[metric];
  for (let row = 0; row < table.length; row++) {
    if (Number.isFinite(values[row])) {
      low = Math.min(low, values[row]);
      high = Math.max(high, values[row]);
    }
  }
  const label = metricLabel(table, view, metric);
  return `Range of ${label}: ${formatNumber(low)} to ${formatNumber(high)}.`;
}
