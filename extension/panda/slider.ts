/** A number to turn: a slider, and the number itself beside it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { describeValue } from 'tunelab/dist/figures/positions';
import type { SteerControl } from 'tunelab/dist/figures/format';
import { element } from '../controls/dom';
import { placeOf, trackOf, valueAt } from './places';

export class Slider {
  readonly node: HTMLElement;
  private readonly _label = element('span', 'label');
  private readonly _range = element('input', 'slide');
  private readonly _number = element('input', 'number');
  private _isTyped = false;

  /**
   * @param change called with what a reader chose
   * @param wrong called with a text that is no number
   */
  constructor(
    private readonly _trans: TranslationBundle,
    private _control: SteerControl,
    change: (value: number) => void,
    wrong: (text: string) => void
  ) {
    this._range.type = 'range';
    this._range.addEventListener('input', () => {
      const value = valueAt(this._control, Number(this._range.value));
      this._say(value);
      change(value);
    });
    this._number.type = 'text';
    this._number.inputMode = 'decimal';
    this._number.addEventListener('input', () => (this._isTyped = true));
    const read = (): void => {
      if (!this._isTyped) return;
      this._isTyped = false;
      const text = this._number.value.trim();
      const value = text === '' ? NaN : Number(text.replace(',', '.'));
      this._number.setAttribute('aria-invalid', String(!Number.isFinite(value)));
      if (Number.isFinite(value)) {
        this._turn(value);
        change(value);
      } else {
        wrong(text);
      }
    };
    this._number.addEventListener('change', read);
    // The browser's own way from Enter to `change` does not arrive in every output area.
    this._number.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.isComposing) read();
    });
    const label = element('label', 'slideLabel', this._label, this._range);
    this.node = element('div', 'slider', label, this._number);
    this.show(_control);
  }

  /** Shows how it stands; a number that is being typed stays. */
  show(control: SteerControl): void {
    this._control = control;
    const { axis, value } = control;
    if (this._label.textContent !== axis.label) {
      this._label.textContent = axis.label;
      this._number.setAttribute('aria-label', this._trans.__('%1 as a number', axis.label));
    }
    for (const [name, end] of Object.entries(trackOf(control))) {
      // Set only when they differ: each setting moves the value to the nearest step anew.
      if (this._range.getAttribute(name) !== String(end)) {
        this._range.setAttribute(name, String(end));
      }
    }
    this._turn(value);
    if (!this._isTyped) this._say(value);
  }

  private _turn(value: number): void {
    const place = String(placeOf(this._control, value));
    if (this._range.value !== place) this._range.value = place;
    this._range.setAttribute('aria-valuetext', describeValue(this._control.axis, value));
  }

  private _say(value: number): void {
    this._number.value = String(Number(value.toPrecision(12)));
    this._number.setAttribute('aria-invalid', 'false');
    this._range.setAttribute('aria-valuetext', describeValue(this._control.axis, value));
  }
}
