import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { exercise, quiz } from 'tunelab';
import { QUIZ_LIMITS } from 'tunelab/dist/quiz/format';
import { isForm, parseForm } from 'tunelab/dist/quiz/parse';

const SCHEMA = path.join(__dirname, '../../../kernel-lib/format/payload.schema.json');

const question = {
  id: 'sum',
  text: 'What do the outputs of softmax add up to?',
  options: ['$0$', '$1$', 'the number of classes'],
  correct: [1],
  explanation: 'Each is divided by the sum of all.'
};
const oneQuiz = quiz({
  title: 'Softmax',
  questions: [
    question,
    { ...question, id: 'two', several: true, correct: [0, 2], experiment: '`softmax(z)`' }
  ]
}).payload;
const oneNumber = exercise({ id: 'largest', task: '$e^0$?', answer: 1, solution: '$1$' }).payload;
const oneWord = exercise({
  id: 'word',
  task: 'What happens?',
  answer: ['overflow', 'inf'],
  hints: ['Large $z$.'],
  solution: 'Overflow.'
}).payload;
const forms = [oneQuiz, oneNumber, oneWord].map(form => [JSON.stringify(form)] as const);

/** The message with which a changed copy of a form is refused; undefined if it is read. */
function refusal(form: object, ...changes: object[]): string | undefined {
  try {
    parseForm(Object.assign({}, form, ...changes));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
const refusalOf = (change: object): string | undefined =>
  refusal(oneQuiz, { questions: [{ ...oneQuiz.questions[0], ...change }] });

describe('a stored quiz or exercise', () => {
  it.each(forms)('comes back whole: %s', json => {
    expect(isForm(JSON.parse(json))).toBe(true);
    expect(parseForm(JSON.parse(json))).toEqual(JSON.parse(json));
  });

  it.each(forms)('is allowed by the JSON Schema, to whoever reads it: %s', json => {
    const schema = JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object;
    const validate = new Ajv({ discriminator: true, strict: false }).compile(schema);
    expect(validate(JSON.parse(json))).toBe(true);
    expect(validate({ ...(JSON.parse(json) as object), id: '' })).toBe(false);
  });

  it('loses the fields that the format does not name', () => {
    expect(parseForm({ ...oneNumber, html: '<script>', constructor: 1 })).toEqual(oneNumber);
  });

  it.each([
    [{ correct: [3] }, 'payload.questions[0].correct: must be below 3, but got 3.'],
    [{ correct: [] }, 'payload.questions[0].correct: must have at least 1 entries, but got a list'],
    [{ correct: [-1] }, 'payload.questions[0].correct[0]: must be 0 or more, but got -1.'],
    [{ correct: [0.5] }, 'payload.questions[0].correct[0]: must be a whole number, but got 0.5.'],
    [{ correct: [1, 1], several: true }, 'must not repeat itself'],
    [{ correct: [0, 1] }, 'exactly one option must be right'],
    [{ options: ['one'] }, 'must have at least 2 entries, but got a list of 1'],
    [{ options: Array(21).fill('x') }, 'at most 20 entries are read, but got a list of 21'],
    [{ text: '' }, 'payload.questions[0].text: must not be empty'],
    [{ text: 'x'.repeat(QUIZ_LIMITS.text + 1) }, 'at most 10000 characters are read'],
    [{ text: { toString: 'x' } }, 'payload.questions[0].text: must be a text, but got an object'],
    [{ id: '<b>' }, 'payload.questions[0].id: must match ^[\\w.-]{1,64}$'],
    [{ id: '__proto__'.repeat(9) }, 'payload.questions[0].id: must match'],
    [{ explanation: undefined }, 'payload.questions[0].explanation: must be there'],
    [{ several: 1 }, 'payload.questions[0].several: must be true or false, but got 1']
  ])('with the question changed to %j is refused by a sentence', (change, message) => {
    expect(refusalOf(change)).toContain(message);
  });

  it('with two questions of one id, with none or with too many is refused', () => {
    const [first] = oneQuiz.questions;
    expect(refusal(oneQuiz, { questions: [first, first] })).toContain('has an id of its own');
    expect(refusal(oneQuiz, { questions: [] })).toContain('at least 1 entries');
    const many = Array.from({ length: 101 }, (_, i) => ({ ...first, id: `q${i}` }));
    expect(refusal(oneQuiz, { questions: many })).toContain('at most 100 entries');
  });

  it.each([
    [{ answer: { type: 'number', value: Infinity, within: 1 } }, 'must be a finite number'],
    [{ answer: { type: 'number', value: 1, within: -1 } }, 'payload.answer.within: must be 0'],
    [{ answer: { type: 'text', accepted: [] } }, 'must have at least 1 entries'],
    [{ answer: { type: 'html', accepted: ['x'] } }, 'must be one of `number`, `text`'],
    [{ answer: 3 }, 'payload.answer: must be an object, but got 3'],
    [{ hints: Array(11).fill('x') }, 'at most 10 entries'],
    [{ solution: null }, 'payload.solution: must be a text'],
    [{ version: 2 }, 'payload.version: this version reads 1, but got 2.\nSomething newer wrote it']
  ])('with the exercise changed to %j is refused by a sentence', (change, message) => {
    expect(refusal(oneNumber, change)).toContain(message);
  });

  it.each([
    [null],
    [undefined],
    [3],
    [[]],
    ['quiz'],
    [{}],
    [{ kind: 'figure' }],
    [Object.create({ kind: 'quiz' })]
  ])('%j is no form', value => {
    expect(isForm(value)).toBe(false);
    expect(() => parseForm(value)).toThrow(/payload\.kind: must be `quiz` or `exercise`/);
  });

  it('is read or refused by a TypeError or RangeError, whatever JSON stands in its fields', () => {
    const damaged = fc.record(
      {
        id: fc.oneof(fc.constant('a'), fc.jsonValue()),
        title: fc.oneof(fc.constant('t'), fc.jsonValue()),
        questions: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.record({
              id: fc.oneof(fc.string(), fc.jsonValue()),
              text: fc.oneof(fc.string(), fc.jsonValue()),
              options: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
              correct: fc.oneof(fc.array(fc.integer({ min: -1, max: 4 })), fc.jsonValue()),
              several: fc.oneof(fc.boolean(), fc.jsonValue()),
              explanation: fc.oneof(fc.string(), fc.jsonValue())
            })
          )
        )
      },
      { requiredKeys: [] }
    );
    fc.assert(
      fc.property(damaged, fields => {
        const message = refusal({ kind: 'quiz', version: 1 }, fields);
        expect(message === undefined || /^payload[^:]*: .+, but got /.test(message)).toBe(true);
      }),
      { seed: 9, numRuns: 500 }
    );
  });

  it('may be a quiz of the largest size that is allowed', () => {
    const [first] = oneQuiz.questions;
    const questions = Array.from({ length: QUIZ_LIMITS.questions }, (_, i) => ({
      ...first,
      id: `q${i}`,
      options: Array.from({ length: QUIZ_LIMITS.options }, (_, j) => `option ${j}`)
    }));
    expect(refusal(oneQuiz, { questions })).toBeUndefined();
  });
});
