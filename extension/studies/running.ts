/** The studies and runs that are alive in the kernels of this page's notebooks. */
import type { ILabShell } from '@jupyterlab/application';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { connectionOf } from '../comm/connections';
import type { ListEntry } from './entries';
import { KernelList } from './kernelList';
import { isNotebook, isOurs, isTrusted } from './notebooks';
import type { INotebook } from './notebooks';

export interface IRunning {
  /** The same as long as it lives. */
  key: string;
  entry: ListEntry;
  notebook: INotebook;
}

interface IWatched {
  list: KernelList;
  notebook: INotebook;
}

export class Running implements IDisposable {
  private readonly _changed = new Signal<this, void>(this);
  private readonly _watched = new Map<ISessionContext, IWatched>();
  private _notTrusted: string[] = [];
  private _isWatching = false;
  private _isDisposed = false;

  constructor(
    private readonly _shell: Pick<ILabShell, 'widgets' | 'layoutModified'>,
    private readonly _trans: TranslationBundle
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get entries(): IRunning[] {
    return Array.from(this._watched.values()).flatMap(({ list, notebook }) => {
      const kernel = notebook.sessionContext.session?.kernel?.id ?? '';
      return list.entries.map(entry => ({ key: `${kernel} ${entry.key}`, entry, notebook }));
    });
  }

  /** Notebooks of our kernels that are not trusted: those kernels are not asked. */
  get notTrusted(): readonly string[] {
    return this._notTrusted;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Whether somebody looks: only then are kernels asked. */
  watch(watching: boolean): void {
    if (watching === this._isWatching || this._isDisposed) {
      return;
    }
    this._isWatching = watching;
    if (watching) {
      this._shell.layoutModified.connect(this._look, this);
    } else {
      Signal.disconnectReceiver(this);
    }
    this._look();
  }

  dispose(): void {
    this.watch(false);
    this._isDisposed = true;
    Signal.clearData(this);
  }

  private _look(): void {
    const notebooks = this._isWatching
      ? Array.from(this._shell.widgets('main')).filter(isNotebook)
      : [];
    const wanted = new Map<ISessionContext, INotebook>();
    const kernels = new Set<string>();
    const notTrusted: string[] = [];
    for (const notebook of notebooks) {
      const { sessionContext: session, content, disposed } = notebook;
      // Connected once, however often.
      disposed.connect(this._look, this);
      session.kernelChanged.connect(this._look, this);
      content.model?.contentChanged.connect(this._lookAtTrust, this);
      const kernel = session.session?.kernel;
      if (!kernel || kernels.has(kernel.id) || !isOurs(kernel, () => this._look())) {
        continue;
      }
      if (isTrusted(notebook)) {
        kernels.add(kernel.id);
        wanted.set(session, notebook);
      } else {
        notTrusted.push(notebook.title.label);
      }
    }
    this._follow(wanted);
    this._notTrusted = notTrusted;
    this._changed.emit();
  }

  private _follow(wanted: ReadonlyMap<ISessionContext, INotebook>): void {
    for (const [session, { list, notebook }] of [...this._watched]) {
      if (wanted.get(session) !== notebook) {
        list.dispose();
        this._watched.delete(session);
      }
    }
    for (const [session, notebook] of wanted) {
      const connection = connectionOf(notebook, this._trans);
      if (connection && !this._watched.has(session)) {
        const may = (): boolean => isTrusted(notebook) && this._isOurs(session);
        const list = new KernelList(connection, session, may);
        list.changed.connect(() => this._changed.emit());
        this._watched.set(session, { list, notebook });
      }
    }
  }

  private _isOurs(session: ISessionContext): boolean {
    const kernel = session.session?.kernel;
    return kernel !== null && kernel !== undefined && isOurs(kernel, () => this._look()) === true;
  }

  /** Most changes of a notebook change nothing here. */
  private _lookAtTrust(): void {
    const stillTrusted = [...this._watched.values()].every(({ notebook }) => isTrusted(notebook));
    if (!stillTrusted || this._notTrusted.length > 0) {
      this._look();
    }
  }
}
