/** One figure and its kernel: updates in, acknowledgements and commands out. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { FigurePayload } from 'tunelab/dist/figures/payload';
import type { ChangeUpdate, FromKernel, FullUpdate } from 'tunelab/dist/live/protocol';
import type { MessageBuffer } from '../comm/channel';
import { CommandError } from '../comm/commands';
import type { CommandResult } from '../comm/commands';
import type { Connection, IFollower } from '../comm/connection';
import { LivePayload } from './livePayload';

/**
 * `stored`: nobody answers, what is stored is shown. `connecting`: it has been asked. `live`: updates come. `settled`: no
 * more of them, but commands are taken. `ended`: the kernel ended while it was live.
 */
export type LiveState = 'stored' | 'connecting' | 'live' | 'settled' | 'ended';

/** The name under which a kernel keeps a figure up to date, if one does. */
export const liveId = (payload: FigurePayload | null): string | undefined =>
  payload && 'live' in payload ? payload.live?.id : undefined;

type Update = FullUpdate | ChangeUpdate;

/** Milliseconds without a word of a live figure until the page asks whether it missed something. */
const SILENCE = 10_000;
/** Milliseconds until it asks again for what is missing. */
const AGAIN = 2000;
/** Updates in a row that break the rules until the page gives up. */
const MOST_BROKEN = 3;
/** Updates that wait for their turn; of more only a full one counts. */
const MOST_WAITING = 8;
/**
 * A draw of more milliseconds is felt. So that few frames are such ones, and most of the page's time is the reader's, it is
 * followed by a rest of at least a second, and of four times as long as it took.
 */
const SMOOTH = 30;
const REST = { least: 1000, times: 4 } as const;

export class LiveFigure implements IDisposable, IFollower {
  private readonly _changed = new Signal<this, void>(this);
  private readonly _updated = new Signal<this, FigurePayload>(this);
  private _state: LiveState = 'stored';
  private _words = '';
  private _commands: readonly string[] = [];
  private _id: string | null = null;
  private _connection: Connection | null = null;
  private _payload: LivePayload | null = null;
  private _held = 0;
  private _acknowledged = 0;
  private _broken = 0;
  private _inbox: { update: Update; buffers: readonly MessageBuffer[] }[] = [];
  private _isTaking = false;
  private _restUntil = 0;
  private _asked = -Infinity;
  private _silence: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;

  /** @param _isShown whether what came last is drawn where it can be seen: only then does the next come */
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _isShown: () => boolean
  ) {
    document.addEventListener('visibilitychange', this.acknowledge);
  }

  /** `state`, `commands` or `words` are others. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** There is a new payload. */
  get updated(): ISignal<this, FigurePayload> {
    return this._updated;
  }

  get state(): LiveState {
    return this._state;
  }

  /** A sentence for the reader, where there is something to say. */
  get words(): string {
    return this._words;
  }

  /** Names of the commands that are possible now. */
  get commands(): readonly string[] {
    return this._commands;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  can(name: string): boolean {
    return this._commands.includes(name);
  }

  /** Whether what came of the figure `id` is newer than anything that is stored of it. */
  leads(id: string | undefined): boolean {
    return id !== undefined && id === this._id && this._state === 'live' && this._held > 0;
  }

  /**
   * Has something done by the kernel.
   * @returns its answer; rejects with a `CommandError`
   */
  command(name: string, args: object): Promise<CommandResult> {
    if (!this._connection || this._id === null || !this.can(name)) {
      const message = this._trans.__(
        'This is not possible now: no kernel stands behind this figure.'
      );
      return Promise.reject(new CommandError('notNow', message));
    }
    return this._connection.command(this._id, name, args);
  }

  /** Follows the figure `id` on a connection; the same once more changes nothing. `null`: follows none. */
  follow(id: string | null, connection: Connection | null): void {
    const wanted = id === null || connection === null ? null : id;
    if (wanted === this._id && (wanted === null || connection === this._connection)) {
      return;
    }
    this._leave();
    this._id = wanted;
    this._connection = wanted === null ? null : connection;
    this._set('stored');
    if (wanted !== null) {
      connection!.follow(wanted, this);
      this._ask();
    }
  }

  /**
   * What came last is drawn.
   * @param milliseconds that it took
   * @param gap milliseconds from the beginning of one drawing to that of the next, at least
   */
  drew(milliseconds: number, gap = 0): void {
    const rest = milliseconds > SMOOTH ? Math.max(REST.least, REST.times * milliseconds) : 0;
    this._restUntil = performance.now() + Math.max(rest, gap - milliseconds);
    this.acknowledge();
  }

  /** What came last may have been drawn: if so, and somebody looks, the next may come. */
  readonly acknowledge = (): void => {
    if (this._held > this._acknowledged && !document.hidden && this._isShown()) {
      this._acknowledged = this._held;
      this._connection?.acknowledge(this._id!, this._held);
    }
  };

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      document.removeEventListener('visibilitychange', this.acknowledge);
      this._leave();
      Signal.clearData(this);
    }
  }

  message(message: FromKernel, buffers: readonly MessageBuffer[]): void {
    switch (message.type) {
      case 'ready':
        this._commands = isNames(message.commands) ? message.commands : [];
        this._set(message.follows === false ? 'settled' : 'live');
        this._listen();
        return;
      case 'update':
        this._receive({ update: message, buffers });
        return;
      case 'error':
        this._refuse(message.code, String(message.message));
        return;
      case 'close':
        this._takeAll();
        this._leave();
        this._set('stored', message.reason === 'gone' ? String(message.message ?? '') : '');
    }
  }

  reset(): void {
    this._lapse('');
  }

  ended(): void {
    if (this._state === 'live') {
      this._set('ended', this._trans.__('The kernel has ended: this is its last state.'));
    }
    this._lapse(this._words);
  }

  missed(): void {
    this._ask();
  }

  private _ask(): void {
    if (this._id !== null && this._connection) {
      this._asked = Date.now();
      const reached = this._connection.ask(this._id, this._held);
      if (reached && this._state === 'stored') {
        this._set('connecting');
      }
      this._listen();
    }
  }

  private _refuse(code: string, words: string): void {
    if (code === 'busy') {
      return;
    }
    this._lapse(code === 'protocol' ? words : '');
  }

  /** No kernel stands behind it; what was said of one that ended still holds. */
  private _lapse(words: string): void {
    this._forget();
    if (this._state === 'ended') {
      this._set('ended', this._words);
    } else {
      this._set('stored', words);
    }
  }

  /** Nothing of what came on the last comm counts any more. */
  private _forget(): void {
    clearTimeout(this._silence);
    this._inbox = [];
    this._payload = null;
    this._held = 0;
    this._acknowledged = 0;
    this._broken = 0;
    this._commands = [];
  }

  private _leave(): void {
    this._forget();
    if (this._id !== null) {
      this._connection?.unfollow(this._id, this);
    }
    this._id = null;
    this._connection = null;
  }

  private _set(state: LiveState, words = ''): void {
    if (state !== 'live' && state !== 'settled') {
      this._commands = [];
    }
    this._state = state;
    this._words = words;
    this._changed.emit();
  }

  private _listen(): void {
    clearTimeout(this._silence);
    if (this._state === 'live' || this._state === 'connecting') {
      this._silence = setTimeout(() => this._ask(), SILENCE);
    }
  }

  /** Updates wait for a turn of their own: however many come, the page draws and answers in between. */
  private _receive(entry: { update: Update; buffers: readonly MessageBuffer[] }): void {
    if (!Number.isSafeInteger(entry.update.seq) || entry.update.seq <= this._held) {
      return;
    }
    if ('payload' in entry.update) {
      this._inbox = this._inbox.filter(({ update }) => update.seq > entry.update.seq);
    } else if (this._inbox.length >= MOST_WAITING) {
      return;
    }
    this._inbox.push(entry);
    if (!this._isTaking) {
      this._isTaking = true;
      const take = (): void => {
        this._isTaking = false;
        this._takeAll();
      };
      setTimeout(take, Math.max(0, this._restUntil - performance.now()));
    }
  }

  private _takeAll(): void {
    const inbox = this._inbox;
    this._inbox = [];
    let payload: FigurePayload | null = null;
    for (const { update, buffers } of inbox) {
      payload = this._take(update, buffers) ?? payload;
    }
    if (payload && !this._isDisposed) {
      this._updated.emit(payload);
    }
  }

  private _take(update: Update, buffers: readonly MessageBuffer[]): FigurePayload | null {
    if (update.seq <= this._held || this._id === null) {
      return null;
    }
    if ('change' in update && (update.base !== this._held || !this._payload)) {
      if (Date.now() - this._asked > AGAIN) {
        this._ask();
      }
      return null;
    }
    try {
      this._payload ??= new LivePayload(this._id);
      const payload =
        'change' in update
          ? this._payload.change(update.change, buffers)
          : this._payload.full(update.payload, buffers);
      this._held = update.seq;
      this._asked = -Infinity;
      this._broken = 0;
      this._listen();
      return payload;
    } catch (error) {
      this._break(error);
      return null;
    }
  }

  private _break(error: unknown): void {
    this._held = 0;
    this._payload = null;
    if (++this._broken < MOST_BROKEN) {
      this._ask();
      return;
    }
    const words = error instanceof Error ? error.message : String(error);
    this._leave();
    this._set('stored', words);
  }
}

function isNames(names: unknown): names is string[] {
  return Array.isArray(names) && names.every(name => typeof name === 'string');
}
