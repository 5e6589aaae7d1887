/** The trials of a study as a table in the page: sorted by its heads, with rows that come as one scrolls. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { StudyPayload } from 'tunelab/dist/figures/payload';
import { metricNames } from 'tunelab/dist/figures/study/quantity';
import { tableOf } from 'tunelab/dist/figures/study/store';
import { STATES } from 'tunelab/dist/figures/study/table';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import { columnNames, trialRows } from 'tunelab/dist/figures/study/tableRows';
import type { TrialRows } from 'tunelab/dist/figures/study/tableRows';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import { newElement } from './dom';

// Rows that are made at once: a few screens.
const CHUNK = 100;

const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, part: string, text?: string) =>
  newElement(tag, `jp-RenderedTunelab-${part}`, text === undefined ? [] : [text]);

export class TrialsTable {
  /** What stands in the output area. Everything of the payload is in it as text. */
  readonly node = make('div', 'table');
  private readonly _trans: TranslationBundle;
  private _table: TrialTable;
  private readonly _title = make('p', 'tableTitle');
  private readonly _note = make('p', 'tableNote');
  private readonly _grid = document.createElement('table');
  private readonly _head = document.createElement('tr');
  private readonly _body = document.createElement('tbody');
  private readonly _scroller = make('div', 'tableScroller');
  private _view: TrialView;
  private _rows: TrialRows;

  /** @throws RangeError with a sentence if the view names what the table does not have. */
  constructor(payload: StudyPayload, height: number, trans: TranslationBundle) {
    this._trans = trans;
    this._table = tableOf(payload);
    const { sort = metricNames(this._table)[0], descending } = payload.view;
    const maximized = payload.view.sort === undefined && this._table.directions[0] === 'maximize';
    this._view = { ...payload.view, sort, descending: descending ?? maximized };
    this._rows = trialRows(this._table, this._view);
    const head = document.createElement('thead');
    head.append(this._head);
    this._grid.append(head, this._body);
    this._scroller.style.maxHeight = `${height}px`;
    // Reachable by keyboard, so that it can be scrolled with the arrows.
    this._scroller.tabIndex = 0;
    this._scroller.setAttribute('role', 'region');
    this._scroller.addEventListener('scroll', () => this._more());
    this._scroller.append(this._grid);
    this.node.append(this._title, this._note, this._scroller);
    this._describe(payload);
    this._fill();
  }

  /** Shows the table of a study that went on: what was sorted stays sorted, and what was scrolled to in sight. */
  update(payload: StudyPayload): void {
    this._table = tableOf(payload);
    const before = this._rows;
    if (!columnNames(this._table).includes(this._view.sort!)) {
      // Another study, without the column that this one was sorted by.
      const descending = this._table.directions[0] === 'maximize';
      this._view = { ...this._view, sort: metricNames(this._table)[0], descending };
    }
    this._rows = trialRows(this._table, this._view);
    this._describe(payload);
    const names = ({ columns }: TrialRows): string => JSON.stringify(columns.map(one => [one.name, one.label])); // prettier-ignore
    if (names(before) !== names(this._rows)) {
      this._fill();
      return;
    }
    const { scrollTop } = this._scroller;
    const count = this._body.childElementCount;
    this._body.replaceChildren();
    this._append(Math.max(count, CHUNK));
    this._scroller.scrollTop = scrollTop;
  }

  /** The view that is shown now: sorting has changed it. */
  get view(): TrialView {
    return this._view;
  }

  private _describe({ title, note = '', alt }: StudyPayload): void {
    this._title.textContent = title;
    this._note.textContent = note;
    this._note.hidden = note === '';
    this._scroller.setAttribute('aria-label', title);
    this._grid.setAttribute('aria-label', alt);
    this._grid.setAttribute('aria-rowcount', String(this._rows.order.length + 1));
  }

  private _fill(): void {
    this._head.replaceChildren(...this._rows.columns.map(column => this._headCell(column)));
    this._body.replaceChildren();
    this._append();
  }

  private _headCell({ name, label, numeric }: TrialRows['columns'][number]): HTMLElement {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.dataset.numeric = String(numeric);
    const sorted = this._view.sort === name;
    const descending = this._view.descending === true;
    cell.setAttribute('aria-sort', sorted ? (descending ? 'descending' : 'ascending') : 'none');
    const button = make('button', 'tableSort', label);
    button.type = 'button';
    button.title = this._trans.__('Sort by this column');
    button.addEventListener('click', () => {
      this._sort(name, sorted && !descending);
      const again = this._rows.columns.findIndex(column => column.name === name);
      this._head.querySelectorAll<HTMLElement>('button')[again]?.focus();
    });
    cell.append(button);
    return cell;
  }

  private _sort(sort: string, descending: boolean): void {
    this._view = { ...this._view, sort, descending };
    this._rows = trialRows(this._table, this._view);
    this._fill();
    this._scroller.scrollTop = 0;
  }

  private _more(): void {
    const { scrollTop, clientHeight, scrollHeight } = this._scroller;
    if (scrollTop + 2 * clientHeight >= scrollHeight) this._append();
  }

  private _append(count = CHUNK): void {
    const { columns, order, best } = this._rows;
    const from = this._body.childElementCount;
    const rows = order.slice(from, from + count).map((row, i) => {
      const line = document.createElement('tr');
      line.dataset.state = STATES[this._table.state[row]];
      line.setAttribute('aria-rowindex', String(from + i + 2));
      if (best.has(row)) {
        line.dataset.best = 'true';
        line.title = this._trans.__('The best trial');
      }
      line.append(
        ...columns.map(({ numeric, textOf }) => {
          const cell = document.createElement('td');
          cell.dataset.numeric = String(numeric);
          cell.textContent = textOf(row);
          return cell;
        })
      );
      return line;
    });
    this._body.append(...rows);
  }
}
