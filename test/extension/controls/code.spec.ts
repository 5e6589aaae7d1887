import ts from 'typescript';
import fc from 'fast-check';
import type { HyperparameterColumn, TrialTable } from 'tunelab/dist/figures/study/table';
import { refineCell, trainAgainCell } from '../../../extension/controls/code/cells';
import { isVariable, literal } from '../../../extension/controls/code/literal';
import { scaleCode, tidy } from '../../../extension/controls/code/scales';
import type { Range } from '../../../extension/controls/code/scales';
import { configCode } from '../../../extension/controls/code/values';

const log: HyperparameterColumn = {
  name: 'learningRate',
  axis: { label: 'learning rate α', scale: 'log', range: [1e-4, 1] },
  code: { kind: 'log', low: 1e-4, high: 1 },
  values: [0.012, 0.3]
};
const units: HyperparameterColumn = {
  name: 'units',
  axis: { label: 'units', scale: 'linear', range: [8, 64], integer: true },
  code: { kind: 'integer', low: 8, high: 64 },
  values: [32, 8]
};
const activation: HyperparameterColumn = {
  name: 'activation',
  axis: { label: 'activation', scale: 'category', categories: ['relu', 'tanh', '3'] },
  code: { kind: 'choice', choices: ['relu', 'tanh', 3] },
  values: [0, 2]
};

function tableOf(
  hyperparameters: readonly HyperparameterColumn[],
  others: Partial<TrialTable> = {}
): TrialTable {
  return {
    study: 'Random search',
    directions: ['minimize'],
    metrics: [{ label: 'value', scale: 'linear' }],
    length: 2,
    number: [0, 1],
    state: [2, 2],
    values: [[0.1, 0.2]],
    hyperparameters,
    ...others
  };
}

/** What a cell does, as its syntax says: the names it reads, calls and declares; any error in it. */
function anatomy(code: string): { names: Set<string>; texts: string[]; errors: number } {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ES2022, true);
  const names = new Set<string>();
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isKey) names.add(node.text);
    if (ts.isStringLiteral(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: unknown[] };
  return { names, texts, errors: parseDiagnostics.length };
}

/** Texts that try to leave the place in which they stand. */
const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '`${steal()}`',
    "'); steal(); ('",
    '"); steal(); ("',
    '*/ steal() /*',
    'a\nsteal()',
    'a\u2028steal()',
    'a\r\nsteal();//',
    '__proto__',
    'a.__proto__',
    'constructor',
    '</script><script>steal()</script>',
    '\u202e)(laets',
    'steal()',
    'scales',
    'await',
    '0.1',
    'units.0',
    'units.2',
    'optimizer.learningRate',
    'optimizer'
  )
);

describe('code of a configuration', () => {
  it('has the values as the scales have them', () => {
    const table = tableOf([log, units, activation]);
    expect(configCode(table, 0)).toBe('{ learningRate: 0.012, units: 32, activation: "relu" }');
    expect(configCode(table, 1)).toBe('{ learningRate: 0.3, units: 8, activation: 3 }');
  });

  it('says a number of 32 bits as it was before', () => {
    const stored = { ...log, values: Float32Array.of(0.012, 0.3) };
    expect(configCode(tableOf([stored]), 0)).toBe('{ learningRate: 0.012 }');
  });

  it('puts a stored value back onto its step', () => {
    const axis = { label: 'dropout', scale: 'linear' } as const;
    const code = { kind: 'quantized', low: 0, high: 0.5, step: 0.05 } as const;
    const dropout = { name: 'dropout', axis, code, values: Float32Array.of(0.15) };
    expect(configCode(tableOf([dropout]), 0)).toBe('{ dropout: 0.15 }');
  });

  it('has groups and lists again, and leaves out what does not exist', () => {
    const in_ = (name: string, value: number) => ({ ...units, name, values: [value] });
    const table = tableOf([
      in_('optimizer.beta', 1),
      in_('optimizer.steps', NaN),
      in_('layers.0.units', 8),
      in_('layers.1.units', 16),
      in_('sizes.0', NaN),
      in_('sizes.1', 2),
      in_('batch size', 3)
    ]);
    expect(configCode(table, 0).replace(/\s+/g, ' ')).toBe(
      '{ optimizer: { beta: 1 }, layers: [{ units: 8 }, { units: 16 }], sizes: [undefined, 2], "batch size": 3 }'
    );
  });
});

describe('code of a scale', () => {
  it.each<[string, HyperparameterColumn, Range | undefined, string]>([
    ['all of it', log, undefined, 'scales.log(0.0001, 1)'],
    ['a part, in few digits', log, [0.0031234567, 0.0499876], 'scales.log(0.00313, 0.0499)'],
    ['no more than there is', log, [1e-9, 0.05], 'scales.log(0.0001, 0.05)'],
    ['whole numbers', units, [15.2, 40.9], 'scales.integer(16, 40)'],
    ['one number that is left', units, [15.6, 16.4], 'scales.choice([16])'],
    ['the nearest of none', units, [15.2, 15.4], 'scales.choice([15])'],
    ['choices', activation, [-0.4, 1.3], 'scales.choice(["relu", "tanh"])'],
    ['choices of several kinds', activation, [1.8, 2.4], 'scales.choice([3])']
  ])('has %s', (_name, column, range, code) => {
    expect(scaleCode(column, range)?.code).toBe(code);
  });

  it('keeps to steps', () => {
    const code = { kind: 'quantized', low: 0, high: 0.5, step: 0.05 } as const;
    const axis = { label: 'dropout', scale: 'linear' } as const;
    const column = { name: 'dropout', axis, code, values: [] };
    expect(scaleCode(column)?.code).toBe('scales.quantized(0, 0.5, 0.05)');
    expect(scaleCode(column, [0.12, 0.41])?.code).toBe('scales.quantized(0.15, 0.4, 0.05)');
  });

  it('says which distance from 1 is left of a beta', () => {
    const axis = { label: 'β', scale: 'oneMinusLog', range: [0.9, 0.999] } as const;
    const code = { kind: 'oneMinusLog', low: 0.9, high: 0.999 } as const;
    const column = {
      name: 'beta',
      axis: { ...axis, range: [0.9, 0.999] as [number, number] },
      code,
      values: []
    };
    expect(scaleCode(column, [0.95123456, 0.99812345])?.code).toBe('scales.oneMinusLog(0.9513, 0.99812)'); // prettier-ignore
  });

  it('keeps an expression whole, and writes a part on the nearest scale', () => {
    const code = { kind: 'expression', expression: '10^r', range: { r: [-4, 0] } } as const;
    const column = { ...log, code: { ...code, range: { r: [-4, 0] as [number, number] } } };
    expect(scaleCode(column)?.code).toBe('scales.expression("10^r", { r: [-4, 0] })');
    expect(scaleCode(column, [0.01, 0.1])).toEqual({
      code: 'scales.log(0.01, 0.1)',
      remark: 'was scales.expression("10^r", { r: [-4, 0] })'
    });
  });

  it('never reaches beyond what was selected, and loses little of it', () => {
    const end = fc.double({ min: 1e-6, max: 0.999999, noNaN: true });
    const scale = fc.constantFrom('linear' as const, 'log' as const, 'oneMinusLog' as const);
    fc.assert(
      fc.property(end, end, scale, (a, b, one) => {
        fc.pre(a !== b);
        const range: Range = [Math.min(a, b), Math.max(a, b)];
        const [low, high] = tidy(range, [1e-7, 0.9999999], one);
        expect(low).toBeGreaterThanOrEqual(range[0]);
        expect(high).toBeLessThanOrEqual(range[1]);
        expect(high - low).toBeGreaterThanOrEqual(0.9 * (range[1] - range[0]));
      })
    );
  });
});

describe('a cell to insert', () => {
  const variables = { study: 'search', objective: 'train' };

  it('searches the narrowed space with the names of the notebook', () => {
    const table = tableOf([log, units], { variables });
    const code = refineCell(table, new Map([['learningRate', [0.003, 0.05]]]), 1);
    expect(code).toBe(
      [
        '// Refined from "Random search": 1 of its 2 trials lie in this space.',
        "import { scales, study } from 'tunelab';",
        '',
        'const space = { learningRate: scales.log(0.003, 0.05), units: scales.integer(8, 64) };',
        'const refined = study({ space });',
        'await refined.optimize(train, { trials: 20 });',
        'refined'
      ].join('\n')
    );
  });

  it('trains a trial again by the study and the objective of the notebook', () => {
    expect(trainAgainCell(tableOf([log, units], { variables }), 0)).toBe(
      [
        '// Trial 0 of "Random search" (value: 0.1) once more.',
        'await search.enqueue({ learningRate: 0.012, units: 32 });',
        'await search.optimize(train, { trials: 1 });'
      ].join('\n')
    );
  });

  it('is a template where the names are not known', () => {
    const code = refineCell(tableOf([log]), new Map(), 2);
    expect(code).toContain('// await refined.optimize(objective, { trials: 20 });');
    expect(trainAgainCell(tableOf([log]), 0)).toContain('// await search.enqueue(config);');
  });

  it('keeps the direction, and finds a new name when a refined study is refined', () => {
    const refined = tableOf([log], { variables: { study: 'refined' }, directions: ['maximize'] });
    expect(refineCell(refined, new Map(), 2)).toContain(
      "const refined2 = study({ space, direction: 'maximize' });"
    );
  });

  it('says what it cannot write: a condition', () => {
    const conditional = { ...units, code: { ...units.code!, conditional: true as const } };
    expect(refineCell(tableOf([log, conditional]), new Map(), 2)).toContain(
      '// "units" existed only under a condition: write it again with scales.when(…).'
    );
  });

  it('holds nothing of a hostile payload but literals', () => {
    const value = fc.double();
    const number = fc.oneof(value, fc.constantFrom(NaN, Infinity, -0));
    const kind = fc.constantFrom('linear', 'log', 'oneMinusLog', 'integer', 'quantized', 'expression', 'choice'); // prettier-ignore
    const choices = fc.array(fc.oneof(hostile, number, fc.boolean(), fc.constant(null)), { minLength: 1 }); // prettier-ignore
    const column = fc.record({
      name: hostile,
      axis: fc.record({
        label: hostile,
        scale: fc.constantFrom('linear', 'log', 'oneMinusLog', 'category'),
        range: fc.option(fc.tuple(number, number), { nil: undefined }),
        categories: fc.array(hostile, { minLength: 1, maxLength: 3 })
      }),
      code: fc.option(
        fc.record({
          kind,
          low: number,
          high: number,
          step: number,
          expression: hostile,
          range: fc.dictionary(hostile, fc.tuple(number, number), { minKeys: 1, maxKeys: 1 }),
          inverse: fc.option(hostile, { nil: undefined }),
          choices: fc.option(choices, { nil: undefined }),
          conditional: fc.constantFrom(undefined, true)
        }),
        { nil: undefined }
      ),
      values: fc.tuple(number, fc.constantFrom(0, 1, 2))
    });
    const known = new Set(
      'scales study space refined search objective config optimize enqueue trials linear log oneMinusLog integer quantized expression choice when inverse direction undefined NaN Infinity'.split(
        ' '
      )
    );
    fc.assert(
      fc.property(
        fc.array(column, { maxLength: 6 }),
        hostile,
        hostile,
        hostile,
        fc.tuple(number, number),
        (columns, name, study, objective, range) => {
          const table = tableOf(columns as unknown as HyperparameterColumn[], {
            study: name,
            variables: { study, objective },
            errors: { 0: name },
            state: [4, 2]
          });
          const ranges = new Map(columns.map(one => [one.name, range as Range]));
          const own = [study, objective].filter(isVariable);
          for (const code of [
            refineCell(table, ranges, 1),
            refineCell(table, new Map(), 1),
            trainAgainCell(table, 0),
            trainAgainCell(table, 1)
          ]) {
            const { names, errors } = anatomy(code);
            expect({ code, errors }).toEqual({ code, errors: 0 });
            const others = [...names].filter(one => !known.has(one) && !own.includes(one));
            expect({ code, others: others.filter(one => !/^refined\d+$/.test(one)) }).toEqual({
              code,
              others: []
            });
            // Nothing in it that a reader does not see.
            expect(code).not.toMatch(/[\u2028\u2029\u202e\r\t\v\f\b]/);
          }
        }
      ),
      { numRuns: 300 }
    );
  });

  it('takes only identifiers for variables', () => {
    for (const name of ['search', '$x', 'größe', '_']) expect(isVariable(name)).toBe(true);
    for (const name of ['', 'a b', '1a', 'await', 'a.b', 'a\u200b', 'x'.repeat(101)]) {
      expect(isVariable(name)).toBe(false);
    }
    expect(literal('a\u2028"b')).toBe('"a\\u2028\\"b"');
  });
});
