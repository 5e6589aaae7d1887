/** A shell with notebooks whose kernels are the library in this process; what is said on comms can be looked at. */
import '../domGaps';
import type { ILabShell } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { KERNEL_SYMBOL } from 'tunelab/dist/host';
import type { Comm, CommMessage } from 'tunelab/dist/host';
import type { IFolder } from '../../../extension/studies/folder';
import type { INotebook } from '../../../extension/studies/notebooks';

type Target = (comm: Comm, message: CommMessage) => void;

/** Variables of the notebook, by name. */
export const variables = new Map<string, object>();
let target: Target | undefined;
Object.assign(globalThis, {
  [KERNEL_SYMBOL]: {
    registerTarget: (_: string, take: Target) => void (target = take),
    nameOf: (value: object) => [...variables].find(([, held]) => held === value)?.[0]
  }
});

/** A kernel as JupyterLab shows it. */
export class FakeKernel {
  readonly id = String(Math.random());
  readonly handleComms = true;
  readonly isDisposed = false;
  readonly info: Promise<{ implementation: string }>;
  status = 'idle';
  /** Whether it has loaded tunelab. */
  knows = true;
  /** Comms that were opened. */
  opened = 0;
  /** Data of all that pages said. */
  readonly heard: unknown[] = [];
  private readonly _open: Comm[] = [];

  constructor(implementation = 'tunelab') {
    this.info = Promise.resolve({ implementation });
  }

  createComm() {
    const page = {
      isDisposed: false,
      onMsg: (_: unknown) => undefined,
      onClose: () => undefined,
      open: (data: object) => say(() => this._accept(comm, data)),
      send: (data: object) => say(() => comm.onMessage?.(messageOf(data))),
      close: () => say(() => comm.onClose?.(messageOf({})))
    };
    const say = (work: () => void): void => void setTimeout(work);
    const messageOf = (data: object): CommMessage => {
      this.heard.push(data);
      return { data: JSON.parse(JSON.stringify(data)), metadata: {}, buffers: [] };
    };
    const comm: Comm = {
      send: data => void setTimeout(() => page.onMsg({ content: { data: JSON.parse(JSON.stringify(data)) } })), // prettier-ignore
      close: () => void setTimeout(() => page.onClose())
    };
    this._accept = (one, data) => {
      this.opened++;
      this._open.push(one);
      if (this.knows && target) {
        target(one, messageOf(data));
      } else {
        one.close();
      }
    };
    return page;
  }

  /** Its process ends: the kernel's side of all comms is gone. */
  end(): void {
    this.status = 'dead';
    this._open.forEach(one => one.onClose?.({ data: {}, metadata: {}, buffers: [] }));
  }

  private _accept: (comm: Comm, data: object) => void = () => undefined;
}

export class FakeNotebook extends Widget {
  readonly cells: { type: string; trusted: boolean; outputs: { length: number } }[];
  readonly sessionContext;
  readonly content: Widget & { model: unknown };
  private readonly _contentChanged = new Signal<this, void>(this);

  constructor(
    name: string,
    public kernel: FakeKernel,
    trusted = true
  ) {
    super();
    this.id = `panel of ${name}`;
    this.title.label = name;
    this.cells = [{ type: 'code', trusted, outputs: { length: 1 } }];
    const { cells, _contentChanged: contentChanged } = this;
    this.content = Object.assign(new Widget(), { model: { cells, contentChanged } });
    this.sessionContext = {
      session: { kernel },
      isDisposed: false,
      kernelChanged: new Signal<object, void>({}),
      statusChanged: new Signal<object, void>({}),
      connectionStatusChanged: new Signal<object, string>({}),
      disposed: new Signal<object, void>({}),
      iopubMessage: new Signal<object, unknown>({})
    };
  }

  get asNotebook(): INotebook {
    return this as unknown as INotebook;
  }

  trust(trusted: boolean): void {
    this.cells.forEach(cell => (cell.trusted = trusted));
    this._contentChanged.emit();
  }

  endKernel(): void {
    this.kernel.end();
    this.sessionContext.statusChanged.emit();
  }

  /** A message that the kernel publishes because of another one. */
  publish(type: string, because: string, content: object = {}): void {
    const message = { header: { msg_type: type }, parent_header: { msg_type: because }, content };
    this.sessionContext.iopubMessage.emit(message);
  }
}

export function shellOf(...widgets: Widget[]) {
  const shell = {
    all: widgets,
    layoutModified: new Signal<object, void>({}),
    widgets: (area: string) => (area === 'main' ? shell.all : [])[Symbol.iterator]()
  };
  return shell as typeof shell & Pick<ILabShell, 'widgets' | 'layoutModified'>;
}

export function fileOf(
  name: string,
  size: number,
  modified = '2026-01-01T12:00:00Z'
): Contents.IModel {
  // prettier-ignore
  return { name, path: `here/${name}`, type: 'file', size, last_modified: modified } as Contents.IModel; // prettier-ignore
}

export class FakeFolder implements IFolder {
  path = 'here';
  readonly refreshed = new Signal<this, void>(this);
  readonly refresh = jest.fn(async () => undefined);

  constructor(public files: Contents.IModel[]) {}

  items(): Contents.IModel[] {
    return this.files;
  }

  show(files: Contents.IModel[], path = this.path): void {
    this.files = files;
    this.path = path;
    this.refreshed.emit();
  }
}
