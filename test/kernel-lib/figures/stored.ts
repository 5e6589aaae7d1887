/** Specs as they are stored beside the tests, to see what changes them. */
import fs from 'node:fs';
import path from 'node:path';
import type { SceneSpec } from 'tunelab/dist/figures/spec';

// To store new specs: UPDATE_FIGURES=1 npx jest figures, then `npm run format`; look at what changed.
const update = process.env.UPDATE_FIGURES === '1';

const round = (value: number): number =>
  Number(Math.abs(value) < 1 ? value.toPrecision(4) : value.toFixed(3));

// Of longer lists a digest is stored.
const LONGEST = 40;

/** Many numbers are told by their count, their first ones, their mean, and a mean that changes with their order. */
function digest(values: readonly (number | null)[]): string {
  const numbers = values.map(value => value ?? 0);
  const mean = (of: (value: number, i: number) => number) =>
    round(numbers.reduce((sum, value, i) => sum + of(value, i), 0) / numbers.length);
  const first = values.slice(0, 5).map(value => value && round(value));
  const ordered = mean((value, i) => (value * (i + 1)) / numbers.length);
  return `${values.length} numbers: ${first.join(', ')} ...; mean ${mean(value => value)}, by place ${ordered}`;
}

/** Numbers with 3 decimals, those below 1 with 4 digits; of many numbers and of images, what tells them apart. */
function brief(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return brief(_, Array.from(value as unknown as ArrayLike<number>));
  if (typeof value === 'number') return round(value);
  if (Array.isArray(value)) {
    const flat = value.flat() as unknown[];
    if (flat.length <= LONGEST) return value;
    if (flat.every(each => each === null || typeof each === 'number')) return digest(flat);
    if (flat.every(each => typeof each === 'string')) {
      return `${flat.length} texts of ${flat.join('').length} characters: ${flat.slice(0, 3).join(' | ')} ...`;
    }
    return value;
  }
  const image = typeof value === 'string' && value.startsWith('data:image/png;base64,');
  return image ? `PNG of ${value.length} characters` : value;
}

/** What Plotly gets is what `output/<name>.json` says. */
export function expectStored(name: string, { data, layout }: Pick<SceneSpec, 'data' | 'layout'>) {
  const spec = JSON.parse(JSON.stringify({ data, layout }, brief)) as unknown;
  const file = path.join(__dirname, 'output', `${name}.json`);
  if (update) fs.writeFileSync(file, JSON.stringify(spec));
  expect(spec).toEqual(JSON.parse(fs.readFileSync(file, 'utf8')));
}
