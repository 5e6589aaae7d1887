import { EXERCISE, settled, shown } from './fixtures';

const field = (form: Awaited<ReturnType<typeof shown>>): HTMLInputElement =>
  form.all<HTMLInputElement>('input')[0];

function write(form: Awaited<ReturnType<typeof shown>>, text: string): void {
  field(form).value = text;
  field(form).dispatchEvent(new Event('input'));
  form.press('Check');
}

describe('an exercise in an output area', () => {
  afterEach(() => document.body.replaceChildren());

  it('labels its field', async () => {
    const form = await shown(EXERCISE);
    const [label] = form.all<HTMLLabelElement>('label');
    expect([label.textContent, label.htmlFor]).toEqual(['Your answer', field(form).id]);
    expect(form.all('legend')[0].textContent).toBe('What is the largest probability?');
  });

  it.each([
    ['0.8425', 'Right.'],
    [' 8.42e-1 ', 'Right.'],
    ['0.85', 'Not right.'],
    ['', 'Write an answer first.'],
    ['much', 'The answer is a number: write it like 0.73 or 1e-3.']
  ])('says of "%s": %s', async (text, words) => {
    const form = await shown(EXERCISE);
    write(form, text);
    expect(form.verdicts()).toEqual([words]);
  });

  it('compares words without case and outer spaces', async () => {
    const form = await shown({ ...EXERCISE, answer: { type: 'text', accepted: ['Overflow'] } });
    write(form, ' overflow ');
    expect(form.verdicts()).toEqual(['Right.']);
    write(form, 'underflow');
    expect(form.verdicts()).toEqual(['Not right.']);
  });

  it('shows hints one by one, then says that there are no more', async () => {
    const form = await shown(EXERCISE);
    const hints = (): string[] => form.all('li').map(({ textContent }) => textContent!);
    form.press('Show hint 1 of 2');
    await settled();
    expect(hints()).toEqual(['First']);
    form.press('Show hint 2 of 2');
    form.press('No more hints');
    await settled();
    expect(hints()).toEqual(['First', 'Second']);
  });

  it('shows and hides its solution, and says which', async () => {
    const form = await shown(EXERCISE);
    const [place] = form.all('.jp-TunelabForm-solution');
    const button = form.all('[aria-expanded]')[0];
    expect([button.getAttribute('aria-controls'), place.textContent]).toEqual([place.id, '']);
    form.press('Show the solution');
    await settled();
    expect([button.getAttribute('aria-expanded'), place.textContent]).toEqual(['true', 'Divide.']);
    form.press('Hide the solution');
    expect([button.getAttribute('aria-expanded'), place.textContent]).toEqual(['false', '']);
  });

  it('keeps the answer over a reload, until it starts again', async () => {
    const before = await shown(EXERCISE);
    write(before, '0.842');
    before.renderer.dispose();
    const after = await shown(EXERCISE);
    expect([field(after).value, after.verdicts()]).toEqual(['0.842', ['Right.']]);
    after.press(/hint 1/);
    after.press('Start again');
    expect([field(after).value, after.verdicts(), after.all('li')]).toEqual(['', [''], []]);
    after.renderer.dispose();
    expect(field(await shown(EXERCISE)).value).toBe('');
  });
});
