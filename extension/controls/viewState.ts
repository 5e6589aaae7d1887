/** How a reader looks at a table of trials, beside what its cell asked for: kept when updates come. */
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { FigurePayload, StudyPayload } from 'tunelab/dist/figures/format';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { altOf } from 'tunelab/dist/figures/study/alt';
import { quantityNames } from 'tunelab/dist/figures/study/quantity';
import { tableOf } from 'tunelab/dist/figures/study/store';
import type { StudyFigureName, TrialView } from 'tunelab/dist/figures/study/view';

export const isStudy = (payload: FigurePayload | null): payload is StudyPayload =>
  payload !== null && 'trials' in payload;

/** A field that is `undefined` is left to the figure's own default. */
type Changes = { [Field in keyof TrialView]?: TrialView[Field] | undefined };

export class ViewState {
  private readonly _changed = new Signal<this, void>(this);
  private _figure: StudyFigureName | null = null;
  private _changes: Changes = {};

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether it differs from what the cell asked for. */
  get isChanged(): boolean {
    return this._figure !== null || Object.keys(this._changes).length > 0;
  }

  /**
   * Changes the view, unless the figure could not be drawn then.
   * @throws RangeError with the sentence of the figure; the view stays as it was
   */
  change(payload: StudyPayload, changes: Changes, figure?: StudyFigureName): void {
    const before = [this._figure, this._changes] as const;
    this._figure = figure ?? this._figure;
    this._changes = { ...this._changes, ...changes };
    try {
      sceneOf(this.of(payload));
    } catch (error) {
      [this._figure, this._changes] = before;
      throw error;
    }
    this._changed.emit();
  }

  reset(): void {
    this._figure = null;
    this._changes = {};
    this._changed.emit();
  }

  /** The payload as the reader looks at it; the same object where nothing is changed. */
  of(payload: StudyPayload): StudyPayload {
    if (!this.isChanged) {
      return payload;
    }
    const table = tableOf(payload);
    const names = quantityNames(table);
    const figure = this._figure ?? payload.figure;
    const { names: columns, sort, ...own } = payload.view;
    const view = {
      ...own,
      // Columns of a table are no panels of another kind.
      ...(figure === payload.figure && { names: columns, sort }),
      ...this._changes
    };
    // An update may have other columns than the table that the reader chose from.
    const known = Object.entries(view).filter(
      ([field, value]) =>
        value !== undefined &&
        (!['x', 'y', 'color', 'size'].includes(field) ||
          value === '' ||
          names.includes(value as string))
    );
    const ranges = Object.entries(view.ranges ?? {}).filter(([name]) => names.includes(name));
    const shown: TrialView = { ...Object.fromEntries(known), ranges: Object.fromEntries(ranges) };
    return {
      ...payload,
      figure,
      view: shown,
      alt: altOf(figure, table, shown, payload.note)
    };
  }
}
