import { check, ClaimFailed } from 'tunelab';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  jest.spyOn(console, 'log').mockImplementation(line => void lines.push(line));
});
afterEach(() => jest.restoreAllMocks());

describe('check()', () => {
  it('prints a claim that holds with a tick, and a number beside where it must lie', () => {
    check('a grid of 5 x 5 shows 5 learning rates', 5 === Number('5'));
    check('test error', 0.0285, { near: 0.03, within: 0.01 });
    check('accuracy', 0.97123, { above: 0.9, below: 1 });
    expect(lines).toEqual([
      '✓ a grid of 5 x 5 shows 5 learning rates',
      '✓ test error: 0.0285 (0.03 ± 0.01)',
      '✓ accuracy: 0.9712 (above 0.9, below 1)'
    ]);
  });

  it.each([
    [() => check('it rains', false), 'This claim does not hold here: it rains.'],
    [
      () => check('error', 0.05, { near: 0.03, within: 0.01 }),
      'This claim does not hold here: error: 0.05 (0.03 ± 0.01).'
    ],
    [() => check('error', 3, { below: 3 }), 'This claim does not hold here: error: 3 (below 3).'],
    [
      () => check('error', NaN, { above: 0 }),
      'This claim does not hold here: error: NaN (above 0).'
    ]
  ])('throws the claim and the number where it does not hold: %#', (claim, message) => {
    expect(claim).toThrow(ClaimFailed);
    expect(claim).toThrow(message);
    expect(lines).toEqual([]);
  });

  it.each([
    [() => check('', true), /a claim is a sentence/],
    [() => check('x', 1 as never), /held against true or false, or a number/],
    [() => check('x', true as never, { near: 1 }), /held against true or false, or a number/],
    [() => check('x', 1, {}), /`near`, `above` or `below`/],
    [() => check('x', 1, { within: 1 }), /`near`, `above` or `below`/],
    [() => check('x', 1, { near: 1, within: -1 }), /`within >= 0` must hold, but got within=-1/],
    [() => check('x', 1, { near: NaN }), /`near` must be a number, but got near=NaN/],
    [() => check('x', 1, { nearly: 1 } as never), /options are `near`/]
  ])('refuses what says nothing: %#', (wrong, message) => {
    expect(wrong).toThrow(message);
    expect(wrong).not.toThrow(ClaimFailed);
  });
});
