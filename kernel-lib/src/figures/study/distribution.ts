import { percentile } from '../../numeric/stats';
import { describeValue, position } from '../positions';
import type { Numbers, Panel, Scene } from '../scene/scene';
import { counted } from '../text';
import { whyEmpty } from './empty';
import { shownRows } from './objective';
import { metricNames, quantityOf } from './quantity';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** More corners than this are finer than a screen. */
const MOST_CORNERS = 2000;

/**
 * The empirical distribution F(v) = share of the finite values <= v: corners of a step line, from (lowest, 0) on.
 * Of very many values some corners are left out; those that are drawn are exact.
 */
export function empiricalDistribution(values: Numbers): { x: number[]; y: number[] } {
  const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const n = sorted.length;
  if (n === 0) {
    return { x: [], y: [] };
  }
  const line = { x: [sorted[0]], y: [0] };
  const each = Math.ceil(n / MOST_CORNERS);
  for (let i = 0; i < n; i++) {
    const last = i === n - 1;
    // Equal values make one step: its top is at the last of them.
    if (last || (sorted[i + 1] !== sorted[i] && i + 1 - line.y[line.y.length - 1] * n >= each)) {
      line.x.push(sorted[i]);
      line.y.push((i + 1) / n);
    }
  }
  return line;
}

/** The empirical distribution of the values; one panel for each objective, with a rule at the median. */
export function distributionScene(table: TrialTable, view: TrialView): Scene {
  const rows = shownRows(table, view);
  const panels = metricNames(table).map((name, objective): Panel => {
    const { axis, values } = quantityOf(table, view, name);
    const placed = rows.filter(row => position(axis, values[row]) !== null);
    const shown = placed.map(row => values[row]);
    const half = medianOf(shown);
    return {
      row: objective,
      column: 0,
      x: axis,
      y: SHARE,
      layers:
        shown.length === 0
          ? []
          : [
              { kind: 'line', name: '', step: true, ...empiricalDistribution(shown) },
              {
                kind: 'rule',
                name: '',
                axis: 'x',
                at: half,
                label: `median ${describeValue(axis, half)}`
              }
            ]
    };
  });
  const note = whyEmpty(table, rows, panels);
  return { panels, ...(note !== undefined && { note }) };
}

/** The vertical axis of every distribution. */
export const SHARE = {
  label: 'share of trials at or below',
  scale: 'linear' as const,
  range: [0, 1] as [number, number],
  shared: 'share'
};

/** The first sentence of its alt text. */
export function distributionWords(table: TrialTable, view: TrialView): string {
  const rows = shownRows(table, view);
  const halves = metricNames(table).flatMap(name => {
    const { axis, values } = quantityOf(table, view, name);
    const finite = rows.map(row => values[row]).filter(Number.isFinite);
    const half = describeValue(axis, medianOf(finite));
    return finite.length > 0
      ? [
          `${axis.label} of ${counted(finite.length, 'complete trial')}, half of them at or below ${half}`
        ]
      : [];
  });
  return `Empirical distribution of ${halves.join('; ') || 'no values'}.`;
}

export const medianOf = (values: Numbers) => percentile(values, 50);
