/** Best so far of one search, or of several with other seeds as one. */
import { stepPercentiles, type StepFunction } from '../../numeric/stepFunctions';
import type { Layer } from '../scene/scene';
import { bestSoFarSteps } from './bestSoFar';
import type { TrialTable } from './table';

/** Searches that are drawn as one curve. */
export interface Compared {
  name: string;
  /** One table for each seed, with the same directions. */
  tables: readonly TrialTable[];
}

/** The curve of one name: a step line, and with several seeds a band around it. */
export interface ComparedCurve {
  layers: Layer[];
  /** Where it ends: low quartile, median and high quartile of the seeds' best; all the same for one. */
  end?: { x: number; values: [low: number, median: number, high: number] };
}

/** What the horizontal axis counts: trials, or seconds since the first one began. */
export type ComparedBy = 'trial' | 'time';

export function comparedCurve(
  { name, tables }: Compared,
  by: ComparedBy,
  objective: number
): ComparedCurve {
  const maximize = tables[0].directions[objective] === 'maximize';
  const curves = tables.map(table =>
    curveOf(table, by, objective, maximize ? -Infinity : Infinity)
  );
  if (curves.every(({ x }) => x.length === 0)) {
    return { layers: [] };
  }
  const all = stepPercentiles(curves, [25, 50, 75]);
  // Until enough seeds have a value, a percentile of their bests is not finite.
  const known = all.x.map((_, i) => i).filter(i => all.rows[i].every(Number.isFinite));
  const some = all.x.map((_, i) => i).filter(i => Number.isFinite(all.rows[i][1]));
  if (some.length === 0) {
    return { layers: [] };
  }
  const line: Layer = {
    kind: 'line',
    name: tables.length > 1 ? `${name} (${tables.length} runs)` : name,
    group: name,
    step: true,
    x: some.map(i => all.x[i]),
    y: some.map(i => all.rows[i][1])
  };
  const band: Layer = {
    kind: 'band',
    name: '',
    group: name,
    ...stairs(
      known.map(i => all.x[i]),
      known.map(i => all.rows[i])
    )
  };
  const last = all.x.length - 1;
  return {
    layers: tables.length > 1 && known.length > 1 ? [band, line] : [line],
    end: { x: all.x[last], values: all.rows[last] as [number, number, number] }
  };
}

function curveOf(
  table: TrialTable,
  by: ComparedBy,
  objective: number,
  before: number
): StepFunction {
  const x = by === 'trial' ? table.number : table.ended;
  const values = table.values[objective];
  const rows = Array.from({ length: table.length }, (_, row) => row)
    .filter(row => x && Number.isFinite(x[row]) && Number.isFinite(values[row]))
    .sort((a, b) => x![a] - x![b]);
  const corners = bestSoFarSteps(
    rows.map(row => x![row]),
    rows.map(row => values[row]),
    table.directions[objective]
  );
  // A search that ended in failures lasted all the same.
  const end = lastOf(x);
  if (rows.length > 0 && end > corners.x[corners.x.length - 1]) {
    corners.x.push(end);
    corners.y.push(corners.y[corners.y.length - 1]);
  }
  return { ...corners, before };
}

function lastOf(x: ArrayLike<number> | undefined): number {
  let last = -Infinity;
  for (let row = 0; row < (x?.length ?? 0); row++) {
    last = x![row] > last ? x![row] : last;
  }
  return last;
}

/** A band that keeps each value until the next x, as the line in it does. */
function stairs(x: readonly number[], rows: readonly number[][]) {
  const corners = x.flatMap((at, i) => (i === 0 ? [[at, i]] : [[at, i - 1], [at, i]])); // prettier-ignore
  return {
    x: corners.map(([at]) => at),
    low: corners.map(([, i]) => rows[i][0]),
    high: corners.map(([, i]) => rows[i][2])
  };
}
