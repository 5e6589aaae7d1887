import * as fc from 'fast-check';
import { decodeColumn, encodeColumn } from 'tunelab/dist/figures/payload';
import type { Column, NumericColumn } from 'tunelab/dist/figures/payload';
import { columnOver, differences, partOf } from 'tunelab/dist/figures/columns';
import { Budget } from 'tunelab/dist/live/budget';
import { differenceOf } from 'tunelab/dist/live/difference';
import { Packer } from 'tunelab/dist/live/pack';

const payload = (columns: Record<string, Column>, title = 'a') => ({
  kind: 'figure',
  title,
  columns
});
const difference = (before: object, after: object) =>
  differenceOf(before as never, after as never, new Packer());
const valuesOf = (column: unknown) => Array.from(decodeColumn(column as NumericColumn));

const ARRAYS = [Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array];

describe('parts of columns', () => {
  it('are what the whole column has there, and differences are where the values differ', () => {
    const cases = fc.record({
      type: fc.constantFrom(...ARRAYS),
      length: fc.integer({ min: 1, max: 9000 }),
      ends: fc.tuple(fc.nat(), fc.nat()),
      changed: fc.array(fc.nat(), { maxLength: 5 })
    });
    fc.assert(
      fc.property(cases, ({ type, length, ends, changed }) => {
        const before = type.from(Array.from({ length }, (_, i) => (i * 7) % 251));
        const column = encodeColumn(before);
        const [from, to] = ends.map(end => end % (length + 1)).sort((a, b) => a - b);
        expect(partOf(column, from, to)).toEqual(before.slice(from, to));
        const after = before.slice();
        const places = [...new Set(changed.map(place => place % length))].sort((a, b) => a - b);
        places.forEach(place => (after[place] += 1));
        expect(differences(column, encodeColumn(after))).toEqual(places);
      })
    );
  });

  it('a column over an array has the base64 of its values when it is asked for', () => {
    const values = Float64Array.of(0.1, 0.2, 0.3);
    expect(columnOver(values).data).toBe(encodeColumn(values).data);
    expect(decodeColumn(columnOver(values))).toBe(values);
  });
});

describe('what has changed', () => {
  it('is what was appended, what was written over, and fields that are new', () => {
    const change = difference(
      payload({ x: encodeColumn([1.5, 2.5]), s: encodeColumn(['a', 'b']) }),
      payload({ x: encodeColumn([1.5, NaN, 3.5]), s: encodeColumn(['a', 'c']) }, 'b')
    )!;
    expect(Object.keys(change)).toEqual(['append', 'write', 'set']);
    expect(valuesOf(change.append!.x)).toEqual([3.5]);
    expect(valuesOf(change.write!.x.at)).toEqual([1]);
    expect(valuesOf(change.write!.x.values)).toEqual([NaN]);
    expect(change.write!.s.values).toEqual({ dtype: 'string', values: ['c'] });
    expect(change.set).toEqual({ title: 'b' });
  });

  it('is nothing between equal payloads, NaN and -0 included', () => {
    const same = () => payload({ x: encodeColumn([NaN, -0, Infinity]) });
    expect(difference(same(), same())).toEqual({});
  });

  it.each([
    ['has another dtype', payload({ x: encodeColumn(Float32Array.of(1, 2)) })],
    ['became shorter', payload({ x: encodeColumn([1]) })],
    ['came', payload({ x: encodeColumn([1, 2]), y: encodeColumn([1]) })],
    ['went', payload({})],
    ['has another name', payload({ z: encodeColumn([1, 2]) })]
  ])('cannot be said of a column that %s', (_, after) => {
    expect(difference(payload({ x: encodeColumn([1, 2]) }), after)).toBeUndefined();
  });

  it('cannot be said of a field that went, or of a figure of another kind', () => {
    const one = { ...payload({}), note: 'empty' };
    expect(difference(one, payload({}))).toBeUndefined();
    expect(difference(payload({}), { ...payload({}), kind: 'run' })).toBeUndefined();
  });

  it('is not said where most values changed: the whole is smaller', () => {
    const column = (add: number) =>
      encodeColumn(Float64Array.from({ length: 500 }, (_, i) => i + add));
    expect(difference(payload({ x: column(0) }), payload({ x: column(0.5) }))).toBeUndefined();
  });

  it('lies in buffers where it is long', () => {
    const packer = new Packer();
    const long = Float64Array.from({ length: 2000 }, (_, i) => i / 3);
    const texts = Array.from(long, value => `value ${value}`);
    const packed = packer.payload({ columns: { x: encodeColumn(long), s: encodeColumn(texts) } });
    expect(packed.columns).toEqual({
      x: { dtype: 'float64', length: 2000, buffer: 0 },
      s: { dtype: 'string', length: 2000, buffer: 1 }
    });
    expect(new Float64Array(packer.buffers[0].buffer)).toEqual(long);
    expect(JSON.parse(new TextDecoder().decode(packer.buffers[1]))).toEqual(texts);
  });
});

describe('a budget of 2 %', () => {
  it('has no time for 49 times as long as the last work took', () => {
    jest.useFakeTimers();
    const budget = new Budget(0.02);
    expect(budget.wait()).toBe(0);
    budget.spend(() => jest.advanceTimersByTime(4));
    expect(budget.wait()).toBeCloseTo(196, 6);
    jest.advanceTimersByTime(196);
    expect(budget.wait()).toBe(0);
    jest.useRealTimers();
  });
});
