/** All that one notebook panel says to its kernel about figures: one comm, on which each has its id. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { LIST_ID, PROTOCOL } from 'tunelab/dist/live/protocol';
import type { FromKernel, FromPage } from 'tunelab/dist/live/protocol';
import type { IChannel, IKernelSource, KernelChange, MessageBuffer } from './channel';
import { Commands } from './commands';
import type { CommandResult } from './commands';

/** What a connection tells a figure. */
export interface IFollower {
  /** What is asked for when a comm is opened anew; `have` only if this comm is the one before. */
  message(message: FromKernel, buffers: readonly MessageBuffer[]): void;
  /** The comm is another one: nothing of what was held counts. */
  reset(): void;
  /** The kernel ended, and its comms with it. */
  ended(): void;
  /** Messages may have been lost: ask for what is missing. */
  missed(): void;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export class Connection {
  private readonly _followers = new Map<string, IFollower>();
  private readonly _commands: Commands;
  private _channel: IChannel | null = null;

  constructor(
    private readonly _source: IKernelSource,
    trans: TranslationBundle
  ) {
    this._commands = new Commands(
      message => this._channel?.send(message),
      () => trans.__('The kernel does not answer: it has ended, or is busy.')
    );
    _source.changed.connect(this._onChange, this);
  }

  /** From now on what is said of `id` goes to `follower`; one that followed it before hears nothing more. */
  follow(id: string, follower: IFollower): void {
    const before = this._followers.get(id);
    this._followers.set(id, follower);
    if (before && before !== follower) {
      before.reset();
    }
  }

  unfollow(id: string, follower: IFollower): void {
    if (this._followers.get(id) === follower) {
      this._followers.delete(id);
      this._channel?.send({ type: 'close', id });
      this._commands.lose(id);
    }
  }

  /**
   * Asks for updates of a figure, on the open comm or a new one.
   * @param have number of the newest update that is held; 0 for none
   * @returns whether there is a kernel to ask
   */
  ask(id: string, have: number): boolean {
    return this._say({ type: 'open', protocol: PROTOCOL, id, ...(have > 0 && { have }) });
  }

  /** The same for the list of studies and runs, whose follower has the id `LIST_ID`. */
  askList(have: number): boolean {
    return this._say({ type: 'list', protocol: PROTOCOL, id: LIST_ID, ...(have > 0 && { have }) });
  }

  private _say(message: FromPage): boolean {
    if (this._channel) {
      this._channel.send(message);
      return true;
    }
    const channel: IChannel | null = this._source.open(message, {
      message: (data, buffers) => {
        if (this._channel === channel) {
          this._take(data, buffers);
        }
      },
      closed: () => {
        if (this._channel === channel) {
          this._lose();
        }
      }
    });
    this._channel = channel;
    return channel !== null;
  }

  acknowledge(id: string, seq: number): void {
    this._channel?.send({ type: 'ack', id, seq });
  }

  /** Rejects with a `CommandError`. */
  command(id: string, name: string, args: object): Promise<CommandResult> {
    const result = this._commands.run(id, name, args);
    if (!this._channel) {
      this._commands.lose(id);
    }
    return result;
  }

  private _onChange(_source: IKernelSource, change: KernelChange): void {
    if (change === 'ended') {
      this._channel = null;
      this._commands.lose();
    }
    for (const follower of [...this._followers.values()]) {
      if (change === 'ended') {
        follower.ended();
      } else {
        follower.missed();
      }
    }
  }

  /** The kernel closed the comm: it knows no such target, or forgot a page that was silent. */
  private _lose(): void {
    this._channel = null;
    this._commands.lose();
    for (const follower of [...this._followers.values()]) {
      follower.reset();
    }
  }

  private _take(data: unknown, buffers: readonly MessageBuffer[]): void {
    if (!isRecord(data)) {
      return;
    }
    const { type, id, request } = data;
    if (type === 'reply' && typeof request === 'string') {
      this._commands.reply(request, isRecord(data.result) ? data.result : {});
    } else if (type === 'error' && typeof request === 'string') {
      const code = String(data.code) as 'failed';
      this._commands.refuse(request, code, String(data.message));
    } else if (typeof id === 'string') {
      this._followers.get(id)?.message(data as unknown as FromKernel, buffers);
    }
  }
}
