import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { datasets } from 'tunelab';
import { outcome } from './outcome';

const PETS = 'height,weight,who\n1.5,65,cat\n0.5,4,dog\n2,70,cat\n';

describe('datasets.csv', () => {
  it('reads numbers and a column of classes, with their names', () => {
    expect(datasets.csv(PETS, { label: 'who' })).toEqual({
      x: Float32Array.of(1.5, 65, 0.5, 4, 2, 70),
      y: Int32Array.of(0, 1, 0),
      rows: 3,
      features: 2,
      classes: 2,
      featureNames: ['height', 'weight'],
      classNames: ['cat', 'dog']
    });
  });

  it('reads quantities to predict, one column or several', () => {
    const data = datasets.csv('a,b,c\n1,2,3\n4,5,6\n', { target: ['c', 0] });
    expect([...data.x]).toEqual([2, 5]);
    expect([...data.targets]).toEqual([3, 1, 6, 4]);
    expect([data.outputs, data.outputNames, data.featureNames]).toEqual([2, ['c', 'a'], ['b']]);
  });

  it('understands quotes, line breaks in them, Windows lines, byte order marks and empty lines', () => {
    const text = '\ufeff"height, m",who\r\n\r\n1,"the ""big""\r\ncat"\r\n2,dog\r\n\r\n';
    const data = datasets.csv(text, { label: 'who' });
    expect(data.featureNames).toEqual(['height, m']);
    expect(data.classNames).toEqual(['dog', 'the "big"\ncat']);
    expect(datasets.csv(new TextEncoder().encode(text), { label: 'who' })).toEqual(data);
  });

  it('finds out what stands between values, or is told', () => {
    expect(datasets.csv('a;b\n1;2\n3;4\n', { target: 'b' }).targets).toEqual(Float32Array.of(2, 4));
    expect(datasets.csv('a\tb\n1\t2\n', { target: 'b' }).features).toBe(1);
    expect(datasets.csv('a~b\n1~2\n', { target: 'b', delimiter: '~' }).targets[0]).toBe(2);
  });

  it('reads files without names by index', () => {
    const data = datasets.csv('1,2,0\n3,4,1\n', { header: false, label: 2 });
    expect([data.rows, data.featureNames]).toEqual([2, ['column 0', 'column 1']]);
  });

  it('keeps classes that are numbers from 0, and numbers all others in their order', () => {
    const read = (labels: unknown[], more = {}) => {
      const { y, classNames } = datasets.csv(
        `x,y\n${labels.map(l => `1,${String(l)}`).join('\n')}`,
        {
          label: 'y',
          ...more
        }
      );
      return [[...y], classNames];
    };
    expect(read([1, 0, 2])).toEqual([[1, 0, 2], undefined]);
    expect(read([10, -1, 9])).toEqual([
      [2, 0, 1],
      ['-1', '9', '10']
    ]);
    // sklearn.preprocessing.LabelEncoder().fit(['b', 'B', 'a']).classes_ is ['B', 'a', 'b']
    expect(read(['b', 'B', 'a'])).toEqual([
      [2, 0, 1],
      ['B', 'a', 'b']
    ]);
    expect(read([1, 'two'])).toEqual([
      [0, 1],
      ['1', 'two']
    ]);
    expect(read(['dog'], { classNames: ['cat', 'dog'] })).toEqual([[1], ['cat', 'dog']]);
  });

  it('drops rows with missing values when asked, looking at the columns in use only', () => {
    const text = 'a,b,c\n1,,x\n2,NA,y\n,5,x\n4,6,?\n5,7,x\n';
    const drop = { label: 'c', missing: 'drop' } as const;
    expect([...datasets.csv(text, drop).x]).toEqual([5, 7]);
    expect([...datasets.csv(text, { ...drop, features: ['a'] }).x]).toEqual([1, 2, 5]);
  });

  it('gives any table of numbers back as it was written', () => {
    const cell = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, fc.stringMatching(/^[a-z",;\n ]*[a-z]$/)), { minLength: 1 }),
        fc.constantFrom(',', ';', '\t', '|'),
        (rows, delimiter) => {
          const labels = rows.map(([, , name]) => `class ${name}`);
          const text = Papa.unparse({
            fields: ['a', 'b', 'name'],
            data: rows.map(([a, b], i) => [a, b, labels[i]])
          }, { delimiter }); // prettier-ignore
          const data = datasets.csv(text, { label: 'name', delimiter });
          // CSV writes -0 as 0.
          expect([...data.x]).toEqual(rows.flatMap(([a, b]) => [a + 0, b + 0]));
          expect(Array.from(data.y, y => data.classNames?.[y])).toEqual(labels);
        }
      )
    );
  });

  it.each([
    ['a missing value', 'a,b\n1,2\n\n3,\n', {}, /missing, but got "" in line 4, column "b"/],
    ['text for a number', 'a,b\n1,2\nred,3\n', {}, /"red" in line 3, column "a"/],
    ['a decimal comma', 'a;b\n1,5;2\n', {}, /decimal point, but got "1,5" in line 2/],
    ['infinity', 'a,b\nInfinity,2\n', {}, /"Infinity" in line 2, column "a"/],
    ['what is too large for 32 bits', 'a,b\n1e39,2\n', {}, /"1e39" in line 2/],
    ['hexadecimal numbers', 'a,b\n0x10,2\n', {}, /"0x10" in line 2/],
    ['a short line', 'a,b\n"1\n",2\n3\n', {}, /the first, 2, but got 1 in line 4: \["3"\]/],
    ['a long line', 'a,b\n1,2,3\n', {}, /got 3 in line 2/],
    ['a bad value after mixed line breaks', 'a,b\r\n1,2\n3,4\r5,x\n', {}, /"x" in line 4/],
    ['an open quote', 'a,b\n1,2\n"3,4\n', {}, /quoted field unterminated in line 3/],
    ['an empty file', '\n', {}, /hold lines, but got an empty one/],
    ['names without data', 'a,b\n', {}, /at least one row of data, but got none/],
    ['only rows with holes', 'a,b\n,1\n', { missing: 'drop' }, /1 rows, all with missing values/],
    ['a column that is not there', 'a,b\n1,2\n', { target: 'c' }, /"c".\nThe columns are "a", "b"/],
    ['an index that is not there', 'a,b\n1,2\n', { target: 2 }, /numbered from 0 to 1, but got 2/],
    ['a name of two columns', 'a,a\n1,2\n', { target: 'a' }, /the name of several/],
    ['nothing to learn from', 'a,b\n1,2\n', { features: [] }, /columns to learn from.*got none/],
    ['learning from the answer', 'a,b\n1,2\n', { features: ['b'] }, /"b" as both/],
    ['nothing to predict', 'a,b\n1,2\n', { target: undefined }, /`label`.*or `target`/],
    ['two things to predict', 'a,b\n1,2\n', { label: 'a' }, /one of the two/],
    ['a wrong word', 'a,b\n1,2\n', { missing: 'fill' }, /'error' or 'drop', but got "fill"/],
    ['no columns to predict', 'a,b\n1,2\n', { target: [] }, /one of the two/],
    ['features that are no list', 'a,b\n1,2\n', { features: 'a' }, /array without dup.*got "a"/],
    ['features twice', 'a,b\n1,2\n', { features: ['a', 'a'] }, /duplicates, but got \["a", "a"\]/],
    ['an unknown option', 'a,b\n1,2\n', { sep: ';' }, /but got `sep`/]
  ])('refuses %s', (_, text, options, message) => {
    expect(() => datasets.csv(text, { target: 'b', ...options } as never)).toThrow(message);
  });

  it('refuses labels with fractions and labels that are unknown, naming the line', () => {
    // prettier-ignore
    expect(() => datasets.csv('a,b\n1,2\n1,2.5\n', { label: 'b' })).toThrow(/label 2.5 in line 3.\n.*`target`/);
    // prettier-ignore
    expect(() => datasets.csv(PETS, { label: 'who', classNames: ['dog'] })).toThrow(/\["dog"\], but got "cat" in line 2/);
  });

  it('gives finite numbers or one of its own errors, whatever the text', () => {
    // Most lines fit, so that many files get through.
    const label = fc.constantFrom('cat', 'dog', '"a\n""b"""', ' 1 ', '2.5', '?');
    const number = fc.oneof(
      { weight: 20, arbitrary: fc.double({ max: 1e38, min: -1e38, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant('1e39') }
    );
    const noise = fc.string({ unit: fc.constantFrom(...'ab1.,;"\n\r\t -e?|'), maxLength: 9 });
    const line = fc.oneof(
      { weight: 30, arbitrary: fc.tuple(label, number).map(cells => cells.join()) },
      { weight: 1, arbitrary: noise }
    );
    const lines = fc.array(line, { maxLength: 12 });
    fc.assert(
      fc.property(lines, fc.boolean(), fc.constantFrom('\n', '\r\n'), (parts, header, end) => {
        const read = () =>
          datasets.csv(parts.join(end) + end, { label: 0, header, missing: 'drop' });
        const result = outcome(read);
        const fits =
          typeof result === 'string'
            ? /^datasets\.csv: [^]*, but got /.test(result)
            : result.x.length === result.rows * result.features &&
              result.x.every(Number.isFinite) &&
              result.y.every(label => label >= 0 && label < result.classes);
        expect([fits, result]).toEqual([true, result]);
      }),
      { numRuns: 1000 }
    );
  });

  it('refuses more text than one string can hold', () => {
    // prettier-ignore
    expect(() => datasets.csv(new Uint8Array(2 ** 29), { label: 0 })).toThrow(/shorter than 512 MiB.*got 512 MiB/);
  });

  it('refuses bytes that are no text, and options that are none', () => {
    // prettier-ignore
    expect(() => datasets.csv(Uint8Array.of(97, 0xff, 10), { label: 0 })).toThrow(/UTF-8, but got 3 bytes/);
    expect(() => datasets.csv(PETS, undefined as never)).toThrow(/options come in an object/);
    expect(() => datasets.csv(5 as never, { label: 0 })).toThrow(/path or its bytes, but got 5/);
  });

  describe('with a path', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab-csv-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('reads the file', () => {
      const file = path.join(folder, 'pets.csv');
      writeFileSync(file, `\ufeff${PETS}`);
      expect(datasets.csv(file, { label: 'who' })).toEqual(datasets.csv(PETS, { label: 'who' }));
    });

    it('says that there is no such file, and from where paths count', () => {
      // prettier-ignore
      expect(() => datasets.csv('no/such.csv', { label: 0 })).toThrow(/"no\/such.csv" \(ENOENT\).\nPaths are relative to \//);
      expect(() => datasets.csv(folder, { label: 0 })).toThrow(/EISDIR/);
    });
  });
});
