/** A headed list of entries to choose from: buttons, which keyboard and screen readers know. */
import { newElement } from '../dom';

export interface IEntry {
  /** Tells it from others, and itself again after a change. */
  key: string;
  title: string;
  /** Said behind the title, one after the other. */
  details: readonly string[];
  /** Where it is, on a line of its own. */
  place?: string;
  /** Whether something goes on there. */
  isActive?: boolean;
  open: () => void;
}

interface IRow {
  node: HTMLLIElement;
  button: HTMLButtonElement;
  parts: readonly HTMLElement[];
  open: () => void;
}

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  part: string,
  children: readonly (Node | string)[] = []
): HTMLElementTagNameMap[Tag] => newElement(tag, `jp-TunelabStudies-${part}`, children);

export class EntryList {
  readonly node = make('section', 'section');
  private readonly _heading = make('h3', 'heading');
  private readonly _list = make('ul', 'list');
  private readonly _words = make('p', 'words');
  private _rows = new Map<string, IRow>();

  /** @param id of the heading in the page */
  constructor(heading: string, id: string) {
    this._heading.textContent = heading;
    this._heading.id = id;
    this._list.setAttribute('aria-labelledby', id);
    // Some readers take a list without marks for none.
    this._list.setAttribute('role', 'list');
    this.node.append(this._heading, this._list, this._words);
  }

  /** Shows entries, and below them a few words. What stays keeps its element, and so the focus. */
  show(entries: readonly IEntry[], words: string): void {
    const before = this._rows;
    this._rows = new Map(entries.map(one => [one.key, before.get(one.key) ?? this._row(one.key)]));
    let focusIsLost = false;
    for (const [key, { node }] of before) {
      if (!this._rows.has(key)) {
        focusIsLost ||= node.contains(document.activeElement);
        node.remove();
      }
    }
    entries.forEach((entry, i) => {
      const row = this._rows.get(entry.key)!;
      this._fill(row, entry);
      if (this._list.children[i] !== row.node) {
        this._list.insertBefore(row.node, this._list.children[i] ?? null);
      }
    });
    if (focusIsLost) {
      this._list.querySelector('button')?.focus();
    }
    this._list.hidden = entries.length === 0;
    this._words.textContent = words;
    this._words.hidden = words === '';
  }

  private _row(key: string): IRow {
    const parts = ['title', 'details', 'place'].map(part => make('span', part));
    const button = make('button', 'entry', parts);
    button.type = 'button';
    button.tabIndex = -1;
    button.addEventListener('click', () => this._rows.get(key)?.open());
    return { node: newElement('li', '', [button]), button, parts, open: () => undefined };
  }

  private _fill(row: IRow, { title, details, place = '', isActive, open }: IEntry): void {
    const texts = [title, details.join('\u00a0· '), place];
    row.parts.forEach((part, i) => {
      if (part.textContent !== texts[i]) part.textContent = texts[i];
    });
    row.button.dataset.active = String(isActive === true);
    row.open = open;
  }
}

/** Makes the buttons of an element one stop of the Tab key, between which the arrows go. */
export function rove(host: HTMLElement): void {
  const buttons = (): HTMLButtonElement[] => Array.from(host.querySelectorAll('button'));
  host.addEventListener('keydown', event => {
    const all = buttons();
    const at = all.indexOf(event.target as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }; // prettier-ignore
    const next = all[steps[event.key] ?? -1];
    if (at >= 0 && next) {
      event.preventDefault();
      next.focus();
    }
  });
  host.addEventListener('focusin', event => {
    buttons().forEach(button => (button.tabIndex = button === event.target ? 0 : -1));
  });
}

/** One of the buttons has to be in reach of the Tab key, whatever came and went. */
export function keepInReach(host: HTMLElement): void {
  const all = Array.from(host.querySelectorAll('button'));
  if (all.length > 0 && all.every(({ tabIndex }) => tabIndex < 0)) {
    all[0].tabIndex = 0;
  }
}
