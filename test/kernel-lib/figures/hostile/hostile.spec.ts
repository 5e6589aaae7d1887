import { parsePayload } from 'tunelab/dist/figures/payload';
import { basePayloads, sceneOfEverything } from './bases';
import { fuzz } from './fuzz';
import { judge } from './judge';

describe('a payload from anywhere', () => {
  it.each(basePayloads())('%s is drawn', (_, json) => {
    expect(judge(JSON.parse(json))).toBe('drawn');
  });

  it('is drawn without live markup or refused by a sentence: 2,000 changed ones', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const outcome = fuzz(2000, 1);
    expect(outcome.failure).toBeUndefined();
    // Both ways are taken often: neither is a test of nothing.
    expect(Math.min(outcome.drawn, outcome.refused)).toBeGreaterThan(400);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

describe('a payload of 50 MB', () => {
  const base = (): Record<string, unknown> => JSON.parse(sceneOfEverything());
  const large = 50 * 1024 * 1024;

  /** Repeats a value until the list would be about 50 MB as JSON. */
  const many = (value: unknown): unknown[] =>
    Array(Math.floor(large / (JSON.stringify(value).length + 1))).fill(value);

  function nested(depth: number): unknown {
    let value: unknown = [];
    for (let i = 0; i < depth; i++) value = i % 2 ? { panels: value } : [value];
    return value;
  }

  it.each<[string, () => unknown]>([
    ['a title', () => ({ ...base(), title: 'x'.repeat(large) })],
    ['a column name', () => ({ ...base(), columns: { ['x'.repeat(large)]: 5 } })],
    [
      'a column of base64',
      () => ({ ...base(), columns: { x: { dtype: 'uint8', length: 3, data: 'A'.repeat(large) } } })
    ],
    [
      'base64 that ends in =',
      () => ({
        ...base(),
        columns: { x: { dtype: 'uint8', length: (large / 4) * 3, data: '='.repeat(large) } }
      })
    ],
    [
      'a column of texts',
      () => ({ ...base(), columns: { x: { dtype: 'string', values: many('ab') } } })
    ],
    [
      'columns',
      () => ({
        ...base(),
        columns: Object.fromEntries(
          many({ dtype: 'uint8', length: 0, data: '' }).map((column, i) => [`c${i}`, column])
        )
      })
    ],
    ['panels', () => ({ ...base(), panels: many({}) })],
    [
      'layers',
      () => ({
        ...base(),
        panels: [{ ...(base().panels as object[])[0], layers: many({ kind: 'rule' }) }]
      })
    ],
    ['unknown fields', () => ({ ...base(), ...many('abcdefgh') })],
    ['nesting', () => ({ ...base(), panels: nested(1e6) })],
    ['nesting in a column', () => ({ ...base(), columns: nested(1e6 + 1) })]
  ])('%s is read or refused within 2 s', (_, make) => {
    const payload = make();
    const started = process.cpuUsage();
    judge(payload);
    // Processor time: the machine may be busy with other tests.
    expect(process.cpuUsage(started).user).toBeLessThan(2e6);
  });

  it.each(['NaN', 'Infinity', '-Infinity', '1e999'])('%s in JSON is refused', token => {
    const json = sceneOfEverything().replace('"at":1.5', `"at":${token}`);
    expect(() => parsePayload(JSON.parse(json))).toThrow(/JSON|must be a finite number/);
  });
});
