/** The trials as a table beside the figure: sorted by a click on a column, walked through with the arrow keys. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { StudyPayload } from 'tunelab/dist/figures/format';
import { tableOf } from 'tunelab/dist/figures/study/store';
import { trialRows } from 'tunelab/dist/figures/study/tableRows';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import { button, element } from './dom';

/** Rows that are shown before a reader asks for more: a page of 100,000 rows would stand still. */
const PAGE = 100;

export interface ITrialListActions {
  pin(number: number): void;
}

export class TrialList {
  readonly node: HTMLElement;
  private readonly _more: HTMLButtonElement;
  private readonly _scroll: HTMLElement;
  private _limit = PAGE;
  private _sort: Pick<TrialView, 'sort' | 'descending'> = {};
  private _payload: StudyPayload | null = null;
  private _focused: number | null = null;

  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _actions: ITrialListActions
  ) {
    this._more = button('', () => {
      this._limit += PAGE;
      this._draw();
    });
    this._scroll = element('div', 'tableScroll');
    this.node = element('section', 'table', this._scroll, this._more);
    this.node.setAttribute('aria-label', _trans.__('Trials'));
  }

  show(payload: StudyPayload): void {
    this._payload = payload;
    this._draw();
  }

  private _draw(): void {
    if (!this._payload) return;
    const hadFocus = this._scroll.contains(document.activeElement);
    const { view } = this._payload;
    const { columns, order, best } = trialRows(tableOf(this._payload), {
      ...view,
      names: undefined,
      sort: undefined,
      descending: undefined,
      ...this._sort
    });
    const table = tableOf(this._payload);
    const head = element(
      'tr',
      '',
      ...columns.map(({ name, label, numeric }) => {
        const sorts = button(label, () => this._sortBy(name));
        const cell = element('th', numeric ? 'numeric' : '', sorts);
        cell.scope = 'col';
        if (this._sort.sort === name) {
          cell.setAttribute('aria-sort', this._sort.descending ? 'descending' : 'ascending');
        }
        return cell;
      })
    );
    const shown = order.slice(0, this._limit);
    const focused = shown.includes(this._focused ?? -1) ? this._focused : shown[0];
    const rows = shown.map(row => {
      const number = table.number[row];
      const cells = columns.map((column, i) => {
        const text = column.textOf(row);
        const star = i === 0 && best.has(row) ? ' ★' : '';
        return element('td', column.numeric ? 'numeric' : '', text + star);
      });
      const made = element('tr', view.pinned?.includes(number) ? 'pinnedRow' : 'row', ...cells);
      made.dataset.row = String(row);
      made.tabIndex = row === focused ? 0 : -1;
      made.setAttribute('aria-label', this._trans.__('Trial %1: Enter pins it', number));
      made.addEventListener('click', () => this._actions.pin(number));
      made.addEventListener('keydown', event => this._onKey(event, made, number));
      return made;
    });
    const grid = element('table', '', element('thead', '', head), element('tbody', '', ...rows));
    this._scroll.replaceChildren(grid);
    const left = order.length - shown.length;
    this._more.hidden = left === 0;
    this._more.textContent = this._trans.__('Show more of the other %1', left);
    if (hadFocus) this._scroll.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
  }

  private _sortBy(name: string): void {
    // A note has no order of its own.
    const descending = this._sort.sort === name && !this._sort.descending;
    this._sort = { sort: name, descending };
    this._draw();
    const heads = [...this._scroll.querySelectorAll<HTMLElement>('th[aria-sort] button')];
    heads[0]?.focus();
  }

  private _onKey(event: KeyboardEvent, row: HTMLElement, number: number): void {
    const next =
      event.key === 'ArrowDown'
        ? row.nextElementSibling
        : event.key === 'ArrowUp'
          ? row.previousElementSibling
          : null;
    if (next instanceof HTMLElement) {
      row.tabIndex = -1;
      next.tabIndex = 0;
      this._focused = Number(next.dataset.row);
      next.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      this._focused = Number(row.dataset.row);
      this._actions.pin(number);
    } else {
      return;
    }
    // The notebook has uses of its own for these keys.
    event.preventDefault();
    event.stopPropagation();
  }
}
