/** A journal of studies as one looks at it: figures and a table that follow the file as it grows. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Panel, Widget } from '@lumino/widgets';
import { pageFigure } from 'tunelab/dist/figures/study/store';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { FigureRenderer } from '../renderer';
import { TrialsTable } from '../trialsTable';
import { whenSeen } from '../visibility';
import { Follower } from './follower';
import { JournalHeader } from './header';
import type { Reading } from './reading';
import type { ISource } from './source';
import { failureWords, progressWords, stateWords } from './words';

/** Milliseconds of rest after a drawing: as many as it took, within these. */
const REST = { least: 50, most: 300 } as const;
/** The figures that are shown at first; their controls make others of them. */
const FIGURES = ['history', 'scatter'] as const;

export interface IJournalPanelOptions {
  source: ISource;
  trans: TranslationBundle;
  /** Makes a figure with its controls. */
  figure: () => FigureRenderer;
  /** How high a table is, in CSS pixels. */
  height: () => number;
}

export class JournalPanel extends Panel {
  private readonly _header: JournalHeader;
  private readonly _figures = new Panel();
  private readonly _tablePlace = new Widget();
  private readonly _follower: Follower;
  private _reading: Reading | null = null;
  /** Whether the last look failed, and says so. */
  private _failed = false;
  private readonly _stopWatching: () => void;
  private _trials: TrialsTable | null = null;
  private _table: TrialTable | null = null;
  private _tableSeen = false;
  private _chosen = '';
  private _drawing = false;
  private _stale = false;

  constructor(private readonly _options: IJournalPanelOptions) {
    super();
    this.addClass('jp-TunelabJournal');
    this._header = new JournalHeader(_options.trans, name => {
      this._chosen = name;
      void this._draw();
    });
    this.addWidget(new Widget({ node: this._header.node }));
    this._figures.addClass('jp-TunelabJournal-figures');
    FIGURES.forEach(() => this._figures.addWidget(_options.figure()));
    this.addWidget(this._figures);
    this._tablePlace.addClass('jp-TunelabJournal-table');
    this.addWidget(this._tablePlace);
    this._showFigures(false);
    this._stopWatching = whenSeen(this._tablePlace.node, seen => {
      this._tableSeen = seen;
      this._showTable();
    });
    this._follower = new Follower(
      () => this._look(),
      () => this.isVisible
    );
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._follower.dispose();
      this._stopWatching();
      super.dispose();
    }
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._follower.wake();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._follower.wake();
  }

  /** Reads what is new. */
  private async _look(): Promise<boolean | null> {
    const { trans } = this._options;
    try {
      this._reading ??= await this._load();
      const { tail } = this._reading;
      const changed = await tail.read();
      if ((changed || this._failed) && !this.isDisposed) void this._draw();
      this._failed = false;
      return tail.state === 'missing' ? null : changed;
    } catch (error) {
      if (!this.isDisposed) this._header.say(failureWords(error, trans));
      this._failed = true;
      return null;
    }
  }

  private async _load(): Promise<Reading> {
    const { trans, source } = this._options;
    const { Reading } = await import('./reading');
    return new Reading(source, (bytes, size) => {
      // What is new in a file that is shown comes without a word.
      if (this._chosen === '' && !this.isDisposed) {
        this._header.say(progressWords(trans, bytes, size));
      }
    });
  }

  /** Shows what was read. One drawing at a time; what comes meanwhile is shown by the next one. */
  private async _draw(): Promise<void> {
    this._stale = true;
    if (this._drawing) return;
    this._drawing = true;
    while (this._stale && this._reading && !this.isDisposed) {
      this._stale = false;
      const began = performance.now();
      try {
        await this._show(this._reading);
      } catch (error) {
        // What nobody thought of in a file of others is a sentence as well.
        this._header.say(error instanceof Error ? error.message : String(error));
        this._showFigures(false);
      }
      const took = performance.now() - began;
      const rest = Math.min(REST.most, Math.max(REST.least, took));
      await new Promise(resolve => setTimeout(resolve, rest));
    }
    this._drawing = false;
  }

  private async _show(reading: Reading): Promise<void> {
    const { names } = reading;
    if (!names.includes(this._chosen)) this._chosen = names[0] ?? '';
    const words = stateWords(reading, this._options.trans);
    this._header.studies(names, this._chosen);
    let table: TrialTable | null = null;
    try {
      table = reading.table(this._chosen);
    } catch (error) {
      words.push(error instanceof Error ? error.message : String(error));
    }
    this._header.table(table);
    this._header.say(words.join('\n'));
    this._showFigures(table !== null);
    if (!table) return;
    const shown = this._figures.widgets.map((figure, i) =>
      (figure as FigureRenderer).renderPayload(pageFigure(FIGURES[i], table, {}))
    );
    this._table = table;
    this._showTable();
    await Promise.all(shown);
  }

  /** Brings the table up to date, once it comes into sight: its rows cost as much as a figure. */
  private _showTable(): void {
    if (!this._table || !this._tableSeen || this.isDisposed) return;
    const payload = pageFigure('trialTable', this._table, {});
    this._table = null;
    if (this._trials) {
      this._trials.update(payload);
    } else {
      this._trials = new TrialsTable(payload, this._options.height(), this._options.trans);
      this._tablePlace.node.append(this._trials.node);
    }
  }

  private _showFigures(shown: boolean): void {
    this._figures.setHidden(!shown);
    this._tablePlace.setHidden(!shown);
  }
}
