/** Compiles cells and runs them; knows the notebook's variables, nothing of messages. */
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { Phase, type SharedFlags } from './bridge';
import type { Compiler, Conversion } from './compiler';
import { requirePeer } from './peers';
import { createFallbackRequire } from './resolution';
import { CompileError, Interrupted, type Source } from './traceback';
import { DEFINE } from './typescriptFacade';

/** One piece of code to run. */
export interface Run {
  code: string;
  /** What a traceback calls it: `cell [3]`. */
  label: string;
  /** Whether the code was given up, so that what it declares late must not appear. */
  abandoned(): boolean;
}

type CellFunction = (
  exports: Record<string, unknown>,
  require: NodeJS.Require,
  define: (name: string, descriptor: PropertyDescriptor) => void
) => unknown;

/** Files with this prefix are cells: no path on any system begins so. */
const CELL = 'cell:';

export class Executor {
  /** The notebook's variables. A plain object: V8 makes assignments to it as fast as to a local one. */
  readonly variables: Record<string, unknown> = {};
  readonly #require: NodeJS.Require;
  readonly #sources = new Map<string, Source>();
  readonly #sideCode = new Map<string, string>();
  readonly #sideModules = new Map<string, Module>();
  #declarations = '';
  #runs = 0;

  constructor(
    private readonly compiler: Compiler,
    private readonly flags: SharedFlags,
    folder = process.cwd()
  ) {
    this.#require = this.#wrap(createFallbackRequire(folder), folder);
  }

  /** The declarations of all cells so far, as the compiler takes them. */
  get declarations(): string {
    return this.#declarations;
  }

  /** The source behind a file name of a stack. */
  readonly source = (file: string): Source | undefined => this.#sources.get(file);

  /**
   * Runs code and gives the value of its last expression; undefined when there is none. The value
   * comes inside an object because a promise would take its place if it were returned bare.
   * @throws CompileError if TypeScript refuses the code, else whatever the code throws.
   */
  async run({ code, label, abandoned }: Run): Promise<{ value: unknown }> {
    // The caller must be suspended before user code begins: when V8 terminates the execution, the
    // frames on the stack vanish without their `finally`.
    await null;
    const file = `${CELL}${++this.#runs}`;
    const source: Source = { label, text: code, original: place => place };
    const conversion = this.flags.protect(() => this.compiler.convert(this.#declarations, code));
    if (conversion.diagnostics.length > 0) {
      throw new CompileError(conversion.diagnostics, source);
    }
    const compiled = this.#takeOver(conversion, file, source);
    if (conversion.output === undefined) {
      return { value: undefined };
    }
    if (this.flags.interruptWaits()) {
      throw new Interrupted();
    }
    const async = compiled?.topLevelAwait === true;
    const cell = vm.runInThisContext(
      `(${async ? 'async ' : ''}function (exports, require, ${DEFINE}) {\n${conversion.output}\n})`,
      { filename: file, lineOffset: -1 }
    ) as CellFunction;
    this.flags.phase = Phase.Cell;
    const pending = cell(this.variables, this.#require, this.#define);
    if (async) {
      await pending;
    }
    if (abandoned()) {
      throw new Interrupted();
    }
    this.#declarations = conversion.declOutput ?? '';
    return { value: this.#takeLastExpression(conversion.lastExpressionVar) };
  }

  readonly #define = (name: string, descriptor: PropertyDescriptor): void => {
    if (name !== '__esModule') {
      this.variables[name] = descriptor.get ? (descriptor.get() as unknown) : descriptor.value;
    }
  };

  #takeLastExpression(name: string | undefined): unknown {
    if (name === undefined) {
      return undefined;
    }
    const value = this.variables[name];
    // Not deleted: that would turn the object into a slow dictionary.
    this.variables[name] = undefined;
    return value;
  }

  /** Registers what a conversion made: the cell's source map and compiled files beside the notebook. */
  #takeOver(conversion: Conversion, file: string, source: Source) {
    for (const { path: sidePath, data } of conversion.sideOutputs ?? []) {
      this.#sideModules.delete(sidePath);
      this.#sideCode.set(sidePath, data);
      const map = this.compiler.compiled(data)?.sourceMap;
      const original = sidePath.replace(/\.js$/, '.ts');
      this.#sources.set(sidePath, {
        label: path.basename(original),
        text: readIfThere(original),
        // The converter's prefix line stands before cells and modules in cells, not before files.
        original: place => {
          const found = map?.original(place);
          return found && { line: found.line + 1, column: found.column };
        }
      });
    }
    const compiled = this.compiler.compiled(conversion.output ?? '');
    this.#sources.set(file, {
      ...source,
      original: place => (compiled ? compiled.sourceMap.original(place) : place)
    });
    return compiled;
  }

  /** Adds to a `require` the compiled files beside the notebook and tslab's own API. */
  #wrap(base: NodeJS.Require, folder: string): NodeJS.Require {
    const load = (id: string): unknown =>
      id === 'tslab' ? requirePeer('tslab') : (this.#requireSide(id, folder) ?? base(id));
    return Object.assign(load, {
      resolve: base.resolve,
      cache: base.cache,
      extensions: base.extensions,
      main: base.main
    }) as NodeJS.Require;
  }

  #requireSide(id: string, folder: string): unknown {
    const joined = path.resolve(folder, id).replaceAll('\\', '/');
    const file = path.extname(joined) === '' ? `${joined}.js` : joined;
    const cached = this.#sideModules.get(file);
    if (cached) {
      return cached.exports;
    }
    const code = this.#sideCode.get(file);
    if (code === undefined) {
      return undefined;
    }
    const module = new Module(file);
    module.filename = file;
    // Entered before it runs, so that modules that import each other find each other.
    this.#sideModules.set(file, module);
    const names = ['exports', 'require', 'module', '__filename', '__dirname'];
    const run = vm.runInThisContext(`(function (${names.join(', ')}) {\n${code}\n})`, {
      filename: file,
      lineOffset: -1
    }) as (...args: unknown[]) => void;
    const below = path.dirname(file);
    try {
      run(module.exports, this.#wrap(createFallbackRequire(below), below), module, file, below);
    } catch (error) {
      this.#sideModules.delete(file);
      throw error;
    }
    return module.exports;
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
