/** The kernel of a notebook panel, as JupyterLab's session context tells of it. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import { TARGET } from 'tunelab/dist/live/protocol';
import type { FromPage } from 'tunelab/dist/live/protocol';
import type {
  IChannel,
  IChannelListener,
  IKernelSource,
  KernelChange,
  MessageBuffer
} from './channel';

/**
 * The session in whose panel a widget stands. A renderer is made without knowing where: it finds out when it is
 * attached, from the widgets around it, which needs no package that knows notebooks.
 */
export function sessionOf(widget: Widget): ISessionContext | null {
  for (let one: Widget | null = widget; one; one = one.parent) {
    const { sessionContext } = one as Widget & { sessionContext?: ISessionContext };
    if (sessionContext) {
      return sessionContext;
    }
  }
  return null;
}

const ENDED: readonly string[] = ['restarting', 'autorestarting', 'terminating', 'dead'];

export class SessionSource implements IKernelSource {
  private readonly _changed = new Signal<this, KernelChange>(this);
  private _ended = true;

  /** Lives as long as the session, whose signals hold it. */
  constructor(private readonly _session: ISessionContext) {
    this._ended = !this._isAlive();
    _session.kernelChanged.connect(() => {
      this._end();
      this._look();
    });
    _session.statusChanged.connect(() => this._look());
    _session.connectionStatusChanged.connect((_, status) => {
      if (status === 'connected' && !this._ended) {
        this._changed.emit('reconnected');
      }
    });
    _session.disposed.connect(() => {
      this._end();
      Signal.clearData(this);
    });
  }

  get changed(): ISignal<this, KernelChange> {
    return this._changed;
  }

  open(first: FromPage, listener: IChannelListener): IChannel | null {
    const kernel = this._kernel;
    // Of several connections to one kernel JupyterLab lets only the first speak on comms.
    if (!kernel?.handleComms || !this._isAlive()) {
      return null;
    }
    const comm = kernel.createComm(TARGET);
    comm.onMsg = (message: KernelMessage.ICommMsgMsg) =>
      listener.message(message.content.data, (message.buffers ?? []) as MessageBuffer[]);
    comm.onClose = () => listener.closed();
    const say = (work: () => unknown): void => {
      if (!comm.isDisposed && !kernel.isDisposed) {
        try {
          work();
        } catch {
          // The connection went between two looks; the session says so in its own time.
        }
      }
    };
    say(() => comm.open({ ...first } as never));
    return {
      send: message => say(() => comm.send({ ...message } as never)),
      close: () => say(() => comm.close())
    };
  }

  private get _kernel(): Kernel.IKernelConnection | null {
    return this._session.session?.kernel ?? null;
  }

  private _isAlive(): boolean {
    const kernel = this._kernel;
    return kernel !== null && !kernel.isDisposed && !ENDED.includes(kernel.status);
  }

  private _look(): void {
    if (!this._isAlive()) {
      this._end();
    } else if (this._ended && this._kernel?.status !== 'starting') {
      this._ended = false;
      this._changed.emit('ready');
    }
  }

  private _end(): void {
    if (!this._ended) {
      this._ended = true;
      this._changed.emit('ended');
    }
  }
}
