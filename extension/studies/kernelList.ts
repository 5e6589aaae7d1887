/** The studies and runs of one kernel, as long as somebody looks. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { LIST_ID } from 'tunelab/dist/live/protocol';
import type { FromKernel } from 'tunelab/dist/live/protocol';
import type { Connection, IFollower } from '../comm/connection';
import { readEntries } from './entries';
import type { ListEntry } from './entries';

/** Milliseconds until a kernel is asked again that did not know us, while a cell runs: it may be about to load tunelab. */
const AGAIN = { first: 1000, most: 30_000 } as const;

export class KernelList implements IDisposable, IFollower {
  private readonly _changed = new Signal<this, void>(this);
  private _entries: readonly ListEntry[] = [];
  private _have = 0;
  private _isAsking = false;
  private _runs: boolean;
  private _wait: number = AGAIN.first;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;

  /** @param _may whether this kernel may be asked at the moment */
  constructor(
    private readonly _connection: Connection,
    session: ISessionContext,
    private readonly _may: () => boolean
  ) {
    this._runs = session.session?.kernel?.status === 'busy';
    session.iopubMessage.connect(this._onMessage, this);
    _connection.follow(LIST_ID, this);
    this._ask();
  }

  get entries(): readonly ListEntry[] {
    return this._entries;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      clearTimeout(this._timer);
      this._connection.unfollow(LIST_ID, this);
      Signal.disconnectReceiver(this);
      Signal.clearData(this);
    }
  }

  message(message: FromKernel): void {
    if (message.type === 'list' && Number.isSafeInteger(message.seq)) {
      this._have = message.seq;
      this._wait = AGAIN.first;
      this._set(readEntries(message.subjects));
      this._ask();
    } else if (message.type === 'error' && message.code === 'busy') {
      this._later();
    }
  }

  /** The kernel has closed the comm: most often it has not loaded tunelab yet. */
  reset(): void {
    const wasHeard = this._have > 0;
    this.ended();
    if (this._runs || wasHeard) {
      this._later();
    }
  }

  ended(): void {
    clearTimeout(this._timer);
    this._have = 0;
    this._isAsking = false;
    this._set([]);
  }

  missed(): void {
    this._ask();
  }

  private _ask(): void {
    clearTimeout(this._timer);
    if (!this._isDisposed && this._may()) {
      this._isAsking = this._connection.askList(this._have);
    }
  }

  private _later(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._ask(), this._wait);
    this._wait = Math.min(2 * this._wait, AGAIN.most);
  }

  private _set(entries: readonly ListEntry[]): void {
    if (entries.length > 0 || this._entries.length > 0) {
      this._entries = entries;
      this._changed.emit();
    }
  }

  /** A cell begins or ends: the comms themselves make a kernel busy as well, and are no reason to ask. */
  private _onMessage(_: ISessionContext, message: KernelMessage.IMessage): void {
    const { header, parent_header: parent, content } = message;
    const isEnd =
      header.msg_type === 'status' &&
      (content as { execution_state?: string }).execution_state === 'idle' &&
      (parent as { msg_type?: string }).msg_type === 'execute_request';
    if (header.msg_type !== 'execute_input' && !isEnd) {
      return;
    }
    this._runs = !isEnd;
    this._wait = AGAIN.first;
    if (this._isAsking) {
      return;
    }
    if (isEnd) {
      this._ask();
    } else {
      this._later();
    }
  }
}
