/** The main thread's side of the protocol: takes requests, runs cells one by one, answers. */
import {
  type FromRelay,
  Phase,
  type RequestChannel,
  type SharedFlags,
  type ToServer
} from './bridge';
import { createAttribution, snapshot } from './attribution';
import { Cell } from './cell';
import { Comms } from './comms';
import type { Compiler } from './compiler';
import { bundleOf, type FullBundle, type TslabDisplay } from './display';
import type { Executor } from './executor';
import { History } from './history';
import { type DisplayOptions, offerKernel } from './hostKernel';
import { completeReply, inspectReply } from './introspection';
import { note } from './note';
import { refuseExit } from './processExit';
import { Prompts } from './prompts';
import { Streams, type StreamName } from './streams';
import { type ErrorReport, Interrupted, report } from './traceback';
import type { Header, Json, Message } from './wire';

interface Request {
  channel: RequestChannel;
  message: Message;
}

interface QueuedCell extends Request {
  aborted: boolean;
}

export class Session {
  readonly #attribution = createAttribution<Cell>();
  readonly #streams = new Streams<Cell>(
    (name, text, cell) => this.#sendStream(name, text, cell),
    () => this.#owner()
  );
  readonly #history = new History();
  readonly #comms = new Comms(
    (type, content, buffers) => this.#publish(type, content, this.#owner(), buffers),
    () => snapshot(this.#attribution)
  );
  readonly #prompts = new Prompts<Cell>((cell, prompt, password) => {
    this.#streams.flush();
    this.#post('stdin', 'input_request', { prompt, password }, cell.parent, cell.identities);
  });
  readonly #queue: QueuedCell[] = [];
  readonly #barriers = new Map<number, () => void>();
  #running = false;
  #count = 0;
  /** The running cell, or the one that ran last: the owner of what no cell is known to have begun. */
  #cell = new Cell({ header: { msg_id: '', msg_type: '' }, identities: [], content: {} });
  #exit: (code: number) => void = code => process.exit(code);

  constructor(
    private readonly compiler: Compiler,
    private readonly executor: Executor,
    private readonly flags: SharedFlags,
    private readonly post: (message: ToServer) => void
  ) {}

  /** Catches output and errors that reach no cell's promise, and offers the kernel to the library. */
  install(): void {
    this.#streams.capture();
    this.#exit = refuseExit();
    console.clear = () => this.#publish('clear_output', { wait: false }, this.#owner());
    process.on('uncaughtException', error => this.#reportLate(error));
    process.on('unhandledRejection', error => this.#reportLate(error));
    // A terminal sends it to the server as well, which interrupts.
    process.on('SIGINT', () => undefined);
    offerKernel(
      {
        cell: () => this.#owner(),
        show: (bundle, cell, options) => this.#sendDisplay(bundle, cell, options),
        ask: (cell, text, options) => this.#prompts.ask(cell, text, options),
        bind: () => {
          const cell = this.#owner();
          return work => this.#attribution.run(cell, work);
        },
        importOf: this.executor.importOf,
        nameOf: this.executor.nameOf
      },
      this.#comms
    );
  }

  /** Whose work runs now. */
  #owner(): Cell {
    return this.#attribution.current() ?? this.#cell;
  }

  take(message: FromRelay): void {
    // Whatever arrives shows that the loop has paused. The interrupt itself may wait behind a
    // thousand comm messages, and one more termination would tear a hole into them.
    this.flags.acknowledgeInterrupts();
    switch (message.kind) {
      case 'request':
        this.#dispatch(message);
        break;
      case 'interrupt':
        if (this.#running) {
          this.#cell.interrupt(message.terminated);
        }
        break;
      case 'barrier':
        this.#barriers.get(message.id)?.();
        this.#barriers.delete(message.id);
        break;
      case 'input':
        this.#prompts.take(message.value);
        break;
      case 'exit':
        this.#exit(0);
    }
  }

  /** Shows what tslab's own display functions make. */
  showTslab({ data, metadata, transient }: TslabDisplay, update: boolean): void {
    const id = transient.display_id;
    this.#sendDisplay({ data, metadata }, this.#owner(), {
      ...(id && { displayId: id }),
      update
    });
  }

  #dispatch(request: Request): void {
    const { message } = request;
    if (message.header.msg_type === 'execute_request') {
      this.#queue.push({ ...request, aborted: false });
      void this.#runQueue();
      return;
    }
    // Everything else is answered between the turns of a cell that awaits.
    this.#status('busy', message.header);
    try {
      const [type, content] = this.flags.protect(() => this.#answer(message)) ?? [];
      if (type) {
        this.#reply(request, type, content!);
      }
    } catch (error) {
      const replyType = message.header.msg_type.replace(/_request$/, '_reply');
      if (replyType !== message.header.msg_type) {
        this.#reply(request, replyType, {
          status: 'error',
          ...report(error, this.executor.source)
        });
      }
      this.#reportLate(error);
    }
    this.#status('idle', message.header);
  }

  #answer({ header, content, buffers }: Message): [type: string, content: Json] | undefined {
    switch (header.msg_type) {
      case 'complete_request':
        return ['complete_reply', completeReply(this.compiler, content)];
      case 'inspect_request':
        return ['inspect_reply', inspectReply(this.compiler, content)];
      case 'is_complete_request':
        return ['is_complete_reply', { ...this.compiler.isComplete(String(content.code ?? '')) }];
      case 'history_request':
        return ['history_reply', { status: 'ok', history: this.#history.find(content) }];
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        this.#comms.take(header.msg_type, content, buffers);
        return undefined;
      default:
        note(`a message of type ${header.msg_type} is not understood and ignored`);
        return undefined;
    }
  }

  async #runQueue(): Promise<void> {
    if (this.#running) {
      return;
    }
    this.#running = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      this.#status('busy', next.message.header);
      if (next.aborted) {
        this.#reply(next, 'execute_reply', { status: 'aborted' });
      } else {
        await this.#execute(next);
      }
      this.#status('idle', next.message.header);
    }
    this.#running = false;
  }

  async #execute(request: Request): Promise<void> {
    const { content } = request.message;
    const code = String(content.code ?? '');
    const silent = content.silent === true;
    const store = content.store_history !== false && !silent;
    if (store) {
      this.#count++;
      this.#history.add(this.#count, code);
    }
    const count = this.#count;
    const cell = new Cell(request.message);
    this.#cell = cell;
    if (!silent) {
      this.#publish('execute_input', { code, execution_count: count }, cell);
    }
    try {
      const bundle = await this.#runToBundle(cell, code, `cell [${count}]`);
      if (bundle && !silent) {
        this.#publish('execute_result', { ...bundle, execution_count: count }, cell);
        this.#history.setOutput(String(bundle.data['text/plain'] ?? ''));
      }
      const expressions = (content.user_expressions ?? {}) as Record<string, unknown>;
      const user_expressions = await this.#evaluate(cell, expressions);
      this.#streams.flush();
      this.#reply(request, 'execute_reply', {
        status: 'ok',
        execution_count: count,
        user_expressions,
        payload: []
      });
    } catch (error) {
      const description = report(error, this.executor.source);
      this.#publish('error', { ...description }, cell);
      if (content.stop_on_error !== false) {
        await this.#abortQueued();
      }
      this.#reply(request, 'execute_reply', {
        status: 'error',
        execution_count: count,
        ...description,
        user_expressions: {},
        payload: []
      });
    }
    this.flags.phase = Phase.Idle;
  }

  /** Runs code to the end of its displays; gives the bundle of its value. */
  async #runToBundle(cell: Cell, code: string, label: string): Promise<FullBundle | undefined> {
    const stop = <T>(work: Promise<T>): Promise<T> => Promise.race([work, cell.interruption]);
    let bundle: FullBundle | undefined;
    try {
      const abandoned = () => cell.abandoned;
      const run = (): Promise<{ value: unknown }> => this.executor.run({ code, label, abandoned });
      const { value } = await stop(this.#attribution.run(cell, run));
      const hidden = value instanceof Promise && (await stop(this.#endsInNothing(value, cell)));
      if (value !== undefined && !hidden) {
        bundle = await stop(this.#attribution.run(cell, () => bundleOf(value)));
      }
    } finally {
      await stop(cell.displaysSent());
      // One more turn: a rejection that nobody handles is reported before the cell is idle.
      await stop(new Promise(resolve => setImmediate(resolve)));
    }
    if (cell.wasInterrupted) {
      throw new Interrupted();
    }
    return bundle;
  }

  /**
   * Whether a promise as last value, such as that of `show(figure)` without `await`, is fulfilled
   * with nothing by the time the cell's displays are sent. Its error until then is the cell's.
   */
  async #endsInNothing(promise: Promise<unknown>, cell: Cell): Promise<boolean> {
    let waiting = true;
    promise.catch((error: unknown) => {
      if (!waiting) {
        this.#reportLate(error);
      }
    });
    const displays = cell.displaysSent().then(() => new Promise(resolve => setImmediate(resolve)));
    try {
      return await Promise.race([
        promise.then(value => value === undefined),
        displays.then(() => false)
      ]);
    } finally {
      waiting = false;
    }
  }

  async #evaluate(cell: Cell, expressions: Record<string, unknown>): Promise<Json> {
    const results: Json = {};
    for (const [name, code] of Object.entries(expressions)) {
      try {
        const bundle = await this.#runToBundle(cell, String(code), `expression ${name}`);
        results[name] = {
          status: 'ok',
          ...(bundle ?? { data: { 'text/plain': 'undefined' }, metadata: {} })
        };
      } catch (error) {
        results[name] = { status: 'error', ...report(error, this.executor.source) };
      }
    }
    return results;
  }

  /** Marks the cells that were sent before the reader can know of the error. */
  async #abortQueued(): Promise<void> {
    const id = this.#barriers.size + 1;
    await new Promise<void>(resolve => {
      this.#barriers.set(id, resolve);
      this.post({ kind: 'barrier', id });
    });
    for (const queued of this.#queue) {
      queued.aborted = true;
    }
  }

  #sendDisplay(
    bundle: FullBundle,
    cell: Cell,
    { displayId, update = false }: DisplayOptions
  ): void {
    if (update && displayId === undefined) {
      throw new TypeError(
        'display: with `update` a `displayId` must come, but got none.\nName the display that is to be replaced.'
      );
    }
    const transient = displayId === undefined ? {} : { display_id: displayId };
    this.#publish(update ? 'update_display_data' : 'display_data', { ...bundle, transient }, cell);
  }

  /** Errors of timers and forgotten promises belong to no reply: their cell prints them. */
  #reportLate(error: unknown): void {
    const { traceback } = report(error, this.executor.source);
    this.#streams.write('stderr', `${traceback.join('\n')}\n`);
  }

  #sendStream(name: StreamName, text: string, cell: Cell): void {
    this.#post('iopub', 'stream', { name, text }, parentOf(cell), [Buffer.from('stream')]);
  }

  #publish(type: string, content: Json, cell: Cell, buffers?: readonly Uint8Array[]): void {
    this.#streams.flush();
    this.#post('iopub', type, content, parentOf(cell), [Buffer.from(type)], buffers);
  }

  #status(state: 'busy' | 'idle', parent: Header): void {
    this.#streams.flush();
    this.#post('iopub', 'status', { execution_state: state }, parent, []);
  }

  #reply({ channel, message }: Request, type: string, content: ErrorReport | Json): void {
    this.#post(channel, type, content as Json, message.header, message.identities);
  }

  #post(
    channel: RequestChannel | 'iopub' | 'stdin',
    type: string,
    content: Json,
    parent: Header | null,
    identities: readonly Uint8Array[],
    buffers: readonly Uint8Array[] = []
  ): void {
    const message = { type, content: JSON.stringify(content), parent, identities, buffers };
    this.post({ kind: 'send', channel, message });
  }
}

/** Before the first cell there is no request whose output it could be. */
function parentOf(cell: Cell): Header | null {
  return cell.parent.msg_id === '' ? null : cell.parent;
}
