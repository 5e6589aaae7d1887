/** The place under an answer that says whether it is right: a live region, so that it is read aloud. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { element } from './dom';
import type { MarkdownTexts } from './markdown';

export class Verdict {
  /** Stands in the page from the start: a region that comes with its text is not read. */
  readonly node = element('div', 'verdict', { role: 'status' });

  constructor(
    private readonly _texts: MarkdownTexts,
    private readonly _trans: TranslationBundle
  ) {}

  /** Right or wrong, in words and colour, with what explains it. */
  show(right: boolean, ...explanations: readonly string[]): void {
    const words = right ? this._trans.__('Right.') : this._trans.__('Not right.');
    this._begin(right ? 'right' : 'wrong', words);
    for (const text of explanations) {
      const place = element('div', 'text');
      this.node.append(place);
      this._texts.write(place, text);
    }
  }

  /** A sentence that judges nothing. */
  say(words: string): void {
    this._begin('note', words);
  }

  clear(): void {
    this._texts.clear(this.node);
    delete this.node.dataset.verdict;
  }

  private _begin(verdict: 'right' | 'wrong' | 'note', words: string): void {
    this.clear();
    this.node.dataset.verdict = verdict;
    this.node.append(element('p', 'verdictWords', {}, words));
  }
}
