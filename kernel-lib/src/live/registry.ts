/** Figures that are alive in this process, by their ids, and the comms on which pages ask for them. */
import type { Figure } from '../figures/figure';
import { currentKernel, type Kernel } from '../host';
import { Budget } from './budget';
import { keep } from './listing';
import { Page } from './page';
import { TARGET, type Listed } from './protocol';

/** Something that a reader may have done. Throws TypeError or RangeError for arguments that do not fit. */
export type Command = (
  args: Readonly<Record<string, unknown>>
) => Promise<Record<string, unknown>> | Record<string, unknown>;

/** What a figure shows, as it goes on. */
export interface Subject {
  /** The figure as it is now. */
  figure(): Figure;
  /** Something cheap that is another value whenever the figure would be another one. */
  revision(): unknown;
  /** By their names in FORMAT.md. Default: none. */
  commands?: Readonly<Record<string, Command>>;
  /** How much of the time goes into its updates. Default: what all figures share that have none of their own, 2 %. */
  budget?: Budget;
}

/** What all that goes on in the thread of the notebook may cost together. */
const SHARED = new Budget(0.02);

/** Figures of which a kernel knows: of more, those that changed least lately only stay as they are stored. */
const MOST_FIGURES = 500;
/** Pages that are listened to; of more, the ones that were silent longest are gone, or open another comm. */
const MOST_PAGES = 20;

/** A subject among the live ones. */
export class LiveEntry {
  readonly id: string = uuid();
  /** Whether it may still change. */
  follows = true;
  #made: { revision: unknown; figure: Figure } | undefined;

  constructor(readonly subject: Subject) {}

  get budget(): Budget {
    return this.subject.budget ?? SHARED;
  }

  get commands(): string[] {
    return Object.keys(this.subject.commands ?? {});
  }

  /** Its payload, made anew only after a change. */
  payload(): Figure['payload'] {
    const revision = this.subject.revision();
    if (!this.#made || this.#made.revision !== revision) {
      this.#made = { revision, figure: this.subject.figure() };
    }
    return this.#made.figure.payload;
  }

  /** Its updates are over, or what it showed is: says so to all pages that look at it. */
  finish(commandsGoOn: boolean): void {
    this.follows = false;
    if (!commandsGoOn) {
      entries.delete(this.id);
    }
    for (const page of pages) {
      page.finish(this, commandsGoOn);
    }
    this.#made = undefined;
  }
}

const entries = new Map<string, LiveEntry>();
const pages = new Set<Page>();
const listening = new WeakSet<Kernel>();

/** The live figure of an id. */
export const entryOf = (id: string): LiveEntry | undefined => entries.get(id);

/**
 * Makes a figure one that pages may follow, until `finish`. Nothing happens before one does.
 * @returns `undefined` where no kernel carries updates
 */
export function followed(subject: Subject): LiveEntry | undefined {
  const kernel = currentKernel();
  if (!kernel?.registerTarget) {
    return undefined;
  }
  listen(kernel);
  const entry = new LiveEntry(subject);
  entries.set(entry.id, entry);
  if (entries.size > MOST_FIGURES) {
    const oldest =
      [...entries.values()].find(({ follows }) => !follows) ?? [...entries.values()][0];
    oldest.finish(false);
  }
  return entry;
}

/** Lets pages list a study or a run, without keeping it alive; nothing where no kernel carries the list. */
export function enlist<T extends object>(value: T, describe: (value: T) => Listed): void {
  const kernel = currentKernel();
  if (kernel?.registerTarget) {
    listen(kernel);
    keep(value, describe);
  }
}

function listen(kernel: Kernel): void {
  if (listening.has(kernel)) {
    return;
  }
  listening.add(kernel);
  kernel.registerTarget!(TARGET, (comm, message) => {
    if (pages.size >= MOST_PAGES) {
      [...pages].reduce((a, b) => (b.heard < a.heard ? b : a)).close();
    }
    const page = new Page(comm, entryOf, () => pages.delete(page));
    pages.add(page);
    page.take(message.data);
  });
}

function uuid(): string {
  return (globalThis as unknown as { crypto: { randomUUID(): string } }).crypto.randomUUID();
}
