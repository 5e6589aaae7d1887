/** Elements of forms. */
import { newElement } from '../dom';

/** An element with a class of ours, attributes and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  part: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = newElement(tag, `jp-TunelabForm-${part}`, children);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  return made;
}

export function button(part: string, label: string, pressed?: () => void): HTMLButtonElement {
  const made = element('button', `button jp-TunelabForm-${part}`, { type: 'button' }, label);
  if (pressed) {
    made.addEventListener('click', pressed);
  } else {
    made.type = 'submit';
  }
  return made;
}

/** A form that calls `submitted` on its button and on Enter, and never leaves the page. */
export function formOf(part: string, submitted: () => void): HTMLFormElement {
  const made = element('form', part, { novalidate: '', autocomplete: 'off' });
  made.addEventListener('submit', event => {
    event.preventDefault();
    submitted();
  });
  // Said here, since the browser's own way from Enter over a click to `submit` does not arrive in every output area.
  made.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.isComposing) {
      event.preventDefault();
      submitted();
    }
  });
  return made;
}

let names = 0;
/** A name that no other element of the page has. */
export const freshName = (): string => `jp-tunelab-form-${++names}`;
