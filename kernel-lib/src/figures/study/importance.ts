import type { Layer, Panel, Scene } from '../scene/scene';
import { formatNumber } from '../text';
import { axisLabel } from '../labels';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** Under this name `table.importance` holds the lecture's ranks, 1 to 4. */
export const LECTURE = 'lecture';
const LOWEST_RANK = 4;

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
  const measured: Panel = {
    row: 0,
    column: 0,
    title: 'measured in this study',
    x: { label: 'importance, share of all', scale: 'linear', shared: 'importance' },
    y,
    layers: named.map(([measure, values], m): Layer => ({
      kind: 'bars',
      name: measure,
      along: 'x',
      // Several measures stand below each other on the place of their hyperparameter.
      at: order.map((_, place) => place + (m - (named.length - 1) / 2) * thickness),
      length: order.map(i => values[i]),
      thickness,
      text: order.map((i, place) => `${labels[place]}\n${measure}: ${formatNumber(values[i])}`)
    }))
  };
  const ranked = lecture ? order.flatMap((i, place) => (lecture[i] >= 1 ? [place] : [])) : [];
  if (order.length === 0 || named.length === 0) {
    return { panels: [measured], note: 'No importance was measured.' };
  }
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
    x: {
      label: 'rank, 1 to tune first',
      scale: 'linear',
      integer: true,
      range: [0.5, LOWEST_RANK + 0.6],
      reversed: true
    },
    y,
    layers: [
      {
        kind: 'bars',
        name: "lecture's rank",
        along: 'x',
        at: ranked,
        base: ranked.map(() => LOWEST_RANK + 0.6),
        length: ranks.map(rank => rank - LOWEST_RANK - 0.6),
        thickness: 0.06,
        text: words
      },
      {
        kind: 'points',
        name: '',
        group: "lecture's rank",
        x: ranks,
        y: ranked,
        size: 12,
        text: words
      },
      {
        kind: 'labels',
        name: '',
        faint: true,
        x: unranked.map(() => LOWEST_RANK + 0.5),
        y: unranked,
        text: unranked.map(() => 'not ranked'),
        place: 'right'
      }
    ]
  };
  return { panels: [measured, advice] };
}

/** The first sentence of its alt text. */
export function importanceWords(table: TrialTable, view: TrialView): string {
  const { lecture, named, order, labels } = read(table, view);
  const words = order.map((i, place) => {
    const shares = named.map(([, values]) => formatNumber(values[i])).join(' and ');
    const rank = lecture && lecture[i] >= 1 ? `, the lecture's rank ${lecture[i]}` : '';
    return `${labels[place]} ${shares}${rank}`;
  });
  const measures = named.map(([measure]) => measure).join(' and ');
  return words.length > 0 && named.length > 0
    ? `Importance of hyperparameters, ${measures}: ${words.join('; ')}.`
    : 'Importance of hyperparameters: none was measured.';
}
