/** The trial that a reader pinned: its configuration, and what can be done with it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { describeValue } from 'tunelab/dist/figures/positions';
import { outcomeOf } from 'tunelab/dist/figures/study/hover';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import { button, element } from './dom';

export interface IPinActions {
  /** Why a cell cannot be inserted here; `''` where it can. */
  whyNot(): string;
  /** Whether the kernel takes this command now. */
  can(command: string): boolean;
  copy(): void;
  insert(): void;
  enqueue(): void;
  note(text: string): void;
  unpin(): void;
}

export class PinPanel {
  readonly node: HTMLElement;
  private readonly _title = element('h4', 'title');
  private readonly _values = element('dl', 'values');
  private readonly _why = element('p', 'why');
  private readonly _insert: HTMLButtonElement;
  private readonly _enqueue: HTMLButtonElement;
  private readonly _note: HTMLElement;
  private readonly _text = element('input', 'text');

  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _actions: IPinActions
  ) {
    const copy = button(_trans.__('Copy configuration'), () => _actions.copy());
    this._insert = button(_trans.__('Insert a cell that trains it again'), () => _actions.insert());
    this._enqueue = button(_trans.__('Enqueue'), () => _actions.enqueue());
    this._enqueue.title = _trans.__('Have the running study try it before the sampler is asked');
    const unpin = button(_trans.__('Unpin'), () => _actions.unpin());
    this._text.type = 'text';
    this._text.maxLength = 1000;
    this._text.setAttribute('aria-label', _trans.__('Note on this trial'));
    this._text.addEventListener('keydown', event => {
      if (event.key === 'Enter') this._add();
      event.stopPropagation();
    });
    this._note = element(
      'div',
      'note',
      this._text,
      button(_trans.__('Add a note'), () => this._add())
    );
    const buttons = element('div', 'buttons', copy, this._insert, this._enqueue, unpin);
    this.node = element('section', 'pin', this._title, this._values, buttons, this._note, this._why); // prettier-ignore
    this.node.setAttribute('aria-label', _trans.__('Pinned trial'));
    this.node.setAttribute('aria-live', 'polite');
  }

  show(table: TrialTable, view: TrialView, row: number): void {
    const outcome = outcomeOf(table, view, row);
    this._title.textContent = this._trans.__('Trial %1 · %2', table.number[row], outcome);
    const note = table.notes && Object.hasOwn(table.notes, row) ? table.notes[row] : '';
    const pairs = [
      ...table.hyperparameters
        .filter(({ values }) => !Number.isNaN(values[row]))
        .map(({ name, axis, values }) => [name, describeValue(axis, values[row])]),
      ...(note ? [[this._trans.__('note'), note]] : [])
    ];
    this._values.replaceChildren(
      ...pairs.map(([name, value]) =>
        element('div', 'pair', element('dt', '', name), element('dd', '', value))
      )
    );
    this.refresh();
  }

  /** What can be done may change without the trial: the kernel comes and goes. */
  refresh(): void {
    const why = this._actions.whyNot();
    this._why.textContent = why;
    this._why.hidden = why === '';
    this._insert.hidden = why !== '';
    this._enqueue.hidden = !this._actions.can('enqueue');
    this._note.hidden = !this._actions.can('note');
  }

  private _add(): void {
    const text = this._text.value.trim();
    if (text) {
      this._text.value = '';
      this._actions.note(text);
    }
  }
}
