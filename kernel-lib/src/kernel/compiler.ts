/** TypeScript for cells: checks and compiles them, completes and explains their names. */
import type * as TS from 'typescript';
import { type CellFacts, dropExportMark, lowerCell } from './cellTransform';
import { type Completeness, completenessOf } from './completeness';
import { completionsAt, type Completions } from './completion';
import { type Diagnostic, diagnosticsOf } from './diagnostics';
import { explainAt, explainCall, type Explanation } from './documentation';
import { LanguageHost } from './languageHost';
import { requirePeer } from './peers';
import { type Opened, Programs } from './programs';
import { exported, isVariable, localsOf, Scope } from './scope';
import { CellMap, withoutMapComment } from './sourceMaps';

/** What becomes of a cell. */
export interface Compilation extends CellFacts {
  /** The body of the cell's function; absent if the cell has errors. */
  code?: string;
  errors: Diagnostic[];
  /** Type errors that only warn (see `TypeErrors`). */
  warnings: Diagnostic[];
  /** The variables that running it assigns. */
  declares: string[];
  /** From `code` to the cell's text. */
  sourceMap?: CellMap;
  /** Of a cell that defines a module: the module's file and text. */
  module?: { file: string; text: string };
  /** The file that holds the cell while it runs. */
  readonly file: string;
}

/** Whether type errors keep a cell from running, or are only printed. */
export type TypeErrors = 'error' | 'warn';

/** The environment variable for it, read before each cell, so that a cell can set it as well. */
export const TYPE_ERRORS_VARIABLE = 'TUNELAB_TYPE_ERRORS';

/** A cell whose first comment is a JSDoc with the tag @module is a module for later cells. */
const MODULE_CELL = /^\s*\/\*\*(?:(?!\*\/)[\s\S])*?@module\s+([\w./-]+)/;

/** Every TypeScript error below this code is one of syntax. */
const FIRST_TYPE_ERROR = 2000;

/** The compiler of one kernel. Its first program takes most of a second: it reads the types of Node. */
export class Compiler {
  readonly ts: typeof TS;
  readonly #host: LanguageHost;
  readonly #service: TS.LanguageService;
  readonly #programs: Programs;
  readonly #scope: Scope;

  constructor(folder: string, ts = requirePeer<typeof TS>('typescript')) {
    this.ts = ts;
    this.#host = new LanguageHost(ts, folder);
    this.#service = ts.createLanguageService(this.#host, ts.createDocumentRegistry());
    this.#programs = new Programs(ts, this.#host, this.#service);
    this.#scope = new Scope(ts, file => this.#host.release(file));
  }

  /** Checks and compiles a cell. It counts for later cells when it has been given to `keep`. */
  compile(text: string, typeErrors: TypeErrors = typeErrorsSetting()): Compilation {
    this.#host.refresh();
    const name = MODULE_CELL.exec(text)?.[1];
    const file = name ? this.#host.moduleFile(name) : this.#host.acquire(text);
    if (name) {
      this.#host.setText(file, text);
    }
    const { program, checker, source } = this.#open(file);
    const found = diagnosticsOf(this.ts, program, source, this.#host);
    const fatal = found.filter(({ code }) => code < FIRST_TYPE_ERROR || typeErrors === 'error');
    const compilation: Compilation = {
      file,
      errors: fatal,
      warnings: fatal.length > 0 ? [] : found,
      declares: [],
      imports: [],
      bindings: [],
      awaits: false,
      ...(name && { module: { file, text } })
    };
    if (fatal.length > 0) {
      this.discard(compilation);
    } else if (!name) {
      this.#emit(program, checker, source, compilation);
    }
    return compilation;
  }

  /**
   * Shows a cell that has run to the cells after it. Of one that failed midway, what it came to
   * assign: `isAssigned` tells.
   */
  keep(compilation: Compilation, isAssigned: (name: string) => boolean = () => true): void {
    const { declares, file, module } = compilation;
    const source = this.#programs.find(file);
    if (!module && source) {
      this.#scope.add(file, source, new Set(declares.filter(name => !isAssigned(name))));
    }
  }

  /** Forgets a cell that did not run. */
  discard({ file, module }: Compilation): void {
    if (!module) {
      this.#host.release(file);
    }
  }

  /** What may stand at a place in a cell; offsets in UTF-16 units. */
  complete(text: string, position: number): Completions {
    const { checker, source } = this.#draft(text);
    return completionsAt(this.ts, this.#service, checker, source, position);
  }

  /**
   * Signature and documentation of the name at `position`, of the one that ends there, or of the
   * function whose arguments are there.
   */
  inspect(text: string, position: number): Explanation | undefined {
    const { source } = this.#draft(text);
    const explain = (at: number): Explanation | undefined =>
      explainAt(this.#service, source.fileName, at);
    return (
      explain(position) ??
      (position > 0 ? explain(position - 1) : undefined) ??
      explainCall(this.#service, source, position)
    );
  }

  /** Whether a console may run the text or must ask for another line. */
  isComplete(text: string): Completeness {
    return completenessOf(this.ts, text);
  }

  #draft(text: string): Opened {
    this.#host.setText(this.#host.draftFile, text);
    return this.#open(this.#host.draftFile);
  }

  #open(file: string): Opened {
    const opened = this.#programs.open(file);
    this.#scope.enclose(opened.program, opened.source);
    return opened;
  }

  #emit(
    program: TS.Program,
    checker: TS.TypeChecker,
    source: TS.SourceFile,
    compilation: Compilation
  ): void {
    const { ts } = this;
    const own = new Set<TS.Symbol>();
    const names = new Set<string>();
    for (const [name, local] of localsOf(source)) {
      const symbol = exported(local);
      if (isVariable(ts, symbol)) {
        own.add(symbol);
        names.add(String(name));
        compilation.declares.push(String(name));
      }
    }
    const variables = {
      mayBe: (name: string) => names.has(name) || this.#scope.hasName(name),
      has: (symbol: TS.Symbol) => own.has(symbol) || this.#scope.isVariable(symbol)
    };
    const write: TS.WriteFileCallback = (name, text) => {
      if (name.endsWith('.map')) {
        compilation.sourceMap = new CellMap(text);
      } else {
        compilation.code = withoutMapComment(text);
      }
    };
    program.emit(source, write, undefined, false, {
      before: [lowerCell(ts, checker, variables, compilation)],
      after: [dropExportMark(ts)]
    });
  }
}

function typeErrorsSetting(): TypeErrors {
  return process.env[TYPE_ERRORS_VARIABLE] === 'warn' ? 'warn' : 'error';
}
