/** Payloads of studies, made by the library from tables, as a notebook stores them. */
import { parsePayload } from 'tunelab/dist/figures/payload';
import type { StudyPayload } from 'tunelab/dist/figures/format';
import { studyFigure } from 'tunelab/dist/figures/study/store';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { StudyFigureName, TrialView } from 'tunelab/dist/figures/study/view';

/** Numbers that look random, the same each time. */
const noise = (i: number, k: number): number => {
  const x = Math.sin((i + 1) * 12.9898 + k * 78.233) * 43758.5453;
  return x - Math.floor(x);
};

/** A study of three hyperparameters; every fifth trial was pruned. */
export function studyTable(length: number, others: Partial<TrialTable> = {}): TrialTable {
  const column = (make: (i: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, i) => make(i));
  const rates = column(i => 10 ** (-4 * noise(i, 1)));
  return {
    study: 'Random search',
    directions: ['minimize'],
    metrics: [{ label: 'value', scale: 'linear' }],
    length,
    number: column(i => i),
    state: Uint8Array.from({ length }, (_, i) => (i % 5 === 4 ? 3 : 2)),
    values: [column(i => (i % 5 === 4 ? NaN : 0.05 + 0.1 * Math.log10(rates[i] / 0.01) ** 2))],
    hyperparameters: [
      {
        name: 'learningRate',
        axis: { label: 'learning rate α', scale: 'log', range: [1e-4, 1] },
        code: { kind: 'log', low: 1e-4, high: 1 },
        values: rates
      },
      {
        name: 'beta',
        axis: { label: 'β', scale: 'oneMinusLog', range: [0.9, 0.999] },
        code: { kind: 'oneMinusLog', low: 0.9, high: 0.999 },
        values: column(i => 1 - 10 ** -(1 + 2 * noise(i, 2)))
      },
      {
        name: 'units',
        axis: { label: 'units', scale: 'linear', range: [8, 64], integer: true },
        code: { kind: 'integer', low: 8, high: 64 },
        values: column(i => 8 + Math.floor(57 * noise(i, 3)))
      }
    ],
    ...others
  };
}

/** As it comes back from a notebook. */
export function studyPayload(
  length: number,
  view: TrialView = {},
  figure: StudyFigureName = 'scatter',
  others: Partial<TrialTable> = {}
): StudyPayload {
  const { payload } = studyFigure({ figure, table: studyTable(length, others), view });
  return parsePayload(JSON.parse(JSON.stringify(payload))) as StudyPayload;
}
