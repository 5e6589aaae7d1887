import { now, SLICE } from '../../host';
import { files } from './node';

/**
 * A disk that needed less than so many milliseconds the last time is waited for where we stand. Another thread that
 * waits, and comes back, takes a tenth of a millisecond, half of what a good disk takes itself; and longer where several
 * processes are busy, whose syncs then take some milliseconds each.
 */
const QUICK = 5;

/** Waits until a disk has stored what was written. What of a file's metadata nobody needs to read it, it leaves out. */
export class Disk {
  #last = Infinity;
  #turned = 0;

  /** @throws Error of the system if it cannot be stored. */
  async store(fd: number): Promise<void> {
    const began = now();
    // Timers and interrupts get through, however fast the disk is.
    if (this.#last < QUICK && began - this.#turned < SLICE) {
      files().fdatasyncSync(fd);
      this.#last = now() - began;
      return;
    }
    await new Promise<void>((resolve, reject) =>
      files().fdatasync(fd, error => (error ? reject(error) : resolve()))
    );
    this.#turned = now();
    this.#last = this.#turned - began;
  }
}
