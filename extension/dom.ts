/** Elements of the page, plain ones, so that keyboard and screen readers know them. Texts go in as text, never as markup. */

const FOCUSABLE: readonly string[] = ['button', 'input', 'select', 'textarea'];

/** An element with classes and children. */
export function newElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  children: readonly (Node | string)[] = []
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (FOCUSABLE.includes(tag)) {
    // On what has the focus itself: JupyterLab asks it before what is around it. Else the arrows that move among
    // options would move among cells, and two d would delete one.
    made.dataset.lmSuppressShortcuts = 'true';
  }
  made.append(...children);
  return made;
}
