/**
 * What tslab's converter sees in place of its TypeScript: the same module, except for how programs
 * are set up and how the last step to CommonJS is taken. The converter itself stays untouched.
 *
 * - Imports and Node's types are looked up in the notebook's folder and then in tunelab's.
 * - Top-level await is TypeScript's own, so that `await (x)` and `for await` are understood.
 * - Source maps are made, and kept for the traceback.
 * - Named imports become writable properties (see {@link DEFINE}).
 * - `{ a }` finds the `a` of an earlier cell (see `shorthand.ts`).
 */
import type { SourceMapPayload } from 'node:module';
import type * as TS from 'typescript';
import { overlaySystem } from './overlay';
import { createTypeResolver, nodeTypeRoot } from './resolution';
import { seeShorthandValues, visitShorthand } from './shorthand';
import { SourceMapChain, splitInlineMap, withoutMapComment } from './sourceMaps';

/** What is known about a piece of compiled code, found by its text. */
export interface Compiled {
  sourceMap: SourceMapChain;
  topLevelAwait: boolean;
}

/**
 * Stands in cells for `Object.defineProperty(exports, name, { get })`, which TypeScript writes for
 * named imports. With a plain assignment instead, all of a notebook's variables live on one plain
 * object: assignments in loops stay fast, where tslab's proxy costs a trap for each.
 */
export const DEFINE = '__tunelabDefine';

const CELL_FILE = '__tslab__.ts';
/** The converter puts `export {};` on a line of its own before each source. */
const PREFIX_LINES = 1;

type Facade = typeof TS & { compiled: Map<string, Compiled> };

/** Wraps a TypeScript module for cells in `folder`. `compiled` fills while the converter works. */
export function createFacade(ts: typeof TS, folder: string): Facade {
  const compiled = new Map<string, Compiled>();
  const facade = {} as Facade;
  // The module's own properties cannot be reconfigured: copy them, then replace in the copy.
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(ts))) {
    Object.defineProperty(facade, name, { ...descriptor, configurable: true });
  }
  const replace = (name: string, value: unknown): void => {
    Object.defineProperty(facade, name, { value, enumerable: true, configurable: true });
  };
  replace('compiled', compiled);
  replace('createWatchCompilerHost', (...args: Parameters<typeof ts.createWatchCompilerHost>) =>
    createHost(ts, folder, args as unknown as HostArguments)
  );
  replace('visitEachChild', visitShorthand(ts));
  replace('transpileModule', (js: string, options: TS.TranspileOptions) => {
    const { output, record } = transpile(ts, js, options);
    compiled.set(output.outputText, record);
    return output;
  });
  return facade;
}

type HostArguments = [
  rootFiles: string[],
  options: TS.CompilerOptions,
  system: TS.System,
  ...rest: unknown[]
];

function createHost(ts: typeof TS, folder: string, [files, given, system, ...rest]: HostArguments) {
  const typeRoot = nodeTypeRoot(folder);
  const options = {
    ...given,
    disableTopLevelAwait: false,
    inlineSourceMap: true,
    // Only Node's globals. All of @types, TypeScript's habit, would put a test runner's `describe`
    // into the cells of a notebook inside a project, and costs time at every start.
    types: typeRoot ? ['node'] : [],
    typeRoots: typeRoot ? [typeRoot] : []
  };
  const make = ts.createWatchCompilerHost as unknown as (
    ...args: HostArguments
  ) => TS.WatchCompilerHostOfFilesAndCompilerOptions<TS.BuilderProgram>;
  const host = make(files, options, overlaySystem(system, folder), ...rest);
  const createProgram = host.createProgram;
  host.createProgram = (...program) => {
    const builder = createProgram(...program);
    seeShorthandValues(ts, builder.getProgram());
    return builder;
  };
  const failed = new Set<string>();
  host.resolveModuleNameLiterals = createTypeResolver(ts, host, failed);
  // Without this the program would resolve every import of every file again for each cell.
  host.hasInvalidatedResolutions = file => failed.has(file);
  return host;
}

function transpile(ts: typeof TS, js: string, options: TS.TranspileOptions) {
  const { code, map } = splitInlineMap(js);
  const isCell = map?.sources.some(source => source.endsWith(CELL_FILE)) ?? false;
  let topLevelAwait = false;
  const look: TS.TransformerFactory<TS.SourceFile> = () => file => {
    topLevelAwait = hasTopLevelAwait(ts, file);
    return file;
  };
  const output = ts.transpileModule(code, {
    ...options,
    compilerOptions: { ...options.compilerOptions, sourceMap: true },
    transformers: { before: [look], after: isCell ? [defineByAssignment(ts)] : [] }
  });
  output.outputText = withoutMapComment(output.outputText);
  const maps = [output.sourceMapText && JSON.parse(output.sourceMapText), map].filter(
    Boolean
  ) as SourceMapPayload[];
  return { output, record: { topLevelAwait, sourceMap: new SourceMapChain(maps, PREFIX_LINES) } };
}

/** Whether a program awaits outside of all its functions. */
export function hasTopLevelAwait(ts: typeof TS, file: TS.SourceFile): boolean {
  const visit = (node: TS.Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) {
      return true;
    }
    if (ts.isFunctionLike(node)) {
      // A computed name and a decorator belong to the surroundings, not to the function.
      return node.name !== undefined && ts.isComputedPropertyName(node.name) && visit(node.name);
    }
    if (ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node)) {
      return false;
    }
    return ts.forEachChild(node, child => visit(child) || undefined) ?? false;
  };
  return visit(file);
}

function defineByAssignment(ts: typeof TS): TS.TransformerFactory<TS.SourceFile> {
  return context => file => {
    const { factory } = context;
    const statements = file.statements.map(statement => {
      if (
        !ts.isExpressionStatement(statement) ||
        !ts.isCallExpression(statement.expression) ||
        !isDefineOnExports(ts, statement.expression)
      ) {
        return statement;
      }
      const call = statement.expression;
      return factory.updateExpressionStatement(
        statement,
        factory.updateCallExpression(
          call,
          factory.createIdentifier(DEFINE),
          undefined,
          call.arguments.slice(1)
        )
      );
    });
    return factory.updateSourceFile(file, factory.createNodeArray(statements));
  };
}

function isDefineOnExports(ts: typeof TS, call: TS.CallExpression): boolean {
  const { expression: callee, arguments: args } = call;
  return (
    ts.isPropertyAccessExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === 'Object' &&
    callee.name.text === 'defineProperty' &&
    args.length === 3 &&
    ts.isIdentifier(args[0]!) &&
    args[0].text === 'exports'
  );
}
