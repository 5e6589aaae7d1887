import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import * as tunelab from 'tunelab';
import { ROOT } from '../environment';
import { publicDocs, SOURCES, type Documented } from './docs';

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(ROOT, 'tsconfig.test.json'), ts.sys.readFile).config,
  ts.sys,
  ROOT
);
const documented = publicDocs(ts.createProgram([path.join(SOURCES, 'index.ts')], options));

/** What the library exports: a name that an example uses and does not declare comes from there. */
const exported = new Set(Object.keys(tunelab));

interface Example {
  name: string;
  /** The example with its imports. */
  source: string;
  code: string;
  imports: string[];
}

function exampleOf(name: string, code: string): Example {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const declares = (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) && parent.name === node; // prettier-ignore
      const named = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node; // prettier-ignore
      if (declares) {
        declared.add(node.text);
      } else if (!named) {
        used.add(node.text);
      }
    }
    node.forEachChild(visit);
  };
  visit(file);
  const imports = [...used].filter(word => exported.has(word) && !declared.has(word));
  const source = `import { ${imports.join(', ')} } from 'tunelab';\n${code}\nexport {};\n`;
  return { name, source, code, imports };
}

const examples = documented.flatMap(({ name, examples: codes }) =>
  codes.map((code, i) => exampleOf(codes.length > 1 ? `${name} ${i + 1}` : name, code))
);

/** What the compiler says of each example, all in one program against the sources. */
function complaints(): string[] {
  const folder = path.join(ROOT, 'test', 'kernel-lib', 'examples');
  const files = new Map(
    examples.map((example, i) => [path.join(folder, `${i}.ts`).replaceAll('\\', '/'), example])
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = name => files.get(name)?.source ?? readFile.call(host, name);
  host.fileExists = name => files.has(name) || fileExists.call(host, name);
  const settings = { ...options, noUnusedLocals: false, allowUnusedLabels: true };
  const program = ts.createProgram([...files.keys()], settings, host);
  return [...files].flatMap(([file, { name }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  );
}

/** Those that read files or need a package, and those that train in threads: their own tests run these. */
const isRunnable = ({ code }: Example) =>
  !/'[\w.]+\.(npy|csv|safetensors|db)'|datasets\.mnist|panda\(|caviar\(|compare\(/.test(code);

/** A function body that returns what the last expression gives, and what the comment behind that says. */
function bodyOf({ code, imports }: Example): { body: string; said?: unknown } {
  const { statements } = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const last = statements[statements.length - 1];
  const isValue = ts.isExpressionStatement(last);
  const ending = isValue ? `return ${last.expression.getText()};` : last.getText();
  const comment = /^;?\s*\/\/ (.*)$/.exec(code.slice(last.getEnd()))?.[1];
  const { outputText } = ts.transpileModule(code.slice(0, last.getStart()) + ending, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  });
  let said: unknown;
  try {
    said = JSON.parse((comment ?? '').replaceAll("'", '"'));
  } catch {
    // Words, not a value.
  }
  return { body: `const { ${imports.join(', ')} } = tunelab;\n${outputText}`, said };
}

const AsyncFunction = (async () => undefined).constructor as new (
  ...args: string[]
) => (library: unknown) => Promise<unknown>;

const namesOf = (entries: Documented[]) => entries.map(({ name, place }) => `${name} (${place})`);
const CALLED: readonly string[] = ['function', 'method'];

describe('the docstrings of the public exports', () => {
  it('are found', () => {
    expect(documented.length).toBeGreaterThan(500);
    expect(examples.length).toBeGreaterThan(100);
  });

  it('begin with a summary, those of methods and options as well', () => {
    const bare = documented.filter(({ kind, summary }) => kind !== 'field' && !summary);
    expect(namesOf(bare)).toEqual([]);
  });

  it('show an example of each function', () => {
    const bare = documented.filter(d => d.kind === 'function' && d.examples.length === 0);
    expect(namesOf(bare)).toEqual([]);
  });

  it('say what a function throws, where it or what it calls has a throw', () => {
    const silent = documented.filter(
      ({ kind, throws, tags }) => CALLED.includes(kind) && throws && !tags.includes('throws')
    );
    expect(namesOf(silent)).toEqual([]);
    // The rule sees throws behind calls: those of `topK` stand in two other files.
    expect(documented.find(({ name }) => name === 'metrics.topK')!.throws).toBe(true);
    expect(documented.find(({ name }) => name === 'layers.relu')!.throws).toBe(false);
  });
});

describe('the examples in docstrings', () => {
  // Some keep studies in files of the working folder.
  const before = process.cwd();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab examples '));
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(before);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('need nothing but imports from tunelab to compile', () => {
    expect(complaints()).toEqual([]);
  }, 60_000);

  it.each(examples.filter(isRunnable).map(example => [example.name, example] as const))(
    'of %s runs, and gives the value beside it',
    async (_, example) => {
      const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
      try {
        const { body, said } = bodyOf(example);
        const value = await new AsyncFunction('tunelab', body)(tunelab);
        const plain = ArrayBuffer.isView(value) ? Array.from(value as never) : value;
        expect(said === undefined ? undefined : plain).toEqual(said);
      } finally {
        log.mockRestore();
      }
    },
    60_000
  );
});
