/**
 * A journal as it is read so far: its studies, as tables that figures are made of. What it needs of the library comes
 * as a chunk of its own, with the first journal that is opened.
 */
import { tableOfStudy } from 'tunelab/dist/figures/study/fromStudy';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { StoredOperation } from 'tunelab/dist/storage/operation';
import { StoredViews } from 'tunelab/dist/study/storedView';
import type { ISource } from './source';
import { Tail } from './tail';
import type { ITailReader } from './tail';

export class Reading implements ITailReader {
  readonly tail: Tail;
  private _studies = new StoredViews();
  private _restarts = 0;

  /** @param _progress called while a long file is read */
  constructor(
    source: ISource,
    private readonly _progress: (bytes: number, size: number | undefined) => void
  ) {
    this.tail = new Tail(source, this);
  }

  /** How many times the file turned out to be another one. */
  get restarts(): number {
    return this._restarts;
  }

  get names(): string[] {
    return this._studies.studies.map(({ name }) => name);
  }

  /** The trials of a study as they are now. @throws RangeError with a sentence if a later version wrote it. */
  table(name: string): TrialTable | null {
    const study = this._studies.studies.find(one => one.name === name);
    return study ? tableOfStudy(study) : null;
  }

  restart(): void {
    this._studies = new StoredViews();
    this._restarts++;
  }

  take(operations: readonly StoredOperation[]): void {
    this._studies.fold(operations);
  }

  progress(bytes: number, size: number | undefined): void {
    this._progress(bytes, size);
  }
}
