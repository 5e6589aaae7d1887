/** The journals in the folder that the file browser shows. */
import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { mayBeJournal } from '../journal/recognize';
import type { IFolder } from './folder';
import { HEAD, headOf } from './heads';
import type { IHead } from './heads';

/** Files of a folder that are looked into. */
const MOST = 200;

export interface IStored {
  file: Contents.IModel;
  /** `null` until it was read, and where it cannot be. */
  head: IHead | null;
}

/** A head, and of which state of the file. */
interface IRead {
  size: number | undefined;
  modified: string;
  head: IHead | null;
}

export class Stored implements IDisposable {
  private readonly _changed = new Signal<this, void>(this);
  private readonly _heads = new Map<string, IRead>();
  private _folder: IFolder | null = null;
  private _path: string | null = null;
  private _files: Contents.IModel[] = [];
  private _isReading = false;
  private _isDisposed = false;

  /**
   * @param _find the file browser, as soon as there is one
   * @param _read the first `HEAD` bytes of a file
   */
  constructor(
    private readonly _find: () => IFolder | null,
    private readonly _read: (path: string) => Promise<Uint8Array>
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** `null` where no file browser shows a folder. */
  get path(): string | null {
    return this._path;
  }

  /** What is known to be a journal, in the order of the names. */
  get entries(): IStored[] {
    return this._files.flatMap(file => {
      const head = this._heads.get(file.path)?.head ?? null;
      return head?.isJournal || mayBeJournal(file.name) === 'yes' ? [{ file, head }] : [];
    });
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Whether somebody looks: only then are files read. */
  watch(watching: boolean): void {
    Signal.disconnectReceiver(this);
    this._folder = watching && !this._isDisposed ? this._find() : null;
    if (this._folder) {
      this._folder.refreshed.connect(this._look, this);
      this._look();
      // What has changed while nobody looked here is not waited for.
      void this._folder.refresh().catch(() => undefined);
    }
  }

  dispose(): void {
    this._isDisposed = true;
    this._folder = null;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private _look(): void {
    if (!this._folder) {
      return;
    }
    const { path } = this._folder;
    if (path !== this._path) {
      this._heads.clear();
      this._path = path;
    }
    this._files = Array.from(this._folder.items())
      .filter(({ type, name }) => type !== 'directory' && mayBeJournal(name) !== 'no')
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
      .slice(0, MOST);
    this._changed.emit();
    void this._readAll();
  }

  /** One file after the other; what comes while it reads is read as well. */
  private async _readAll(): Promise<void> {
    if (this._isReading) {
      return;
    }
    this._isReading = true;
    for (let file; (file = this._folder && this._files.find(one => this._isUnread(one)));) {
      const { path, size, last_modified: modified } = file;
      const folder = this._path;
      const head = await this._read(path).then(headOf, () => null);
      if (folder === this._path) {
        this._heads.set(path, { size, modified, head });
        this._changed.emit();
      }
    }
    this._isReading = false;
  }

  /** A beginning stays what it is, unless it was all of the file, or the file became shorter. */
  private _isUnread({ path, size, last_modified: modified }: Contents.IModel): boolean {
    const read = this._heads.get(path);
    if (!read || read.modified === modified) {
      return !read;
    }
    const before = read.size ?? 0;
    return before < HEAD || (size ?? 0) < before;
  }
}
