import fs from 'node:fs';
import path from 'node:path';
import { LIMITS, parsePayload } from 'tunelab/dist/figures/payload';
import { isForm, parseForm } from 'tunelab/dist/quiz/parse';
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

  it('shows a quiz and an exercise that are read whole', () => {
    const forms = examples.filter(isForm);
    expect(forms.map(parseForm)).toEqual(forms);
    expect(forms.map(payload => parseForm(payload).kind)).toEqual(['quiz', 'exercise']);
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
