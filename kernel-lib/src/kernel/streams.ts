/** `console` and the process's output in cells: gathered, and sent as stream messages in order. */
import { StringDecoder } from 'node:string_decoder';

export type StreamName = 'stdout' | 'stderr';

/** Text waits at most this long while code computes without pause, so that progress can be seen. */
const SEND_AFTER_MS = 50;
/** And at most this many characters wait. */
const SEND_AFTER_LENGTH = 65_536;

/**
 * Gathers text: a message for each `console.log` would make a loop of prints slow. It is sent when
 * the code pauses, when another message must follow it, or when it has waited long enough.
 */
export class Streams<Owner> {
  #name: StreamName = 'stdout';
  #owner: Owner | undefined;
  #parts: string[] = [];
  #length = 0;
  #since = 0;
  #scheduled = false;

  constructor(
    private readonly send: (name: StreamName, text: string, owner: Owner) => void,
    /** Whose output it is: asked for each text, since the work of several cells can take turns. */
    private readonly owner: () => Owner
  ) {}

  write(name: StreamName, text: string): void {
    if (text === '') {
      return;
    }
    const owner = this.owner();
    if (name !== this.#name || owner !== this.#owner) {
      this.flush();
      this.#name = name;
      this.#owner = owner;
    }
    const now = performance.now();
    if (this.#length === 0) {
      this.#since = now;
    }
    this.#parts.push(text);
    this.#length += text.length;
    if (this.#length > SEND_AFTER_LENGTH || now - this.#since > SEND_AFTER_MS) {
      this.flush();
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.flush();
      });
    }
  }

  /** Sends what waits. Every other message calls this first. */
  flush(): void {
    if (this.#length > 0) {
      const text = this.#parts.join('');
      this.#parts = [];
      this.#length = 0;
      this.send(this.#name, text, this.#owner as Owner);
    }
  }

  /** Takes over `process.stdout` and `process.stderr`, through which `console` writes as well. */
  capture(): void {
    for (const name of ['stdout', 'stderr'] as const) {
      const decoder = new StringDecoder('utf8');
      const write = (
        chunk: string | Uint8Array,
        encoding?: BufferEncoding | Callback,
        callback?: Callback
      ): boolean => {
        const text =
          typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk as Uint8Array));
        this.write(name, text);
        const done = typeof encoding === 'function' ? encoding : callback;
        if (done) {
          process.nextTick(done);
        }
        return true;
      };
      process[name].write = write as typeof process.stdout.write;
    }
  }
}

type Callback = (error?: Error | null) => void;
