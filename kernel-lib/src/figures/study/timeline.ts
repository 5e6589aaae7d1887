import type { Axis } from '../../scales/axis';
import type { BarsLayer, Scene } from '../scene/scene';
import { counted, formatNumber } from '../text';
import { hoverOf } from './hover';
import { shownRows, stateOf } from './objective';
import { quantityOf } from './quantity';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** A trial's time on its row, in seconds. */
interface Span {
  row: number;
  /** Place on the vertical axis. */
  at: number;
  from: number;
  to: number;
}

/** In the order in which they take colours. */
const DRAWN = ['complete', 'failed', 'pruned', 'running'] as const;
const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1]
];

/** Spans of the trials that began, in the order of beginning; one that runs lasts to the latest time known. */
function spansOf(table: TrialTable, view: TrialView): Span[] {
  const { started, ended, worker } = table;
  if (!started || !ended) {
    return [];
  }
  const latest = latestOf(started, ended);
  // Without workers each trial has a row of its own; a trial whose worker is unknown has a row below theirs.
  const rowAt = (row: number) =>
    !worker ? table.number[row] : Number.isNaN(worker[row]) ? table.workers!.length : worker[row];
  return shownRows(table, view)
    .filter(row => Number.isFinite(started[row]) && stateOf(table, row) !== 'waiting')
    .map(row => {
      const to = Number.isFinite(ended[row]) ? ended[row] : latest;
      return { row, at: rowAt(row), from: started[row], to: Math.max(started[row], to) };
    })
    .sort((a, b) => a.from - b.from);
}

function latestOf(...columns: readonly ArrayLike<number>[]): number {
  let latest = 0;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      latest = column[i] > latest ? column[i] : latest;
    }
  }
  return latest;
}

const endOf = (spans: readonly Span[]) => latestOf(spans.map(({ to }) => to));

/** Times between the trials of each worker when it had none, between the study's begin and end. */
function waitsOf(spans: readonly Span[]): Omit<Span, 'row'>[] {
  const end = endOf(spans);
  const until = new Map<number, number>(spans.map(({ at }) => [at, 0]));
  const waits: Omit<Span, 'row'>[] = [];
  for (const { at, from, to } of spans) {
    const free = until.get(at)!;
    if (from > free) {
      waits.push({ at, from: free, to: from });
    }
    until.set(at, Math.max(free, to));
  }
  for (const [at, free] of until) {
    if (end > free) {
      waits.push({ at, from: free, to: end });
    }
  }
  return waits;
}

/**
 * When which trial ran: a row for each worker, bars in the colour of what came of the trial, and thin ones where a
 * worker waited. Where no worker is known each trial has its own row.
 */
export function timelineScene(table: TrialTable, view: TrialView): Scene {
  const spans = spansOf(table, view);
  const latest = endOf(spans);
  const [unit, seconds] = UNITS.find(([, size]) => latest >= 2 * size) ?? UNITS[3];
  const hover = hoverOf(table, view);
  const bars = (name: string, some: readonly Omit<Span, 'row'>[]): BarsLayer => ({
    kind: 'bars',
    name,
    along: 'x',
    at: some.map(({ at }) => at),
    base: some.map(({ from }) => from / seconds),
    length: some.map(({ from, to }) => (to - from) / seconds)
  });
  const layers: BarsLayer[] = DRAWN.flatMap(state => {
    const own = spans.filter(({ row }) => stateOf(table, row) === state);
    return own.length === 0
      ? []
      : [
          {
            ...bars(state, own),
            trials: own.map(({ row }) => table.number[row]),
            text: own.map(
              ({ row, from, to }) => `${hover(row)}\n${formatNumber(to - from)} seconds`
            )
          }
        ];
  });
  const waits = table.worker ? waitsOf(spans) : [];
  if (waits.length > 0) {
    layers.push({
      ...bars('worker waits', waits),
      faint: true,
      thickness: 0.15,
      text: waits.map(({ from, to }) => `waited ${formatNumber(to - from)} seconds`)
    });
  }
  const time: Axis = { label: `time since the first trial began (${unit})`, scale: 'linear' };
  return {
    panels: [
      {
        row: 0,
        column: 0,
        x: time,
        y: { ...rowsAxis(table, view, spans), reversed: true },
        layers
      }
    ],
    ...(spans.length === 0 && {
      note:
        table.length === 0
          ? 'The study has no trials yet.'
          : 'It is not known when the trials of this view ran.'
    })
  };
}

function rowsAxis(table: TrialTable, view: TrialView, spans: readonly Span[]): Axis {
  if (!table.worker) {
    return quantityOf(table, view, 'number').axis;
  }
  const workers = table.workers!;
  const someUnknown = spans.some(({ at }) => at === workers.length);
  const categories = [...workers, ...(someUnknown ? ['not known'] : [])];
  return { label: 'worker', scale: 'category', categories };
}

/** The first sentence of its alt text. */
export function timelineWords(table: TrialTable, view: TrialView): string {
  const spans = spansOf(table, view);
  const lasted = endOf(spans);
  const over = `Timeline of ${counted(spans.length, 'trial')} over ${formatNumber(lasted)} seconds`;
  if (!table.worker || spans.length === 0) {
    return `${over}.`;
  }
  const workers = new Set(spans.map(({ at }) => at)).size;
  const waited = waitsOf(spans).reduce((sum, { from, to }) => sum + to - from, 0);
  const busy = lasted > 0 ? 100 * (1 - waited / (lasted * workers)) : 100;
  return `${over} on ${counted(workers, 'worker')}, which were busy ${formatNumber(busy)} % of the time.`;
}
