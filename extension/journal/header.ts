/** Above the figures of a journal: which study, how its trials stand, the best one, and how the file stands. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { configOf, outcomeOf } from 'tunelab/dist/figures/study/hover';
import { bestRows } from 'tunelab/dist/figures/study/rows';
import { STATES } from 'tunelab/dist/figures/study/table';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import { Choice } from '../controls/dom';
import { newElement } from '../dom';

/** Hyperparameters of the best trial that are named. */
const MOST_NAMED = 12;

const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, part: string) =>
  newElement(tag, `jp-TunelabJournal-${part}`);

export class JournalHeader {
  readonly node = make('header', 'header');
  private readonly _title = make('h2', 'title');
  private readonly _picker: Choice;
  private readonly _counts = make('p', 'counts');
  private readonly _best = make('p', 'best');
  private readonly _words = make('p', 'words');

  /** @param choose called with the name of the study that the reader wants to see */
  constructor(
    private readonly _trans: TranslationBundle,
    choose: (name: string) => void
  ) {
    this._picker = new Choice(_trans.__('Study'), choose);
    this._picker.node.classList.add('jp-TunelabJournal-picker');
    this._words.setAttribute('role', 'status');
    this.node.append(this._title, this._picker.node, this._counts, this._best, this._words);
    this.studies([], '');
    this.table(null);
    this.say(_trans.__('Reading …'));
  }

  /** Which studies there are, and which one is shown. */
  studies(names: readonly string[], chosen: string): void {
    this._title.textContent = chosen;
    this._title.hidden = chosen === '';
    this._picker.node.hidden = names.length < 2;
    this._picker.show(
      names.map(name => ({ value: name, label: name })),
      chosen
    );
  }

  table(table: TrialTable | null): void {
    this._counts.textContent = table ? this._countWords(table) : '';
    this._best.textContent = table ? this._bestWords(table) : '';
    this._counts.hidden = this._counts.textContent === '';
    this._best.hidden = this._best.textContent === '';
  }

  /** Says how the file stands. The same words again are not read out again. */
  say(words: string): void {
    if (this._words.textContent !== words) {
      this._words.textContent = words;
    }
    this._words.hidden = words === '';
  }

  private _countWords(table: TrialTable): string {
    const trans = this._trans;
    const counts = STATES.map(() => 0);
    for (let row = 0; row < table.length; row++) {
      counts[table.state[row]]++;
    }
    const named = {
      complete: trans.__('complete'),
      running: trans.__('running'),
      waiting: trans.__('waiting'),
      pruned: trans.__('pruned'),
      failed: trans.__('failed')
    };
    const parts = Object.entries(named).flatMap(([state, name]) => {
      const count = counts[STATES.findIndex(one => one === state)];
      return count > 0 ? [`${count} ${name}`] : [];
    });
    const all = trans._n('%1 trial', '%1 trials', table.length);
    return parts.length > 0 ? `${all}: ${parts.join(', ')}` : all;
  }

  private _bestWords(table: TrialTable): string {
    const best = bestRows(table);
    if (best.length === 0) return '';
    const trans = this._trans;
    if (table.directions.length > 1) {
      return trans._n('%1 trial on the Pareto front', '%1 trials on the Pareto front', best.length);
    }
    const config = configOf(table, best[0]);
    const more = config.length > MOST_NAMED ? ['…'] : [];
    const outcome = outcomeOf(table, {}, best[0]);
    const named = [...config.slice(0, MOST_NAMED), ...more].join(', ');
    return trans.__('Best trial %1: %2 (%3)', table.number[best[0]], outcome, named);
  }
}
