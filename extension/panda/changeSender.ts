/** Changes on their way to a run: of each thing the newest value, and one command at a time. */

/** Milliseconds from one command to the next: far from the hundred a second that a kernel takes, and soon enough. */
const GAP = 40;
/** Milliseconds in which an update that was made before a change may still come. */
const LATE = 1500;

type Changes = Readonly<Record<string, number>>;

export class ChangeSender {
  private _waiting = new Map<string, number>();
  private _underWay = new Map<string, number>();
  private readonly _done = new Map<string, { value: number; until: number }>();
  private _isSending = false;

  /**
   * @param _send rejects if it is refused
   * @param _refused what could not be changed is as it was
   */
  constructor(
    private readonly _send: (changes: Changes) => Promise<unknown>,
    private readonly _refused: (error: unknown) => void
  ) {}

  /** Changes one thing as soon as may be; a value of it that waits is forgotten. */
  put(name: string, value: number): void {
    this._waiting.set(name, value);
    if (!this._isSending) {
      this._isSending = true;
      void this._sendAll();
    }
  }

  /** Whether a value that an update says is older than what the reader chose. */
  isOld(name: string, value: number): boolean {
    if (this._waiting.has(name) || this._underWay.has(name)) return true;
    const done = this._done.get(name);
    if (!done) return false;
    if (done.value !== value && performance.now() < done.until) return true;
    this._done.delete(name);
    return false;
  }

  /** Nothing that waits is sent any more. */
  clear(): void {
    this._waiting.clear();
  }

  private async _sendAll(): Promise<void> {
    while (this._waiting.size > 0) {
      const began = performance.now();
      this._underWay = this._waiting;
      this._waiting = new Map();
      const sent = [...this._underWay];
      try {
        await this._send(Object.fromEntries(sent));
        const until = performance.now() + LATE;
        sent.forEach(([name, value]) => this._done.set(name, { value, until }));
        this._underWay = new Map();
      } catch (error) {
        this._underWay = new Map();
        this._refused(error);
      }
      const rest = began + GAP - performance.now();
      if (this._waiting.size > 0 && rest > 0) {
        await new Promise(resolve => setTimeout(resolve, rest));
      }
    }
    this._isSending = false;
  }
}
