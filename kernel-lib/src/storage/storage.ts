import type { Operation, StoredOperation } from './operation';

/**
 * Where the operations of studies are kept, in one order that all who share it see. A study is a fold over them.
 * Answers of `sync`, `append` and `transact` follow each other without a gap or an overlap: fold each as it comes.
 */
export interface StudyStorage {
  /** Names it in messages: the file's path. */
  readonly name: string;
  /** Who writes here: stands as `workerId` in the operations of this storage. */
  readonly workerId: string;
  /** What anyone wrote since the last answer, in its order. */
  sync(): Promise<readonly StoredOperation[]>;
  /**
   * Writes after whatever others wrote. Durable once resolved; all or nothing if it rejects.
   * @returns like `sync`, with these operations as the last ones
   */
  append(operations: readonly Operation[]): Promise<readonly StoredOperation[]>;
  /**
   * Writes what `decide` answers, with nobody writing in between: for decisions that two must not take, such as
   * queueing the trial of a dead worker again.
   *
   * @param decide receives what is new, to be folded at once, and answers what to write; it may answer nothing
   * @returns what was written; what `decide` had received is not repeated
   */
  transact(
    decide: (news: readonly StoredOperation[]) => readonly Operation[]
  ): Promise<readonly StoredOperation[]>;
  /** Whether a worker that wrote here is known to have ended: its running trials will never be told. */
  isDead(workerId: string): boolean;
  /** Finishes what is under way and lets the file go. */
  close(): Promise<void>;
}
