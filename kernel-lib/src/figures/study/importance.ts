import type { Layer, Panel, Scene } from '../scene/scene';
import { formatNumber } from '../text';
import { axisLabel } from '../labels';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** Under this name `table.importance` holds the lecture's ranks, 1 to 4. */
export const LECTURE = 'lecture';
/** Places of ranks on their axis: the first one furthest right. */
const RANKS = ['4', '3', '2', '1'];
const placeOf = (rank: number) => RANKS.length - rank;
const LEFT = -0.5;
/** Between a bar's end and its number, as a share of the axis. */
const GAP = 0.015;

/** Measured importances by name of the measure, and in which order the hyperparameters are drawn. */
function read(table: TrialTable, view: TrialView) {
  const { [LECTURE]: lecture, ...measures } = table.importance ?? {};
  const named = Object.entries(measures);
  const order = table.hyperparameters
    .map((_, i) => i)
    .filter(i => view.names?.includes(table.hyperparameters[i].name) ?? true)
    .sort((a, b) => (named[0]?.[1][b] || 0) - (named[0]?.[1][a] || 0));
  const labels = order.map(i => {
    const { name } = table.hyperparameters[i];
    return view.labels && Object.hasOwn(view.labels, name) ? view.labels[name] : axisLabel(name);
  });
  return { lecture, named, order, labels };
}

/**
 * How much each hyperparameter mattered, the most important on top, and beside it the lecture's ranking: the further
 * right, the sooner it should be tuned.
 */
export function importanceScene(table: TrialTable, view: TrialView): Scene {
  const { lecture, named, order, labels } = read(table, view);
  const y = {
    label: 'hyperparameter',
    scale: 'category' as const,
    categories: labels,
    shared: 'hyperparameter',
    reversed: true
  };
  const thickness = 0.8 / Math.max(1, named.length);
  if (order.length === 0 || named.length === 0) {
    const x = { label: 'importance', scale: 'linear' as const };
    return {
      panels: [{ row: 0, column: 0, x, y, layers: [] }],
      note: 'No importance was measured.'
    };
  }
  const all = named.flatMap(([, values]) => order.map(i => values[i]).filter(Number.isFinite));
  // Where all are 0 the axis still has a length.
  const [lowest, highest] = [Math.min(0, ...all), Math.max(0, ...all) || 1];
  const measured: Panel = {
    row: 0,
    column: 0,
    title: 'measured in this study',
    // Room for the numbers at the ends of the bars.
    x: { label: 'importance', scale: 'linear', range: [1.25 * lowest, 1.25 * highest] },
    y,
    layers: named.flatMap(([measure, values], m): Layer[] => {
      // Several measures stand below each other on the place of their hyperparameter.
      const at = order.map((_, place) => place + (m - (named.length - 1) / 2) * thickness);
      const length = order.map(i => values[i]);
      const words = length.map(value => (Number.isFinite(value) ? formatShare(value) : ''));
      return [
        {
          kind: 'bars',
          name: measure,
          along: 'x',
          at,
          length,
          thickness,
          text: words.map((word, place) => `${labels[place]}\n${measure}: ${word}`)
        },
        {
          kind: 'labels',
          name: '',
          group: measure,
          x: length.map(value => Math.max(0, value) + GAP * highest),
          y: at,
          text: words,
          place: 'right'
        }
      ];
    })
  };
  const ranked = lecture ? order.flatMap((i, place) => (lecture[i] >= 1 ? [place] : [])) : [];
  if (!lecture) {
    return { panels: [measured] };
  }
  const ranks = ranked.map(place => lecture[order[place]]);
  const words = ranks.map((rank, i) => `${labels[ranked[i]]}\nthe lecture's rank: ${rank}`);
  const unranked = order.flatMap((_, place) => (ranked.includes(place) ? [] : [place]));
  const advice: Panel = {
    row: 0,
    column: 1,
    title: "the lecture's ranking",
    x: { label: 'rank: 1 is tuned first', scale: 'category', categories: RANKS },
    y,
    layers: [
      {
        kind: 'bars',
        name: "lecture's rank",
        along: 'x',
        at: ranked,
        base: ranked.map(() => LEFT),
        length: ranks.map(rank => placeOf(rank) - LEFT),
        thickness: 0.06,
        text: words
      },
      {
        kind: 'points',
        name: '',
        group: "lecture's rank",
        x: ranks.map(placeOf),
        y: ranked,
        size: 12,
        text: words
      },
      {
        kind: 'labels',
        name: '',
        faint: true,
        x: unranked.map(() => LEFT + RANKS.length * GAP),
        y: unranked,
        text: unranked.map(() => 'not ranked'),
        place: 'right'
      }
    ]
  };
  return { panels: [measured, advice] };
}

/** Shares in hundredths: more digits than a forest of some dozens of trials knows would mislead. */
const formatShare = (value: number) => formatNumber(Math.round(100 * value) / 100);

/** The first sentence of its alt text. */
export function importanceWords(table: TrialTable, view: TrialView): string {
  const { lecture, named, order, labels } = read(table, view);
  const words = order.map((i, place) => {
    const shares = named.map(([, values]) => formatShare(values[i])).join(' and ');
    const rank = lecture && lecture[i] >= 1 ? `, the lecture's rank ${lecture[i]}` : '';
    return `${labels[place]} ${shares}${rank}`;
  });
  const measures = named.map(([measure]) => measure).join(' and ');
  return words.length > 0 && named.length > 0
    ? `Importance of hyperparameters, ${measures}: ${words.join('; ')}.`
    : 'Importance of hyperparameters: none was measured.';
}
