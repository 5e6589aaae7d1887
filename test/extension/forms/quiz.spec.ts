import { EXERCISE, QUIZ, settled, shown } from './fixtures';
import { keyOf } from '../../../extension/forms/answers';
import { modelOf } from '../fixtures';

const inputs = (form: Awaited<ReturnType<typeof shown>>): HTMLInputElement[] =>
  form.all<HTMLInputElement>('input');

describe('a quiz in an output area', () => {
  afterEach(() => document.body.replaceChildren());

  it('is a group of fieldsets with legends and labelled options, named by its title', async () => {
    const { renderer, all } = await shown(QUIZ);
    const title = document.getElementById(renderer.node.getAttribute('aria-labelledby')!);
    expect([renderer.node.getAttribute('role'), title?.textContent]).toEqual(['group', 'Softmax']);
    expect(all('fieldset > legend').map(({ textContent }) => textContent)).toEqual([
      '1. What do the outputs add up to?',
      '2. What is true?All that apply.'
    ]);
    const [first, second] = all('fieldset');
    expect(first.querySelectorAll('label > input[type="radio"]')).toHaveLength(3);
    expect(second.querySelectorAll('label > input[type="checkbox"]')).toHaveLength(3);
    expect(first.querySelector('em')?.textContent).toBe('add up to');
  });

  it('says right or wrong in words, with the explanation, in a live region that was there before', async () => {
    const form = await shown(QUIZ);
    const [place] = form.all('.jp-TunelabForm-verdict');
    expect([place.getAttribute('role'), place.textContent]).toEqual(['status', '']);
    inputs(form)[0].click();
    form.press('Check');
    await settled();
    expect([place.textContent, place.dataset.verdict]).toEqual([
      'Not right.Each is divided by the sum.',
      'wrong'
    ]);
    inputs(form)[1].click();
    expect(place.textContent).toBe('');
    form.press('Check');
    await settled();
    expect([place.textContent, place.dataset.verdict]).toEqual([
      'Right.Each is divided by the sum.',
      'right'
    ]);
    expect(form.score()).toBe('Score: 1 of 2 right, 1 answered.');
  });

  it('takes several options as right only when all and no others are chosen, and names the experiment', async () => {
    const form = await shown(QUIZ);
    inputs(form)[3].click();
    form.press('Check', 1);
    await settled();
    expect(form.verdicts()[1]).toBe('Not right.They are parameters.Try it: run `softmax(z)`');
    inputs(form)[5].click();
    form.press('Check', 1);
    expect(form.verdicts()[1]).toContain('Right.');
  });

  it('asks for a choice when there is none, and counts nothing', async () => {
    const form = await shown(QUIZ);
    form.press('Check');
    expect(form.verdicts()[0]).toBe('Choose an answer first.');
    expect(form.score()).toBe('Score: 0 of 2 right, 0 answered.');
  });

  it('answers Enter like its button, and keeps keys from the notebook around it', async () => {
    const form = await shown(QUIZ);
    expect(form.all(':is(input, button):not([data-lm-suppress-shortcuts])')).toEqual([]);
    inputs(form)[1].click();
    inputs(form)[1].dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
    );
    expect(form.verdicts()[0]).toContain('Right.');
  });

  it('keeps the score over a reload, until it starts again', async () => {
    const before = await shown(QUIZ);
    inputs(before)[1].click();
    before.press('Check');
    before.renderer.dispose();
    const after = await shown(QUIZ);
    expect(after.score()).toBe('Score: 1 of 2 right, 1 answered.');
    expect(inputs(after)[1].checked).toBe(true);
    expect(after.verdicts()[0]).toContain('Right.');
    after.press('Start again');
    expect(after.score()).toBe('Score: 0 of 2 right, 0 answered.');
    expect([inputs(after)[1].checked, after.verdicts()[0]]).toEqual([false, '']);
    expect(localStorage.getItem(keyOf(QUIZ))).toBe('{}');
  });

  it('forgets the answers to questions that are others now', () => {
    const [first, second] = QUIZ.questions;
    const changed = { ...QUIZ, questions: [{ ...first, correct: [0] }, second] };
    expect(keyOf(changed)).not.toBe(keyOf(QUIZ));
    expect(keyOf({ ...QUIZ, title: 'Another title' })).toBe(keyOf(QUIZ));
    expect(keyOf(EXERCISE)).not.toBe(keyOf(QUIZ));
  });

  it.each([
    [null],
    ['text'],
    [[1]],
    [{ sum: [7] }],
    [{ sum: 'x' }],
    [{ sum: [] }],
    [{ sum: [{ valueOf: 1 }] }],
    [JSON.parse('{"__proto__": {"sum": [1]}}')]
  ])('takes a damaged state %j for none', async damaged => {
    localStorage.setItem(keyOf(QUIZ), JSON.stringify(damaged));
    expect((await shown(QUIZ)).score()).toBe('Score: 0 of 2 right, 0 answered.');
  });

  it('takes what is no JSON for none', async () => {
    localStorage.setItem(keyOf(QUIZ), '{');
    expect((await shown(QUIZ)).score()).toBe('Score: 0 of 2 right, 0 answered.');
  });

  it('works where the browser stores nothing', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const form = await shown(QUIZ, () => {
      throw new Error('storage is switched off');
    });
    inputs(form)[1].click();
    form.press('Check');
    await settled();
    expect(form.score()).toBe('Score: 1 of 2 right, 1 answered.');
    warn.mockRestore();
  });

  it('keeps what is chosen when the same quiz comes once more, and shows another one', async () => {
    const form = await shown(QUIZ);
    const [, chosen] = inputs(form);
    chosen.click();
    await form.renderer.renderModel(modelOf({ ...QUIZ }));
    expect([inputs(form)[1] === chosen, chosen.checked]).toEqual([true, true]);
    await form.renderer.renderModel(modelOf(EXERCISE));
    expect(form.all('fieldset')).toHaveLength(1);
    form.renderer.dispose();
    await form.renderer.renderModel(modelOf(QUIZ));
  });

  it('shows HTML of its texts through the sanitizer only', async () => {
    const evil = '<img src="x" onerror="alert(1)"><script>alert(2)</script><b>bold</b>';
    const [first] = QUIZ.questions;
    const form = await shown({
      ...QUIZ,
      title: evil,
      questions: [{ ...first, text: evil, options: [evil, evil], correct: [1], explanation: evil }]
    });
    inputs(form)[0].click();
    form.press('Check');
    await settled();
    expect(form.all('script, [onerror]')).toEqual([]);
    expect(form.all('b').length).toBe(5);
  });

  it.each([
    [{ ...QUIZ, questions: [] }, 'payload.questions: must have at least 1 entries'],
    [{ ...QUIZ, version: 9 }, 'payload.version: this version reads 1, but got 9'],
    [{ kind: 'exercise', version: 1 }, 'payload.id: must be there'],
    [{ ...QUIZ, id: '"><script>' }, 'payload.id: must match']
  ])('is answered by a sentence when it cannot be shown: %#', async (payload, words) => {
    const { renderer, all } = await shown(payload);
    expect(renderer.node.textContent).toContain('This form cannot be shown');
    expect(renderer.node.textContent).toContain(words);
    expect(all('form, script')).toEqual([]);
    await renderer.renderModel(modelOf(QUIZ));
    expect(all('form')).toHaveLength(2);
    expect(renderer.node.textContent).not.toContain('cannot be shown');
  });
});
