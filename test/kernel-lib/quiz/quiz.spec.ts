import { exercise, quiz, show, type QuizQuestion } from 'tunelab';

const sum: QuizQuestion = {
  id: 'sum',
  text: 'What do the outputs of softmax add up to?',
  options: ['$0$', '$1$', 'the number of classes'],
  correct: [1],
  explanation: 'Each is divided by the sum of all.'
};
const true2: QuizQuestion = {
  id: 'gamma-and-beta',
  text: 'What is true of $\\gamma$ and $\\beta$?',
  options: ['they are learned', 'they are drawn at random', 'they can undo the normalization'],
  correct: [2, 0],
  several: true,
  explanation: 'They are parameters.'
};
const made = () => quiz({ title: 'Softmax', questions: [sum, true2] });

describe('a quiz', () => {
  it('is answered by letters, in any order, and keeps the score of the last answers', () => {
    const one = made();
    expect(one.score).toEqual({ answered: 0, right: 0, of: 2 });
    expect(one.answer('sum', 'a').right).toBe(false);
    expect(one.answer('sum', 'B')).toEqual({ right: true, explanation: sum.explanation });
    expect(one.answer('gamma-and-beta', 'c, a').right).toBe(true);
    expect(one.answer('gamma-and-beta', 'a').right).toBe(false);
    expect(one.score).toEqual({ answered: 2, right: 1, of: 2 });
  });

  it('is one bundle of payload, Markdown with the answers at its end, and words', () => {
    const { data } = made().toBundle();
    const text = data['text/markdown'] as string;
    expect(data['application/vnd.tunelab.v1+json']).toEqual({
      kind: 'quiz',
      version: 1,
      id: 'quiz',
      title: 'Softmax',
      questions: [
        { ...sum, several: false },
        { ...true2, correct: [0, 2] }
      ]
    });
    expect(text.indexOf('- **b** $1$')).toBeGreaterThan(0);
    expect(text.indexOf('2. **a, c**: They are parameters.')).toBeGreaterThan(
      text.indexOf('<summary>Answers</summary>')
    );
    expect(data['text/plain']).toBe('Quiz: Softmax, 2 questions');
  });

  it('prints its words outside of notebooks', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await show(made());
    expect(log).toHaveBeenCalledWith('Quiz: Softmax, 2 questions');
    log.mockRestore();
  });

  it.each([
    [{ ...sum, correct: [3] }, /question 1: `correct` holds places of options, 0 to 2, but got 3/],
    [{ ...sum, correct: [] }, /`correct` must be a list of 1 to 3, but got 0/],
    [{ ...sum, correct: [0, 1] }, /exactly one option must be right/],
    [{ ...sum, options: ['one'] }, /`options` must be a list of 2 to 20, but got 1/],
    [{ ...sum, text: ' ' }, /`text` must be a text of 1 to 10000 characters/],
    [{ ...sum, id: '<b>' }, /`id` must be 1 to 64 letters/],
    [{ ...sum, explanation: undefined }, /`explanation` must be a text/],
    [{ ...sum, answer: 1 }, /options are `id`/]
  ])('refuses a question that cannot be asked: %#', (question, message) => {
    expect(() => quiz({ title: 'x', questions: [question as never] })).toThrow(message);
  });

  it('refuses two questions of one id, no question, and answers that nothing asks for', () => {
    expect(() => quiz({ title: 'x', questions: [sum, sum] })).toThrow(/id of its own, but got sum/);
    expect(() => quiz({ title: 'x', questions: [] })).toThrow(/list of 1 to 100, but got 0/);
    expect(() => made().answer('mean', 'a')).toThrow(/questions are sum, gamma-and-beta/);
    expect(() => made().answer('sum', 'd')).toThrow(/options are a, b, c, but got "d"/);
  });
});

describe('an exercise', () => {
  const options = { id: 'largest', task: 'What is $e^0$?', solution: '$1$' };

  it.each([
    [1, 1.0009, true],
    [1, '1', true],
    [1, 1.002, false],
    [1, '', false],
    [{ value: 0.842, within: 0.001 }, 0.8425, true],
    ['overflow', ' Overflow ', true],
    [['nan', 'not a number'], 'NaN', true],
    [['nan', 'not a number'], 'infinity', false]
  ])('with the answer %j takes %j as right: %s', (answer, given, right) => {
    expect(exercise({ ...options, answer }).answer(given)).toBe(right);
  });

  it('folds hints and solution in its Markdown', () => {
    const { data } = exercise({ ...options, answer: 1, hints: ['any number'] }).toBundle();
    expect(data['text/markdown']).toContain('<details><summary>Hint 1</summary>\n\nany number');
    expect(data['text/markdown']).toContain('<summary>Solution</summary>\n\n$1$');
  });

  it.each([
    [NaN, /finite number/],
    [{ value: 1, within: -1 }, /`within >= 0`/],
    [[], /`answer` must be a list of 1 to 20/],
    [undefined, /finite number/]
  ])('refuses the answer %j', (answer, message) => {
    expect(() => exercise({ ...options, answer: answer as never })).toThrow(message);
  });
});
