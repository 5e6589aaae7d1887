import { Feed, readRate } from './feed';
import { ListFeed } from './listFeed';
import {
  LIST_ID,
  LONGEST_NAME,
  MOST_REQUESTS,
  PROTOCOL,
  REMEMBERED,
  type ErrorCode,
  type FromKernel
} from './protocol';
import type { LiveEntry } from './registry';
import { now, type Comm } from '../host';

/** Thrown by a command that cannot be done at the moment, or is none at all; what others throw is about its arguments. */
export class CommandRefused extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string
  ) {
    super(message);
    this.name = 'CommandRefused';
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME;
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);

/** A page that looks at figures of this kernel, on one comm. Whatever it says may come from anywhere. */
export class Page {
  /** When it last said something, in milliseconds since some moment. */
  heard = now();
  readonly #feeds = new Map<string, Feed>();
  readonly #list = new ListFeed(message => this.#send(message));
  /** Answers by request, the newest last; a promise while the command runs. */
  readonly #answers = new Map<string, FromKernel | undefined>();
  #second = 0;
  #requests = 0;

  constructor(
    private readonly comm: Comm,
    private readonly find: (id: string) => LiveEntry | undefined,
    private readonly gone: () => void
  ) {
    comm.onMessage = message => this.take(message.data);
    comm.onClose = () => this.#forget();
  }

  /** Takes one message; what is no message of the protocol is left aside. */
  take(data: unknown): void {
    this.heard = now();
    if (!isRecord(data) || !isName(data.id)) {
      return;
    }
    const { type, id } = data;
    if (type === 'ack') {
      if (isNumber(data.seq)) {
        this.#feeds.get(id)?.acknowledge(data.seq);
      }
    } else if (type === 'close') {
      this.#drop(id);
    } else if (type === 'open' || type === 'list' || type === 'command') {
      if (this.#isBusy(id)) {
        return;
      }
      if (type === 'open') {
        this.#open(id, data);
      } else if (type === 'list') {
        this.#listFor(data);
      } else {
        this.#command(id, data);
      }
    }
  }

  /** A figure changes no more, and takes commands or does not. */
  finish(entry: LiveEntry, commandsGoOn: boolean): void {
    const feed = this.#feeds.get(entry.id);
    if (!feed) {
      return;
    }
    feed.finish();
    if (commandsGoOn) {
      this.#ready(feed);
    } else {
      this.#feeds.delete(entry.id);
      this.#send({ type: 'close', id: entry.id, reason: 'done' });
    }
  }

  close(): void {
    this.#forget();
    this.comm.close();
  }

  #forget(): void {
    for (const id of [LIST_ID, ...this.#feeds.keys()]) {
      this.#drop(id);
    }
    this.#answers.clear();
    this.gone();
  }

  #drop(id: string): void {
    if (id === LIST_ID) {
      this.#list.close();
    }
    this.#feeds.get(id)?.close();
    this.#feeds.delete(id);
  }

  #send(message: FromKernel, buffers: Uint8Array[] = []): void {
    this.comm.send(message as unknown as Record<string, unknown>, buffers);
  }

  #error(code: ErrorCode, message: string, id: string, request?: string): FromKernel {
    return { type: 'error', id, ...(request !== undefined && { request }), code, message };
  }

  /** Whether there were more requests in this second than are taken; says so once. */
  #isBusy(id: string): boolean {
    const second = Math.floor(now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#requests = 0;
    }
    this.#requests++;
    if (this.#requests === MOST_REQUESTS + 1) {
      this.#send(this.#error('busy', `At most ${MOST_REQUESTS} requests a second are taken.`, id));
    }
    return this.#requests > MOST_REQUESTS;
  }

  #ready({ entry, seq }: Feed): void {
    const { id, commands, follows } = entry;
    this.#send({ type: 'ready', protocol: PROTOCOL, id, seq, commands, follows });
  }

  /** Says so to a page of another version. */
  #understands(id: string, protocol: unknown): boolean {
    if (protocol !== PROTOCOL) {
      const rule = `This kernel speaks version ${PROTOCOL} of the protocol.`;
      this.#send(this.#error('protocol', `${rule}\nReload the page, or update jupyterlab-tunelab.`, id)); // prettier-ignore
    }
    return protocol === PROTOCOL;
  }

  #listFor({ protocol, have }: Fields): void {
    if (this.#understands(LIST_ID, protocol)) {
      this.#list.open(have);
    }
  }

  #open(id: string, { protocol, have, rate }: Fields): void {
    if (!this.#understands(id, protocol)) {
      return;
    }
    const entry = this.find(id);
    if (!entry) {
      const rule = 'This kernel knows no such figure: an earlier kernel showed it, or its study is gone.'; // prettier-ignore
      this.#send(this.#error('unknownFigure', `${rule}\nRun its cell again.`, id));
      return;
    }
    const wanted = readRate(rate);
    const feed =
      this.#feeds.get(id) ??
      new Feed(entry, (message, buffers) => this.#send(message, buffers), wanted);
    this.#feeds.set(id, feed);
    this.#ready(feed);
    feed.open(isNumber(have) ? have : undefined, wanted);
  }

  #command(id: string, { request, name, args }: Fields): void {
    if (!isName(request)) {
      return;
    }
    if (this.#answers.has(request)) {
      const answer = this.#answers.get(request);
      if (answer) {
        this.#send(answer);
      }
      return;
    }
    this.#answers.set(request, undefined);
    for (const old of this.#answers.keys()) {
      if (this.#answers.size <= REMEMBERED) break;
      this.#answers.delete(old);
    }
    void this.#run(id, request, name, args).then(answer => {
      if (this.#answers.has(request)) {
        this.#answers.set(request, answer);
      }
      this.#send(answer);
    });
  }

  async #run(id: string, request: string, name: unknown, args: unknown): Promise<FromKernel> {
    const entry = this.find(id);
    const refuse = (code: ErrorCode, message: string) => this.#error(code, message, id, request);
    if (!entry) {
      return refuse('unknownFigure', 'This kernel knows no such figure.\nRun its cell again.');
    }
    const commands = entry.subject.commands ?? {};
    if (!isName(name) || !Object.hasOwn(commands, name)) {
      const known = entry.commands.join(', ') || 'none';
      return refuse('unknownCommand', `Commands of this figure are: ${known}.`);
    }
    if (!isRecord(args)) {
      return refuse('badArguments', `${name}: \`args\` must be an object.`);
    }
    try {
      return { type: 'reply', id, request, result: await commands[name](args) };
    } catch (error) {
      const { message } = error instanceof Error ? error : new Error(String(error));
      if (error instanceof CommandRefused) {
        return refuse(error.code, message);
      }
      const about = error instanceof RangeError || error instanceof TypeError;
      return refuse(about ? 'badArguments' : 'failed', message);
    }
  }
}
