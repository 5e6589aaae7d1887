import '../domGaps';
import { nullTranslator } from '@jupyterlab/translation';
import { Tour } from '../../../extension/lectures/tour';

const trans = nullTranslator.load('jupyterlab_tunelab');
const shown = (): HTMLElement | null => document.querySelector('.jp-TunelabTour');
const press = (name: string): void =>
  Array.from(shown()!.querySelectorAll('button'))
    .find(({ textContent }) => textContent === name)!
    .click();

describe('the tour', () => {
  afterEach(() => document.body.replaceChildren());

  it('goes through three steps and back, with the focus on the way forward', () => {
    const ended = jest.fn();
    new Tour(trans, ended);
    expect(document.activeElement?.textContent).toBe('Next');
    press('Next');
    press('Next');
    expect(shown()?.textContent).toContain('3 of 3');
    press('Back');
    expect(shown()?.textContent).toContain('2 of 3');
    press('Next');
    expect(document.activeElement?.textContent).toBe('Done');
    press('Done');
    expect([shown(), ended.mock.calls.length]).toEqual([null, 1]);
  });

  it('ends by Skip and by Escape, once, and gives the focus back', () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    const ended = jest.fn();
    const tour = new Tour(trans, ended);
    document.activeElement!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
    );
    tour.end();
    expect([shown(), ended.mock.calls.length, document.activeElement]).toEqual([null, 1, field]);
    new Tour(trans, ended);
    press('Skip');
    expect([shown(), ended.mock.calls.length]).toEqual([null, 2]);
  });

  it('is a dialog with a name and a description, whose keys are its own', () => {
    const tour = new Tour(trans, jest.fn());
    const node = shown()!;
    const named = (attribute: string): string | null | undefined =>
      document.getElementById(node.getAttribute(attribute)!)?.textContent;
    expect(node.getAttribute('role')).toBe('dialog');
    expect(named('aria-labelledby')).toBe('Figures answer');
    expect(named('aria-describedby')).toContain('Hover over a trial');
    expect(node.querySelectorAll('button:not([data-lm-suppress-shortcuts])')).toHaveLength(0);
    tour.end();
  });
});
