/** The panel in the left sidebar: what runs in the kernels of open notebooks, and what is stored in this folder. */
import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { entryWords } from './entries';
import { EntryList, keepInReach, rove } from './entryList';
import type { IEntry } from './entryList';
import type { IRunning, Running } from './running';
import type { IStored, Stored } from './stored';

export interface IStudyBrowserOptions {
  running: Running;
  stored: Stored;
  trans: TranslationBundle;
  /** Shows the notebook in whose kernel something is alive. */
  activate: (id: string) => void;
  /** Opens a journal. */
  open: (path: string) => void;
}

export class StudyBrowser extends Widget {
  private readonly _running: EntryList;
  private readonly _stored: EntryList;

  /** Disposes of `running` and `stored` with itself. */
  constructor(private readonly _options: IStudyBrowserOptions) {
    super();
    const { running, stored, trans } = _options;
    this.addClass('jp-TunelabStudies');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Studies'));
    this._running = new EntryList(trans.__('Running'), 'jp-TunelabStudies-running');
    this._stored = new EntryList(trans.__('Stored here'), 'jp-TunelabStudies-stored');
    this.node.append(this._running.node, this._stored.node);
    rove(this.node);
    running.changed.connect(() => this.update());
    stored.changed.connect(() => this.update());
    document.addEventListener('visibilitychange', this._watch);
    this.update();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      document.removeEventListener('visibilitychange', this._watch);
      this._options.running.dispose();
      this._options.stored.dispose();
      super.dispose();
    }
  }

  protected override onAfterAttach(): void {
    this._watch();
  }

  protected override onAfterShow(): void {
    this._watch();
  }

  protected override onAfterHide(): void {
    this._watch();
  }

  protected override onBeforeDetach(): void {
    this._watch(false);
  }

  protected override onActivateRequest(): void {
    this.node.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
  }

  /** However much changes, it is drawn once a frame. */
  protected override onUpdateRequest(_: Message): void {
    const { running, stored, trans } = this._options;
    const alive = running.entries;
    const words = running.notTrusted.map(name =>
      trans.__('%1 is not trusted: its kernel is not asked.', name)
    );
    if (alive.length === 0) {
      words.unshift(trans.__('Nothing is alive in the kernels of open notebooks. A study appears here when a cell has made it.')); // prettier-ignore
    }
    this._running.show(alive.map(one => this._alive(one)), words.join(' ')); // prettier-ignore
    const files = stored.entries;
    this._stored.show(files.map(one => this._file(one)), files.length > 0 ? '' : this._noFiles()); // prettier-ignore
    keepInReach(this.node);
  }

  /** Kernels and files are looked at only while somebody sees it. */
  private readonly _watch = (seen: unknown = true): void => {
    const watching = seen !== false && this.isVisible && !document.hidden;
    this._options.running.watch(watching);
    this._options.stored.watch(watching);
  };

  private _alive({ key, entry, notebook }: IRunning): IEntry {
    const { title, details } = entryWords(entry, this._options.trans);
    const name = notebook.title.label;
    const { variable } = entry;
    return {
      key,
      title,
      details,
      place: variable && variable !== title ? this._options.trans.__('%1 in %2', variable, name) : name, // prettier-ignore
      isActive: entry.state === 'running',
      open: () => this._options.activate(notebook.id)
    };
  }

  private _file({ file, head }: IStored): IEntry {
    const { trans, open } = this._options;
    const { studies = [], trials } = head ?? {};
    const [first] = studies;
    return {
      key: file.path,
      title: file.name,
      details: [
        ...(studies.length > 1 ? [trans._n('%1 study', '%1 studies', studies.length)] : first ? [first] : []), // prettier-ignore
        ...(trials === undefined ? [] : [trans._n('%1 trial', '%1 trials', trials)]),
        ...(file.size === undefined || file.size === null ? [] : [sizeWords(file.size)]),
        Time.formatHuman(new Date(file.last_modified))
      ],
      open: () => open(file.path)
    };
  }

  private _noFiles(): string {
    const { stored, trans } = this._options;
    return stored.path === null
      ? trans.__('No file browser shows a folder.')
      : trans.__('No journals are in this folder. `journal(\'study.journal\')` keeps a study in one.'); // prettier-ignore
  }
}

function sizeWords(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const power = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${units[power]}`;
}
