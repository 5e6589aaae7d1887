import { mkdtempSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as modern from 'typescript';
import { ROOT } from '../environment';

/** What a notebook compiles with: TypeScript 5.0 as tslab brings it, and a current one. */
const compilers: [string, typeof modern][] = [
  ['5.0, tslab', jest.requireActual<typeof modern>('@tslab/typescript-for-tslab')],
  [modern.version, modern]
];

const CELL = `
import {
  activations, batchNorm, caviar, command, compare, crossEntropy, datasets, evaluate, figures, fit, hardmax, layers, optimizers,
  predict, pruners, retune, samplers, scales, sequential, show, softmax, study, type ConfigOf, type Objective
} from 'tunelab';
import { matrix, type Matrix } from 'mathjs';

const space = { learningRate: scales.log(1e-4, 1), kind: scales.choice(['a', 'b']) };
const objective: Objective<ConfigOf<typeof space>> = async ({ learningRate, kind }, { seed }) => {
  const rate: number = learningRate;
  const letter: 'a' | 'b' = kind;
  return rate + seed + letter.length;
};
const search = study({ space, sampler: samplers.random() });
void caviar(search, ({ learningRate, kind }, { context }) => learningRate * context.rows + kind.length, {
  trials: 3, context: { rows: 3 }
}).then(done => done.best?.config.kind === 'a');
void caviar(search, './objective.js', { trials: 3, workers: 2 });
void caviar(search, command('train {learningRate}'), { trials: 3 });
void compare({ epochs: 20 }).then(({ panda, better }) => panda.repeats[0].days[0].devError + better.length);
void search.optimize(objective, { trials: 3 });
const layered = {
  layers: scales.integer(1, 2),
  units1: scales.quantized(8, 64, 8),
  units2: scales.when(({ layers }: { layers: number }) => layers >= 2, scales.integer(8, 64))
};
const deep = study({
  space: layered,
  constraint: ({ units1, units2 }) => units2 === undefined || units2 <= units1,
  pruner: pruners.median()
});
const drawn: number | undefined = deep.best?.config.units2;
const nested = study({
  space: {
    optimizer: { name: scales.choice(['sgd', 'adam']), learningRate: scales.log(1e-4, 1) },
    units: [scales.integer(8, 64), scales.when(({ optimizer }: { optimizer: { name: string } }) => optimizer.name === 'sgd', scales.integer(8, 64))]
  },
  constraint: ({ optimizer, units }) => optimizer.learningRate < units[0]
});
const chosen: 'sgd' | 'adam' | undefined = nested.best?.config.optimizer.name;
void nested.enqueue({ optimizer: { name: 'adam' }, units: [undefined, 16] });
void caviar(nested, ({ optimizer, units }) => optimizer.learningRate * units.length, { trials: 3 });
void retune(nested, ({ optimizer }) => optimizer.learningRate).then(({ study: again }) => again.best?.config.units[0]);
const mixed = study({ space: { list: [scales.linear(0, 1), { deep: scales.integer(1, 2) }] } });
const member: number | { deep: number } | undefined = mixed.best?.config.list[0];
void show(figures.scatter(nested, { x: 'optimizer.learningRate', y: 'units.1' }));
const network = sequential([layers.dense(3), layers.softmax()], { inputs: 64 });
const { train } = datasets.digits();
void fit(network, train, { optimizer: optimizers.adam() }).then(history => history.epochs[0].loss);
const same: Matrix = softmax(matrix([1, 2]));
const rows: number[][] = batchNorm([[1, 2], [3, 4]]);
const array: Float32Array = hardmax(new Float32Array(3));
void show(figures.scatter(search, { x: 'learningRate', y: 'kind' }));
const loss: number = crossEntropy([0.5, 0.5], 1) + evaluate(network, train).error;
const numbers: number = predict(network, [[1]])[0][0] + activations(network, train.x)[0].units;
`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab typings '));
beforeAll(() => {
  mkdirSync(path.join(folder, 'node_modules'));
  for (const [name, target] of [
    ['tunelab', path.join(ROOT, 'kernel-lib')],
    ['mathjs', path.join(ROOT, 'node_modules', 'mathjs')]
  ]) {
    symlinkSync(target, path.join(folder, 'node_modules', name), 'junction');
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The messages of a compiler as a notebook sets it: not strict, no Node types, no DOM. */
function complaints(ts: typeof modern, source: string): string[] {
  const file = path.join(folder, 'cell.ts');
  writeFileSync(file, source);
  // The one global that the typings name; Node and browsers both have it.
  const globals = path.join(folder, 'globals.d.ts');
  writeFileSync(globals, 'interface AbortSignal { readonly aborted: boolean }');
  const program = ts.createProgram([file, globals], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    lib: ['lib.es2022.d.ts'],
    esModuleInterop: true,
    types: [],
    noEmit: true
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file: where }) => !where || !where.fileName.includes('mathjs'))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe.each(compilers)('the typings as built, read by TypeScript %s', (_, ts) => {
  it('type a cell that uses the whole API', () => {
    expect(complaints(ts, CELL)).toEqual([]);
  });

  it.each([
    [
      'a hyperparameter that does not exist',
      "figures.scatter(search, { x: 'momentum' });",
      /"momentum"/
    ],
    [
      'a member that a group does not have',
      "figures.scatter(nested, { x: 'optimizer.beta' });",
      /"optimizer.beta"/
    ],
    [
      'a queued value of another type',
      "void nested.enqueue({ optimizer: { name: 'adagrad' } });",
      /"adagrad"/
    ],
    [
      'a group in place of its members',
      'const rate: number = nested.trials[0].config.optimizer;',
      /not assignable to type 'number'/
    ],
    [
      'a choice that was not given',
      "objective({ learningRate: 1, kind: 'c' }, {} as never);",
      /"c"/
    ],
    [
      'units of a layer that may not exist',
      'const config = {} as Required<ConfigOf<typeof layered>>; const text: string = config.units2;',
      /number.*string/
    ],
    ['an option that does not exist', 'optimizers.adam({ alpha: 1 });', /alpha/],
    [
      'another form than went in',
      'const wrong: string = softmax([1, 2]);',
      /'number\[\]' is not assignable to type 'string'/
    ]
  ])('refuse %s', (_name, line, message) => {
    // prettier-ignore
    expect(complaints(ts, CELL + line).join('\n')).toMatch(message);
  });
});
