/** A way to a kernel and back, as the protocol needs it: a comm in JupyterLab, a stand-in in tests. */
import type { ISignal } from '@lumino/signaling';
import type { FromPage } from 'tunelab/dist/live/protocol';

/** Bytes of a message beside its data. */
export type MessageBuffer = ArrayBuffer | ArrayBufferView;

/** One open comm. */
export interface IChannel {
  send(message: FromPage): void;
  close(): void;
}

export interface IChannelListener {
  message(data: unknown, buffers: readonly MessageBuffer[]): void;
  /** The other side closed it. */
  closed(): void;
}

/** What became of a kernel: `ended` takes its comms along, `ready` may be another one, `reconnected` may have lost messages. */
export type KernelChange = 'ended' | 'ready' | 'reconnected';

/** The kernel of a notebook, whichever it is at the moment. */
export interface IKernelSource {
  readonly changed: ISignal<IKernelSource, KernelChange>;
  /** Opens a comm whose first message is `first`; `null` while there is no kernel that could answer. */
  open(first: FromPage, listener: IChannelListener): IChannel | null;
}
