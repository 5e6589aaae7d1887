import type { Operation, StoredOperation } from './operation';

/** A worker on another machine with running trials writes something at least this often, in milliseconds. */
export const HEARTBEAT = 10_000;
/** When nothing of it was read for so long, it counts as ended. An objective may compute for a while without pause. */
export const SILENCE = 300_000;

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
   * Writes after whatever others wrote: all or nothing if it rejects.
   *
   * @param options `durable`: once resolved, the operations outlive a power failure, for which the disk is waited
   *   for. With `false` they outlive this process, whatever ends it, and everybody sees them; what is written
   *   durably after them takes them along. Right for a trial's beginning and its reports. Default: `true`.
   * @returns like `sync`, with these operations as the last ones
   */
  append(
    operations: readonly Operation[],
    options?: { durable?: boolean }
  ): Promise<readonly StoredOperation[]>;
  /**
   * Writes what `decide` answers, with nobody writing in between: for decisions that two must not take, such as
   * queueing the trial of a dead worker again.
   *
   * @param decide receives what is new, to be folded at once, and answers what to write; it may answer nothing
   * @param options `durable` as in `append`; `meanwhile` receives what others write while this waits for its turn, so
   *   that less is left for `decide`, which keeps them waiting
   * @returns what was written; what `meanwhile` and `decide` had received is not repeated
   */
  transact(
    decide: (news: readonly StoredOperation[]) => readonly Operation[],
    options?: { durable?: boolean; meanwhile?: (news: readonly StoredOperation[]) => void }
  ): Promise<readonly StoredOperation[]>;
  /**
   * Whether a worker that wrote here is known to have ended: its running trials will never be told. On this machine
   * that is seen at once; one elsewhere counts as ended when nothing that it wrote was read for five minutes, and
   * writes signs of life while it has running trials. Of a worker in Python nothing is known.
   */
  isDead(workerId: string): boolean;
  /** Finishes what is under way and lets the file go. */
  close(): Promise<void>;
}
