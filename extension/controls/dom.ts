/** Elements of the controls. */
import { newElement } from '../dom';

/** An element of a class `jp-TunelabControls-…`. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  part: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] => newElement(tag, part && `jp-TunelabControls-${part}`, children);

export function button(text: string, press: () => void): HTMLButtonElement {
  const made = element('button', 'button', text);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** A button that stays down; `pressed` says how it stands. */
export function toggle(text: string, press: (pressed: boolean) => void): HTMLButtonElement {
  const made = button(text, () => press(made.getAttribute('aria-pressed') !== 'true'));
  made.setAttribute('aria-pressed', 'false');
  return made;
}

export interface IOption {
  value: string;
  label: string;
}

/** A list to choose from, with its label in front. */
export class Choice {
  readonly node: HTMLLabelElement;
  private readonly _select = element('select', 'select');
  private _options = '';

  constructor(label: string, choose: (value: string) => void) {
    this.node = element('label', 'field', element('span', 'label', label), this._select);
    // The label holds the options as well, which are no part of its name.
    this._select.setAttribute('aria-label', label);
    this._select.addEventListener('change', () => choose(this._select.value));
  }

  /** Shows options and which of them holds. A list that is open is left alone while its options stay. */
  show(options: readonly IOption[], value: string): void {
    const signature = JSON.stringify(options);
    if (signature !== this._options) {
      this._options = signature;
      this._select.replaceChildren(
        ...options.map(one => {
          const option = document.createElement('option');
          option.value = one.value;
          option.textContent = one.label;
          return option;
        })
      );
    }
    if (this._select.value !== value) this._select.value = value;
  }
}

/** A box to tick, with its label behind. */
export class Tick {
  readonly node: HTMLLabelElement;
  private readonly _input = element('input', 'tick');

  constructor(label: string, change: (ticked: boolean) => void) {
    this._input.type = 'checkbox';
    this.node = element('label', 'field', this._input, element('span', 'label', label));
    this._input.addEventListener('change', () => change(this._input.checked));
  }

  show(ticked: boolean): void {
    this._input.checked = ticked;
  }
}
