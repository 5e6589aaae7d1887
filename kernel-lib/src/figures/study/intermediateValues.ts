import type { Axis } from '../../scales/axis';
import { position } from '../positions';
import type { Layer, LineLayer, Numbers, Scene } from '../scene/scene';
import { counted } from '../text';
import { hoverOf } from './hover';
import { shownRows, stateOf } from './objective';
import { metricNames, quantityOf } from './quantity';
import { bestRows } from './rows';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** What trials reported, row after row of the table; rows that a view hides are left out. */
interface Curves {
  step: Axis;
  report: Axis;
  /** By row of the trial: where its reports begin and end. Rows without reports are not in it. */
  spans: ReadonlyMap<number, readonly [from: number, to: number]>;
}

/** More lines than these cover each other unless one sees through them. */
const MANY = 50;
/** Kinds of lines, in the order in which they take colours. */
const GROUPS = ['complete', 'pruned', 'failed', 'running'] as const;

function curvesOf(table: TrialTable, view: TrialView): Curves {
  const shown = new Set(shownRows(table, view));
  const spans = new Map<number, [number, number]>();
  const rows = table.reports?.row ?? [];
  for (let i = 0; i < rows.length; i++) {
    const span = spans.get(rows[i]);
    if (span) {
      span[1] = i + 1;
    } else if (shown.has(rows[i])) {
      spans.set(rows[i], [i, i + 1]);
    }
  }
  const metric = quantityOf(table, view, metricNames(table)[0]);
  return {
    step: { label: 'step', scale: 'linear', integer: true },
    report: { ...metric.axis, label: `reported ${metric.axis.label}` },
    spans
  };
}

/**
 * What trials reported while they ran, by step. Lines of one state are one layer, so that thousands are drawn as fast
 * as one; pruned trials stand back, and a mark shows where each was stopped; the best trial stands out.
 */
export function intermediateValuesScene(table: TrialTable, view: TrialView): Scene {
  const { step, report, spans } = curvesOf(table, view);
  const hover = hoverOf(table, view);
  const best = table.directions.length > 1 ? [] : bestRows(table).filter(row => spans.has(row));
  const layers: Layer[] = [];
  for (const state of GROUPS) {
    const rows = [...spans.keys()].filter(
      row => stateOf(table, row) === state && !best.includes(row)
    );
    if (rows.length === 0) {
      continue;
    }
    layers.push({
      ...linesOf(table, spans, rows, hover),
      name: state,
      faint: state === 'pruned' || rows.length > MANY,
      width: 1.5,
      ...(state === 'pruned' && { dash: true, neutral: true })
    });
    if (state === 'pruned') {
      layers.push({ ...endsOf(table, spans, rows, hover), name: 'stopped', group: 'pruned' });
    }
  }
  for (const row of best) {
    layers.push({ ...linesOf(table, spans, [row], hover), name: 'best', width: 3, markers: true });
  }
  const note = noteOf(table, spans.size);
  return {
    panels: [{ row: 0, column: 0, x: step, y: report, layers }],
    ...(note !== undefined && { note })
  };
}

type Hover = (row: number) => string;

/** The lines of some trials as one, a missing value between each two. */
function linesOf(
  { reports }: TrialTable,
  spans: Curves['spans'],
  rows: readonly number[],
  hover: Hover
): LineLayer {
  const total = rows.reduce((sum, row) => sum + lengthOf(spans, row) + 1, -1);
  const x = new Float64Array(total).fill(NaN);
  const y = new Float64Array(total).fill(NaN);
  const owner = new Uint32Array(total);
  let at = 0;
  for (const row of rows) {
    const [from, to] = spans.get(row)!;
    for (let i = from; i < to; i++, at++) {
      x[at] = reports!.step[i];
      y[at] = Number.isFinite(reports!.value[i]) ? reports!.value[i] : NaN;
      owner[at] = row;
    }
    at++;
  }
  return { kind: 'line', name: '', x, y, text: i => hover(owner[i]) };
}

/** Where pruned trials were stopped: their last finite reports. */
function endsOf(
  { reports, number }: TrialTable,
  spans: Curves['spans'],
  rows: readonly number[],
  hover: Hover
): Layer {
  const last = rows.flatMap(row => {
    const [from, to] = spans.get(row)!;
    for (let i = to - 1; i >= from; i--) {
      if (Number.isFinite(reports!.value[i])) {
        return [{ row, i }];
      }
    }
    return [];
  });
  const pick = (values: Numbers) => last.map(({ i }) => values[i]);
  return {
    kind: 'points',
    name: '',
    symbol: 'diamond',
    faint: true,
    x: pick(reports!.step),
    y: pick(reports!.value),
    trials: last.map(({ row }) => number[row]),
    text: i => hover(last[i].row)
  };
}

function lengthOf(spans: Curves['spans'], row: number): number {
  const [from, to] = spans.get(row)!;
  return to - from;
}

function noteOf(table: TrialTable, lines: number): string | undefined {
  if (lines > 0) {
    return undefined;
  }
  return table.length === 0
    ? 'The study has no trials yet.'
    : table.reports && table.reports.row.length > 0
      ? 'None of the trials with reports is in this view.'
      : 'No trial reported while it ran: call report(step, value) in the objective.';
}

/** The first sentence of its alt text. */
export function intermediateValuesWords(table: TrialTable, view: TrialView): string {
  const { step, report, spans } = curvesOf(table, view);
  let [low, high, left] = [Infinity, -Infinity, 0];
  for (const [from, to] of spans.values()) {
    for (let i = from; i < to; i++) {
      low = Math.min(low, table.reports!.step[i]);
      high = Math.max(high, table.reports!.step[i]);
      left += position(report, table.reports!.value[i]) === null ? 1 : 0;
    }
  }
  const range = low <= high ? ` from ${step.label} ${low} to ${high}` : '';
  const missing = left > 0 ? ` ${counted(left, 'report')} without a place on the axis.` : '';
  return `What ${counted(spans.size, 'trial')} reported while running${range}.${missing}`;
}
