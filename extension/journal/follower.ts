/** Looks after a file again and again: soon while it changes, seldom while it rests, never while nobody looks. */
import type { IDisposable } from '@lumino/disposable';

/** Milliseconds from the beginning of one look to the next. */
const SOON = 250;
const SELDOM = 2000;
/** For so long after its last change a file counts as one that changes. */
const RESTLESS = 60_000;

export class Follower implements IDisposable {
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _looking = false;
  private _changed = performance.now();
  private _isDisposed = false;

  /**
   * @param _look answers whether something has changed, `null` where nothing could be read; never rejects
   * @param _isSeen whether anybody looks at what is followed
   */
  constructor(
    private readonly _look: () => Promise<boolean | null>,
    private readonly _isSeen: () => boolean
  ) {
    document.addEventListener('visibilitychange', this.wake);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Looks now, if anybody sees it: it came into sight, or something has happened. */
  readonly wake = (): void => {
    clearTimeout(this._timer);
    if (!this._looking && !this._isDisposed && this._isSeen() && !document.hidden) {
      void this._once();
    }
  };

  dispose(): void {
    this._isDisposed = true;
    clearTimeout(this._timer);
    document.removeEventListener('visibilitychange', this.wake);
  }

  private async _once(): Promise<void> {
    this._looking = true;
    const began = performance.now();
    const found = await this._look();
    const now = performance.now();
    if (found) {
      this._changed = now;
    }
    this._looking = false;
    if (!this._isDisposed) {
      const took = now - began;
      // A server that is slow to answer is asked less.
      const rests = found === null || now - this._changed > RESTLESS;
      const gap = rests ? SELDOM : Math.max(SOON - took, took);
      this._timer = setTimeout(this.wake, Math.min(SELDOM, gap));
    }
  }
}
