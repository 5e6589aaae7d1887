/** Kernel and page in one process, with a line between them that loses, doubles and reorders as it is told. */
import '../domGaps';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { decodeColumn } from 'tunelab/dist/figures/payload';
import type { FigurePayload } from 'tunelab/dist/figures/payload';
import type { Figure } from 'tunelab/dist/figures/figure';
import { sceneFigure } from 'tunelab/dist/figures/scene/store';
import { KERNEL_SYMBOL } from 'tunelab/dist/host';
import type { Comm, CommMessage, Kernel } from 'tunelab/dist/host';
import type { FromPage } from 'tunelab/dist/live/protocol';
import type {
  IChannelListener,
  IKernelSource,
  KernelChange
} from '../../../extension/comm/channel';
import { Connection } from '../../../extension/comm/connection';
import { LiveFigure } from '../../../extension/live/liveFigure';

/** What becomes of a message: how many copies arrive, and after how many milliseconds each. */
export type Fate = readonly number[];

export const AT_ONCE: Fate = [0];

type Target = (comm: Comm, message: CommMessage) => void;

/** A kernel with comms; `restart` forgets all targets, as a new process does. */
export class FakeKernel implements IKernelSource {
  readonly changed = new Signal<this, KernelChange>(this);
  /** Asked for the fate of each message. */
  fate: () => Fate = () => AT_ONCE;
  readonly toPage: unknown[] = [];
  readonly toKernel: FromPage[] = [];
  opened = 0;
  alive = true;
  private readonly _targets = new Map<string, Target>();
  private static _comms: Comm[] = [];

  constructor() {
    // The library has one kernel in its life: what pages of an earlier test opened is closed.
    FakeKernel._comms.forEach(comm => comm.onClose?.({ data: {}, metadata: {}, buffers: [] }));
    FakeKernel._comms = [];
    const kernel = {
      version: 1,
      kind: 'test',
      display: () => Promise.resolve(),
      signal: new AbortController().signal,
      input: () => Promise.resolve(''),
      registerTarget: (name: string, target: Target) => void this._targets.set(name, target)
    } satisfies Kernel;
    (globalThis as { [KERNEL_SYMBOL]?: Kernel })[KERNEL_SYMBOL] = kernel;
  }

  end(): void {
    this.alive = false;
    this._targets.clear();
    this.changed.emit('ended');
  }

  begin(): void {
    this.alive = true;
    this.changed.emit('ready');
  }

  open(first: FromPage, listener: IChannelListener) {
    if (!this.alive) {
      return null;
    }
    this.opened++;
    const carry = (work: () => void): void => {
      for (const wait of this.fate()) {
        setTimeout(work, wait);
      }
    };
    // What is sent is JSON and bytes: nothing may be shared by accident.
    const copy = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T;
    const comm: Comm = {
      send: (data, buffers = []) => {
        this.toPage.push(data);
        const [sent, bytes] = [copy(data), buffers.map(one => one.slice().buffer)];
        carry(() => listener.message(sent, bytes));
      },
      close: () => setTimeout(() => listener.closed())
    };
    FakeKernel._comms.push(comm);
    const message = (data: FromPage): CommMessage => ({ data: copy({ ...data }), metadata: {}, buffers: [] }); // prettier-ignore
    const target = this._targets.get('tunelab');
    // An open comes through: without it there is no comm on which anything could be lost.
    setTimeout(() => (target ? target(comm, message(first)) : listener.closed()));
    this.toKernel.push(first);
    return {
      send: (data: FromPage) => {
        this.toKernel.push(data);
        carry(() => comm.onMessage?.(message(data)));
      },
      close: () => setTimeout(() => comm.onClose?.(message(first)))
    };
  }
}

/** The page's side of one figure. */
export function openPage(source: IKernelSource, id: string | null) {
  const trans = nullTranslator.load('jupyterlab_tunelab');
  const page = {
    connection: new Connection(source, trans),
    payload: null as FigurePayload | null,
    updates: 0,
    shown: true,
    live: null as unknown as LiveFigure
  };
  page.live = new LiveFigure(trans, () => page.shown);
  page.live.updated.connect((live, payload) => {
    page.payload = payload;
    page.updates++;
    live.acknowledge();
  });
  page.live.follow(id, page.connection);
  return page;
}

export interface Rows {
  x: number[];
  y: number[];
  text: string[];
  title: string;
}

/** A scatter with words. */
export function scatterOfRows({ x, y, text, title }: Rows): Figure {
  const axis = { label: 'axis', scale: 'linear' } as const;
  return sceneFigure({
    figure: 'points',
    title,
    alt: title,
    scene: { panels: [{ row: 0, column: 0, x: axis, y: axis, layers: [{ kind: 'points', name: '', x, y, text }] }] } // prettier-ignore
  });
}

/** A payload as what it says: its columns as numbers and strings. */
export function contentOf(payload: FigurePayload | null): unknown {
  if (!payload) {
    return null;
  }
  const { columns, ...fields } = payload as FigurePayload & { live?: object };
  delete fields.live;
  const values = Object.entries(columns).map(([name, column]) => [
    name,
    column.dtype,
    Array.from(decodeColumn(column) as ArrayLike<unknown>)
  ]);
  return { ...fields, values };
}
