/** Commands that wait for their replies. */
import type { ErrorCode, FromPage } from 'tunelab/dist/live/protocol';

export type CommandResult = Record<string, unknown>;

/** Why a command was not done. `lost`: nobody knows, for the kernel is gone or does not answer. */
export class CommandError extends Error {
  constructor(
    readonly code: ErrorCode | 'lost',
    message: string
  ) {
    super(message);
    this.name = 'CommandError';
  }
}

/** Milliseconds after which a command is said again; the kernel does a doubled one once. */
const AGAIN = 10_000;
const MOST_TRIES = 6;

interface IPending {
  id: string;
  resolve: (result: CommandResult) => void;
  reject: (error: CommandError) => void;
  timer?: ReturnType<typeof setTimeout>;
}

export class Commands {
  private readonly _pending = new Map<string, IPending>();
  private _next = 1;

  /** @param _lost what is said of a command without an answer */
  constructor(
    private readonly _send: (message: FromPage) => void,
    private readonly _lost: () => string
  ) {}

  run(id: string, name: string, args: object): Promise<CommandResult> {
    const request = String(this._next++);
    return new Promise((resolve, reject) => {
      const pending: IPending = { id, resolve, reject };
      const say = (tries: number): void => {
        this._send({ type: 'command', id, request, name, args });
        const again = (): void =>
          tries < MOST_TRIES ? say(tries + 1) : void this.refuse(request, 'lost', this._lost());
        pending.timer = setTimeout(again, AGAIN);
      };
      this._pending.set(request, pending);
      say(1);
    });
  }

  reply(request: string, result: CommandResult): void {
    this._take(request)?.resolve(result);
  }

  /** @returns whether such a command waited */
  refuse(request: string, code: CommandError['code'], message: string): boolean {
    const pending = this._take(request);
    pending?.reject(new CommandError(code, message));
    return pending !== undefined;
  }

  /** Nobody will answer: those of a figure, or all. */
  lose(id?: string): void {
    for (const [request, pending] of [...this._pending]) {
      if (id === undefined || pending.id === id) {
        this.refuse(request, 'lost', this._lost());
      }
    }
  }

  private _take(request: string): IPending | undefined {
    const pending = this._pending.get(request);
    clearTimeout(pending?.timer);
    this._pending.delete(request);
    return pending;
  }
}
