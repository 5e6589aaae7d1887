import type { Layer, Scene } from '../scene/scene';
import { counted, shorten } from '../text';
import { whyEmpty } from './empty';
import { trialRows, type TrialColumn } from './tableRows';
import type { TrialTable } from './table';
import type { TrialView } from './view';

/** A picture has room for so many rows, and for columns of so many characters together. */
const MOST_ROWS = 16;
const MOST_CHARACTERS = 84;
const LONGEST_CELL = 24;
/** Between two columns, in characters. */
const GAP = 2;

/** The first rows of a table as a picture. The page shows all of them as a table of its own. */
export function trialTableScene(table: TrialTable, view: TrialView): Scene {
  const { columns, order, best } = trialRows(table, view);
  const rows = order.slice(0, MOST_ROWS);
  const placed = placeColumns(columns, rows);
  const last = placed[placed.length - 1];
  const right = last ? last.right : 0;
  const layers: Layer[] = placed.map(({ column, left, right: end }): Layer => {
    const at = column.numeric ? end : left;
    return {
      kind: 'labels',
      name: '',
      x: [at, ...rows.map(() => at)],
      y: [-1, ...rows.keys()],
      text: [shorten(column.label, LONGEST_CELL), ...rows.map(row => cellOf(column, row))],
      // On which side of the place the text stands: numbers end at it.
      place: column.numeric ? 'left' : 'right'
    };
  });
  const stars = rows.flatMap((row, i) => (best.has(row) ? [i] : []));
  const header: Layer = { kind: 'line', name: '', neutral: true, markers: false, width: 1, x: [-2, right + 1], y: [-0.5, -0.5] }; // prettier-ignore
  const star: Layer = { kind: 'points', name: '', group: 'best', symbol: 'star', size: 11, x: stars.map(() => -1.5), y: stars }; // prettier-ignore
  const left = [
    ...(order.length > rows.length ? [counted(order.length - rows.length, 'more trial')] : []),
    ...(columns.length > placed.length
      ? [counted(columns.length - placed.length, 'more column')]
      : [])
  ].join(' and ');
  const more: Layer[] = left
    ? [{ kind: 'labels', name: '', x: [0], y: [rows.length], text: [`… ${left}`], place: 'right' }]
    : [];
  const panel = {
    row: 0,
    column: 0,
    x: {
      label: '',
      scale: 'linear' as const,
      range: [-3, right + 2] as [number, number],
      hidden: true
    },
    y: {
      label: '',
      scale: 'linear' as const,
      range: [-1.8, Math.max(rows.length, 8) + 0.6] as [number, number],
      hidden: true,
      reversed: true
    },
    layers: rows.length > 0 ? [header, ...(stars.length > 0 ? [star] : []), ...layers, ...more] : []
  };
  const note = whyEmpty(table, order, [panel]);
  return { panels: [panel], ...(note !== undefined && { note }) };
}

function cellOf(column: TrialColumn, row: number): string {
  return shorten(column.textOf(row) || '–', LONGEST_CELL);
}

/** As many columns as fit, from the left; the widths are those of their texts. */
function placeColumns(
  columns: readonly TrialColumn[],
  rows: readonly number[]
): { column: TrialColumn; left: number; right: number }[] {
  const placed: { column: TrialColumn; left: number; right: number }[] = [];
  let left = 0;
  for (const column of columns) {
    const texts = [shorten(column.label, LONGEST_CELL), ...rows.map(row => cellOf(column, row))];
    const right = left + Math.max(...texts.map(text => text.length));
    if (right > MOST_CHARACTERS) {
      break;
    }
    placed.push({ column, left, right });
    left = right + GAP;
  }
  return placed;
}

const MOST_LINES = 30;
const MOST_COLUMNS = 30;

/** Characters that mean something in Markdown or HTML. */
const MARKUP = /[\\`*_{}[\]<>&|#~$!]/g;

/** The first rows of a table as Markdown, for nbconvert and for screens without pictures. Texts are shown literally. */
export function trialTableMarkdown(table: TrialTable, view: TrialView): string {
  const { columns: all, order, best } = trialRows(table, view);
  const columns = all.slice(0, MOST_COLUMNS);
  const plain = (text: string) => text.replace(MARKUP, '\\$&').replace(/\s+/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = order.slice(0, MOST_LINES).map(row =>
    line(
      columns.map((column, i) => {
        const text = plain(column.textOf(row));
        return i === 0 && best.has(row) ? `**${text}** ★` : text;
      })
    )
  );
  const hidden = order.length - rows.length;
  return [
    line(columns.map(({ label }) => plain(label))),
    line(columns.map(({ numeric }) => (numeric ? '---:' : '---'))),
    ...rows,
    ...(hidden > 0 ? ['', `… ${counted(hidden, 'more trial')}`] : []),
    ...(order.length === 0 ? ['', whyEmpty(table, order, [])!] : [])
  ].join('\n');
}

/** What a table shows beyond counts and the best. */
export function trialTableWords(table: TrialTable, view: TrialView): string {
  const { columns, order } = trialRows(table, view);
  return `Table of ${counted(order.length, 'trial')} with ${counted(columns.length, 'column')}.`;
}
