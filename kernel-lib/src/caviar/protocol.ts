/** What a trial's thread and the search say to each other. */
import type { Outcome } from '../study/objective';

/** Where a name inside an inline objective comes from: an export of a module, or all of it. */
export interface Origin {
  /** As one writes it behind `from`, or the path of a file. */
  module: string;
  /** The export's name, `default` among them; without it the whole module. */
  name?: string;
  /** The folder from which the module is looked for. */
  folder: string;
  /** As an ES module imports, as CommonJS requires, or as TypeScript's CommonJS and a notebook's cells import. */
  by: 'import' | 'require' | 'cell';
}

/** What a thread needs to have the objective. */
export type Portable =
  | { kind: 'module'; file: string }
  | {
      kind: 'source';
      source: string;
      /** What its free names are. */
      locals: Record<string, Origin>;
      /** What the properties of free names are, where those hold a cell's names. */
      holders: Record<string, Record<string, Origin>>;
      /** Names that every thread is expected to have. */
      globals: string[];
      folder: string;
    };

export interface ThreadData {
  objective: Portable;
  context: unknown;
  /** One number: the answer to a report. */
  verdict: SharedArrayBuffer;
}

/** Answers to a report, in the shared number. */
export const Verdict = { waiting: 0, goOn: 1, stop: 2 } as const;

export type ToThread =
  | {
      kind: 'run';
      id: number;
      config: unknown;
      seed: number;
      number: number;
      /** Whether each report waits for the pruner's answer. */
      waits: boolean;
    }
  | { kind: 'abort'; id: number; reason: string };

/** An error as it crosses between threads. */
export interface PlainError {
  name: string;
  message: string;
}

export type FromThread =
  | { kind: 'ready' }
  /** The objective cannot be loaded, here or in any other thread. */
  | { kind: 'unfit'; message: string }
  | { kind: 'report'; id: number; step: number; value: number }
  | { kind: 'done'; id: number; outcome: Outcome }
  | { kind: 'failed'; id: number; error: PlainError };
