/** What stands in the output area when a figure or a form cannot be drawn. */
import type { TranslationBundle } from '@jupyterlab/translation';

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/**
 * A box with a title, the sentence of `error` and, when the output has one, the stored picture: a
 * figure of a newer version can still be looked at. Texts go in as text, never as markup.
 */
export function messageBox(
  error: unknown,
  png: unknown,
  trans: TranslationBundle,
  title = trans.__('This figure cannot be drawn')
): HTMLElement {
  const box = document.createElement('div');
  box.className = 'jp-RenderedTunelab-message';
  box.setAttribute('role', 'note');
  const add = (tag: string, part: string, text: string): void => {
    const element = document.createElement(tag);
    element.className = `jp-RenderedTunelab-${part}`;
    element.textContent = text;
    box.append(element);
  };
  add('p', 'messageTitle', title);
  add('p', 'messageText', error instanceof Error ? error.message : String(error));
  if (typeof png === 'string' && BASE64.test(png)) {
    add('p', 'messageText', trans.__('The picture stored with it:'));
    const picture = document.createElement('img');
    picture.className = 'jp-RenderedTunelab-picture';
    picture.alt = trans.__('The stored picture of the figure');
    picture.src = `data:image/png;base64,${png}`;
    box.append(picture);
  }
  return box;
}
