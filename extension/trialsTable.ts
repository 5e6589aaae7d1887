/** The trials of a study as a table in the page: sorted by its heads, with rows that come as one scrolls. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { StudyPayload } from 'tunelab/dist/figures/payload';
import { metricNames } from 'tunelab/dist/figures/study/quantity';
import { tableOf } from 'tunelab/dist/figures/study/store';
import { STATES } from 'tunelab/dist/figures/study/table';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import { trialRows } from 'tunelab/dist/figures/study/tableRows';
import type { TrialRows } from 'tunelab/dist/figures/study/tableRows';
import type { TrialView } from 'tunelab/dist/figures/study/view';

// Rows that are made at once: a few screens.
const CHUNK = 100;

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  part: string,
  text?: string
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = `jp-RenderedTunelab-${part}`;
  if (text !== undefined) element.textContent = text;
  return element;
}

export class TrialsTable {
  /** What stands in the output area. Everything of the payload is in it as text. */
  readonly node = make('div', 'table');
  private readonly _trans: TranslationBundle;
  private readonly _table: TrialTable;
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
    this.node.append(make('p', 'tableTitle', payload.title));
    if (payload.note !== undefined) this.node.append(make('p', 'tableNote', payload.note));
    const table = document.createElement('table');
    table.setAttribute('aria-label', payload.alt);
    table.setAttribute('aria-rowcount', String(this._rows.order.length + 1));
    const head = document.createElement('thead');
    head.append(this._head);
    table.append(head, this._body);
    this._scroller.style.maxHeight = `${height}px`;
    // Reachable by keyboard, so that it can be scrolled with the arrows.
    this._scroller.tabIndex = 0;
    this._scroller.setAttribute('role', 'region');
    this._scroller.setAttribute('aria-label', payload.title);
    this._scroller.addEventListener('scroll', () => this._more());
    this._scroller.append(table);
    this.node.append(this._scroller);
    this._fill();
  }

  /** The view that is shown now: sorting has changed it. */
  get view(): TrialView {
    return this._view;
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

  private _append(): void {
    const { columns, order, best } = this._rows;
    const from = this._body.childElementCount;
    const rows = order.slice(from, from + CHUNK).map((row, i) => {
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
