import type { Trial } from '../trials/trial';
import type { Ending } from './objective';

/** A trial that is to run: a waiting one by its number, or a new one. */
export interface Beginning<Config> {
  number: number;
  config: Config;
  /**
   * Place of its point in the sampler's sequence; `undefined` if the sampler was not asked.
   */
  place: number | undefined;
}

/** A trial that comes from elsewhere: it waits for its turn, or finished in another study. */
export interface Entry<Config> {
  state: 'waiting' | 'complete' | 'pruned' | 'failed';
  config: Config;
  value?: number | null;
  values?: readonly number[];
  reports?: Trial['reports'];
  attributes?: Readonly<Record<string, unknown>>;
  error?: string;
  retryOf?: number;
  origin?: Trial['origin'];
}

/** What can be written down about a study or a trial. */
export interface Notes {
  /** Named values of any JSON, added to those that are there; of a trial only until it ends. */
  attributes?: Readonly<Record<string, unknown>>;
  /** A text; empty to take it away. */
  note?: string;
  /** Replace those that are there. */
  tags?: readonly string[];
}

/** Where a study's records are changed: at once in memory, or by way of a storage that others write to as well. */
export interface Ledger<Config> {
  /** Takes up what others wrote. */
  refresh(): Promise<void>;
  /** Begins a trial. `decide` sees everything that was written, and nobody writes before its answer is kept. */
  begin(decide: () => Beginning<Config> | undefined): Promise<Trial<Config> | undefined>;
  /** Ends a running trial. */
  finish(number: number, ending: Ending): Promise<Trial<Config>>;
  /** Records a value on the way, in the book at once. @returns the trial with it. */
  report(number: number, step: number, value: number): Trial<Config>;
  /** Adds trials that come from elsewhere, all or none. */
  enter(entries: readonly Entry<Config>[]): Promise<Trial<Config>[]>;
  /** Writes down notes about the study, or about a trial. */
  annotate(number: number | undefined, notes: Notes): Promise<void>;
  /** Writes what is still under way, and lets the storage go. */
  close(): Promise<void>;
}
