import { now, nodeProcess } from '../../host';
import { lifeOf, readWorkerId, workerIdOf, type Identity } from './identity';
import { codeOf, files, paths } from './node';
import { pause } from './pause';

/** How patient a lock is, in milliseconds. */
export interface Patience {
  /** When a holder of whom nothing is known counts as ended: the journal has not changed for so long. */
  readonly stale: number;
  /** When it says for the first time, and then again each time, that it waits. */
  readonly notice: number;
}
export const PATIENCE: Patience = { stale: 30_000, notice: 10_000 };

/** Ends the name of a lock that is being removed. */
const ASIDE = '.rename';
/** Asking after a process costs more than trying again: a holder that stays so long is asked after. */
const BETWEEN_LOOKS = 100;
const NONE = -1;

/**
 * The lock of a journal, understood by Optuna: a symbolic link `<journal>.lock` that points to the journal, made by
 * whoever writes and moved away when it is done. Optuna waits 30 s for a holder that was killed. Ours is known: each
 * process has such a link under a name that says whose it is, and locking gives it a second name. That is one step,
 * and as fast as making a link, for which some file systems need milliseconds if its target is long.
 *
 * Where no such second names can be given, a link is made each time, as Optuna does; where no links, as on Windows,
 * a file.
 */
export class JournalLock {
  readonly #journal: string;
  readonly #path: string;
  readonly #own: string;
  readonly #patience: Patience;
  /** What tells our link from others if it can be given a second name, or else -1; `undefined` until it is made. */
  #link: number | undefined;
  #held: number | undefined;

  /** @param journal its absolute path: a relative target would be looked for beside the lock */
  constructor(journal: string, identity: Identity, patience: Patience = PATIENCE) {
    this.#journal = journal;
    this.#path = `${journal}.lock`;
    this.#own = `${this.#path}-${workerIdOf(identity)}`;
    this.#patience = patience;
  }

  /**
   * Waits until the lock is ours.
   * @param meanwhile done after each look at a lock that is held
   * @throws Error of the system if no lock can be made there; whatever `meanwhile` throws.
   */
  async acquire(meanwhile: () => Promise<void>): Promise<void> {
    this.#link ??= this.#prepare();
    let seen = -1;
    let changed = -1;
    let since = now();
    let looked = since;
    let noticed = since;
    const began = since;
    while (!this.#make()) {
      await meanwhile();
      const inode = inodeOf(this.#path) ?? -1;
      const change = this.#changed();
      if (inode !== seen || change !== changed) {
        [seen, changed] = [inode, change];
        since = now();
      }
      const silent = now() - since > this.#patience.stale;
      const said = now() - noticed > this.#patience.notice;
      if (silent || said || now() - Math.max(since, looked) >= BETWEEN_LOOKS) {
        looked = now();
        const holder = this.#holder(inode);
        const life = holder ? lifeOf(holder) : 'unknown';
        if (life === 'ended' || (life === 'unknown' && silent)) {
          this.#breakOff(inode);
          since = now();
          continue;
        }
        if (said) {
          noticed = now();
          console.warn(waiting(this.#journal, this.#path, life === 'alive' ? holder : undefined));
        }
      }
      await pause(now() - began, () => inodeOf(this.#path) === undefined);
    }
  }

  /** Whether the lock is still ours: somebody may have taken it for left over while this process was stopped. */
  get isHeld(): boolean {
    return this.#held !== undefined && inodeOf(this.#path) === this.#held;
  }

  release(): void {
    if (this.isHeld) {
      unlink(this.#path);
    }
    this.#held = undefined;
  }

  /** Takes away what this process needed for locking. */
  close(): void {
    unlink(this.#own);
    leftOver.delete(this.#own);
  }

  /** Makes our link, and removes those of processes that have ended. */
  #prepare(): number {
    const fs = files();
    const beginning = `${paths().basename(this.#path)}-`;
    const folder = paths().dirname(this.#path);
    for (const name of fs.readdirSync(folder).filter(each => each.startsWith(beginning))) {
      const identity = readWorkerId(name.slice(beginning.length).replace(ASIDE, ''));
      // One that is also the lock is needed to tell whose lock it is.
      const path = paths().join(folder, name);
      if (identity && lifeOf(identity) === 'ended' && inodeOf(path) !== inodeOf(this.#path)) {
        unlink(path);
      }
    }
    const probe = `${this.#own}.probe`;
    make(this.#journal, this.#own);
    removeAtExit(this.#own);
    try {
      fs.linkSync(this.#own, probe);
      const own = inodeOf(this.#own)!;
      return inodeOf(probe) === own ? own : NONE;
    } catch {
      return NONE;
    } finally {
      unlink(probe);
    }
  }

  #make(): boolean {
    try {
      if (this.#link === NONE) {
        make(this.#journal, this.#path);
      } else {
        files().linkSync(this.#own, this.#path);
      }
    } catch (error) {
      if (codeOf(error) === 'EEXIST') {
        return false;
      }
      if (codeOf(error) === 'ENOENT' && inodeOf(this.#own) === undefined) {
        // Somebody tidied up.
        make(this.#journal, this.#own);
        this.#link = inodeOf(this.#own);
        return this.#make();
      }
      throw error;
    }
    this.#held = this.#link === NONE ? inodeOf(this.#path) : this.#link;
    return true;
  }

  /** When the lock's target was last written, or a lock that is a file was made; -1 if it leads nowhere. */
  #changed(): number {
    try {
      return files().statSync(this.#path).mtimeMs;
    } catch {
      return -1;
    }
  }

  /** Whose link it is that has the lock's name as well; `undefined` if that of nobody who is known. */
  #holder(inode: number): Identity | undefined {
    const { basename, dirname, join } = paths();
    const beginning = `${basename(this.#path)}-`;
    const folder = dirname(this.#path);
    const name = files()
      .readdirSync(folder)
      .find(each => each.startsWith(beginning) && inodeOf(join(folder, each)) === inode);
    return name === undefined
      ? undefined
      : readWorkerId(name.slice(beginning.length).replace(ASIDE, ''));
  }

  /** Moved away first, as Optuna does: of several who find it left over, one succeeds. */
  #breakOff(inode: number): void {
    if (inodeOf(this.#path) !== inode) {
      return;
    }
    const fs = files();
    const aside = this.#own + ASIDE;
    try {
      fs.renameSync(this.#path, aside);
    } catch {
      return;
    }
    if (inodeOf(aside) !== inode) {
      try {
        // Another one broke it off between our look and our step, and a third had it: it gets it back.
        fs.linkSync(aside, this.#path);
      } catch {
        // A fourth has it, and the third will see that before it writes.
      }
    }
    unlink(aside);
  }
}

/** Makes a link to the journal, or a file where there are none. */
function make(journal: string, path: string): void {
  try {
    files().symlinkSync(journal, path);
  } catch (error) {
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'].includes(codeOf(error))) {
      throw error;
    }
    files().closeSync(files().openSync(path, 'wx'));
  }
}

/** What tells one link from another, whatever it points to. */
function inodeOf(path: string): number | undefined {
  try {
    return files().lstatSync(path, { throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}

function unlink(path: string): void {
  try {
    files().unlinkSync(path);
  } catch {
    // It is gone already.
  }
}

const leftOver = new Set<string>();
let listening = false;

/** Few programs close what they open. What a killed one leaves is removed by the next. */
function removeAtExit(path: string): void {
  if (!listening) {
    listening = true;
    nodeProcess()?.once?.('exit', () => leftOver.forEach(unlink));
  }
  leftOver.add(path);
}

const waiting = (journal: string, lock: string, holder: Identity | undefined) =>
  `${journal}: waiting for the lock ${lock}, held by ${
    holder
      ? `process ${holder.pid} of this machine, which is running`
      : 'a process of which nothing is known'
  }.`;
