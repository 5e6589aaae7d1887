import fs from 'node:fs';
import path from 'node:path';
import { LIMITS, parsePayload } from 'tunelab/dist/figures/payload';
import { judge } from './hostile/judge';

const page = fs.readFileSync(path.join(__dirname, '..', '..', '..', 'FORMAT.md'), 'utf8');
const examples = [...page.matchAll(/^```json\n([^]*?)^```/gm)].map(
  ([, json]) => JSON.parse(json) as object
);

function ofKind(version: number | undefined): object[] {
  return examples.filter(
    one => 'kind' in one && one.kind === 'figure' && 'version' in one && one.version === version
  );
}

describe('FORMAT.md', () => {
  it('has figures of both versions among its examples', () => {
    expect([ofKind(1).length, ofKind(2).length]).toEqual([1, 2]);
  });

  it.each([...ofKind(1), ...ofKind(2)])(
    'shows a figure that is read whole and drawn: %j',
    payload => {
      expect(parsePayload(payload)).toEqual(payload);
      expect(judge(payload)).toBe('drawn');
    }
  );

  it('shows kinds that are refused by a sentence until they are built', () => {
    const reserved = examples.filter(one => 'kind' in one && one.kind !== 'figure');
    expect(reserved.map(payload => judge(payload))).toEqual(['refused', 'refused']);
  });

  it('names the limits that hold', () => {
    const limits = page.slice(page.indexOf('## Limits'), page.indexOf('## Versions'));
    for (const limit of [
      LIMITS.columns,
      LIMITS.text,
      LIMITS.panels,
      LIMITS.layers,
      LIMITS.marks,
      LIMITS.trials,
      LIMITS.cells
    ]) {
      expect(limits).toContain(limit.toLocaleString('en'));
    }
  });
});
