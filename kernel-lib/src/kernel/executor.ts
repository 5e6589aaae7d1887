/** Compiles cells and runs them; knows the notebook's variables, nothing of messages. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { Phase, type SharedFlags } from './bridge';
import type { Imported } from '../host';
import { PARAMETERS } from './cellTransform';
import type { Compilation, Compiler } from './compiler';
import { ModuleLoader, type Namespace, silenceLoaderWarnings } from './moduleLoader';
import { SideCompiler } from './sideFiles';
import { CompileError, Interrupted, type Source, warningText } from './traceback';

/** One piece of code to run. */
export interface Run {
  code: string;
  /** What a traceback calls it: `cell [3]`. */
  label: string;
  /** Whether the code was given up, so that what it declares late must not appear. */
  abandoned(): boolean;
}

type Variables = Record<string, unknown>;

/** Of a cell that runs, and the variables before it, so that what it assigned can be told. */
interface Unfinished {
  compilation: Compilation;
  before: Map<string, unknown>;
}

/** Files with this prefix are cells: no path on any system begins so. */
const CELL = 'cell:';
const STACK_FRAMES = 100;

export class Executor {
  /** The notebook's variables. A plain object: V8 makes assignments to it as fast as to a local one. */
  readonly variables: Variables = {};
  /** Which of them are imports, by the cells that ran last. */
  readonly #imported = new Map<string, Imported>();
  readonly #sources = new Map<string, Source>();
  readonly #sideFiles: SideCompiler;
  readonly #loader: ModuleLoader;
  readonly #meta: { url: string; dirname: string; filename: string };
  #unfinished: Unfinished | undefined;
  #runs = 0;

  constructor(
    private readonly compiler: Compiler,
    private readonly flags: SharedFlags,
    private readonly folder = process.cwd(),
    /** Gives tslab's API to a cell that imports it: not before, since it brings a TypeScript along. */
    loadTslab?: () => unknown
  ) {
    // A cell's own line must be on the stack, however deep in a library an error is thrown.
    Error.stackTraceLimit = STACK_FRAMES;
    silenceLoaderWarnings();
    const filename = path.join(folder, 'cell.ts');
    this.#meta = { url: pathToFileURL(filename).href, dirname: folder, filename };
    this.#sideFiles = new SideCompiler(compiler.ts, folder);
    this.#loader = new ModuleLoader(
      this.#sideFiles,
      folder,
      (file, source) => this.#sources.set(file, source),
      loadTslab
    );
  }

  /** The source behind a file name of a stack. */
  readonly source = (file: string): Source | undefined => this.#sources.get(file);

  /** What a cell imported under a name, unless a later cell declared it anew. */
  readonly importOf = (name: string): Imported | undefined => this.#imported.get(name);

  /** The variable that holds this value: of several the newest. */
  readonly nameOf = (value: object): string | undefined =>
    Object.keys(this.variables)
      .reverse()
      .find(name => this.variables[name] === value);

  /**
   * Runs code and gives the value of its last expression; undefined when there is none. The value
   * comes inside an object because a promise would take its place if it were returned bare.
   * @throws CompileError if TypeScript refuses the code, else whatever the code throws.
   */
  async run({ code, label, abandoned }: Run): Promise<{ value: unknown }> {
    // The caller must be suspended before user code begins: when V8 terminates the execution, the
    // frames on the stack vanish without their `finally`.
    await null;
    this.#finish();
    const file = `${CELL}${++this.#runs}`;
    const source: Source = { label, text: code, original: place => place };
    const compilation = this.flags.protect(() => this.compiler.compile(code));
    if (compilation.errors.length > 0) {
      throw new CompileError(compilation.errors, source);
    }
    if (compilation.warnings.length > 0) {
      process.stderr.write(warningText(compilation.warnings, source));
    }
    if (compilation.module) {
      this.#sideFiles.define(compilation.module.file, compilation.module.text);
      return { value: undefined };
    }
    const { sourceMap, declares } = compilation;
    this.#sources.set(file, {
      ...source,
      original: place => (sourceMap ? sourceMap.original(place) : place)
    });
    const before = new Map(
      declares.filter(name => name in this.variables).map(name => [name, this.variables[name]])
    );
    this.#unfinished = { compilation, before };
    this.flags.phase = Phase.Cell;
    const modules: Namespace[] = [];
    for (const id of compilation.imports) {
      modules.push(await this.#loader.load(id));
    }
    if (this.flags.interruptWaits() || abandoned()) {
      throw new Interrupted();
    }
    declares.forEach(name => this.#imported.delete(name));
    compilation.bindings.forEach(({ local, imported }) => this.#imported.set(local, imported));
    const cell = this.#function(compilation, file);
    const made = cell(
      this.variables,
      modules,
      this.#loader.load,
      this.#meta,
      this.#loader.require,
      this.folder
    );
    const result = (compilation.awaits ? await made : made) as { value: unknown } | undefined;
    if (abandoned()) {
      throw new Interrupted();
    }
    this.#unfinished = undefined;
    this.flags.protect(() => this.compiler.keep(compilation));
    return { value: result?.value };
  }

  #function({ code, awaits }: Compilation, filename: string): (...args: unknown[]) => unknown {
    const head = `${awaits ? 'async ' : ''}function (${PARAMETERS.join(', ')}) { "use strict";`;
    return vm.runInThisContext(`(${head}\n${code}\n})`, { filename, lineOffset: -1 }) as (
      ...args: unknown[]
    ) => unknown;
  }

  /** Keeps what a cell that failed or was stopped came to assign. */
  #finish(): void {
    if (!this.#unfinished) {
      return;
    }
    const { compilation, before } = this.#unfinished;
    this.#unfinished = undefined;
    this.flags.protect(() =>
      this.compiler.keep(
        compilation,
        // A name that has its old value still has its old type as well.
        name =>
          name in this.variables &&
          !(before.has(name) && Object.is(before.get(name), this.variables[name]))
      )
    );
  }
}
