/** tslab's converter, loaded over our TypeScript facade: from a cell's TypeScript to its JavaScript. */
import type * as TS from 'typescript';
import { launcherRequire, requirePeer } from './peers';
import { type Compiled, createFacade } from './typescriptFacade';

/** A finding of TypeScript in a cell; lines and characters count from 0. */
export interface Diagnostic {
  start: { line: number; character: number };
  end: { line: number; character: number };
  messageText: string;
  code: number;
  fileName?: string;
}

/** What tslab's converter makes of a cell. */
export interface Conversion {
  output?: string;
  declOutput?: string;
  diagnostics: Diagnostic[];
  lastExpressionVar?: string;
  sideOutputs?: { path: string; data: string }[];
}

/** The completions at a place in a cell, as offsets in UTF-16 units. */
export interface Completions {
  start: number;
  end: number;
  candidates: string[];
  original?: TS.CompletionInfo;
}

interface Converter {
  convert(declarations: string, source: string): Conversion;
  inspect(declarations: string, source: string, position: number): TS.QuickInfo | undefined;
  complete(declarations: string, source: string, position: number): Completions;
  addModule(name: string, content: string, metadata: unknown): Diagnostic[];
}

/** The compiler of one kernel. Making it takes about a second: it reads the types of Node. */
export class Compiler {
  readonly ts: typeof TS;
  readonly #converter: Converter;
  readonly #compiled: Map<string, Compiled>;
  readonly #metadata: (source: string) => { module?: string };
  readonly #isComplete: (source: string) => { completed: boolean; indent?: string };
  readonly #quickInfo: (info: TS.QuickInfo) => string;

  constructor(folder: string) {
    requirePeer('tslab/package.json');
    const fromTslab = launcherRequire('node:module').createRequire(
      launcherRequire.resolve('tslab/package.json')
    ) as NodeJS.Require;
    const id = fromTslab.resolve('@tslab/typescript-for-tslab');
    this.ts = fromTslab(id) as typeof TS;
    const facade = createFacade(this.ts, folder);
    this.#compiled = facade.compiled;
    // tslab's modules must find the facade when they ask for TypeScript.
    fromTslab.cache[id]!.exports = facade;
    const converter = fromTslab('./dist/converter') as {
      createConverter(): Converter;
      isCompleteCode(source: string): { completed: boolean; indent?: string };
    };
    this.#isComplete = converter.isCompleteCode;
    this.#metadata = fromTslab('./dist/metadata').getCodeMetadata;
    this.#quickInfo = fromTslab('./dist/inspect').printQuickInfo;
    this.#converter = converter.createConverter();
  }

  /** Compiles a cell after the declarations of those before it. */
  convert(declarations: string, source: string): Conversion {
    this.#compiled.clear();
    const { module } = this.#metadata(source);
    if (module) {
      // A cell whose first comment is a JSDoc with the tag @module is a module for later cells.
      return { diagnostics: this.#converter.addModule(module, source, this.#metadata(source)) };
    }
    return this.#converter.convert(declarations, source);
  }

  /** What is known about compiled code of the latest conversion. */
  compiled(code: string): Compiled | undefined {
    return this.#compiled.get(code);
  }

  complete(declarations: string, source: string, position: number): Completions {
    return this.#converter.complete(declarations, source, position);
  }

  /** Signature and documentation of the name at `position`, or of the name that ends there. */
  inspect(
    declarations: string,
    source: string,
    position: number
  ): { text: string; signature: string; documentation: string } | undefined {
    const info =
      this.#converter.inspect(declarations, source, position) ??
      (position > 0 ? this.#converter.inspect(declarations, source, position - 1) : undefined);
    if (!info) {
      return undefined;
    }
    const join = (parts?: readonly { text: string }[]): string =>
      (parts ?? []).map(part => part.text).join('');
    const tags = (info.tags ?? []).map(tag => `@${tag.name} ${join(tag.text)}`.trim());
    return {
      text: this.#quickInfo(info),
      signature: join(info.displayParts),
      documentation: [join(info.documentation), ...tags].filter(Boolean).join('\n\n')
    };
  }

  /** Whether a console may run the text or must ask for another line. */
  isComplete(source: string): { status: 'complete' | 'incomplete' | 'invalid'; indent?: string } {
    const { completed, indent } = this.#isComplete(source);
    if (!completed) {
      return { status: 'incomplete', indent: indent ?? '' };
    }
    const { diagnostics } = this.ts.transpileModule(source, {
      reportDiagnostics: true,
      compilerOptions: { target: this.ts.ScriptTarget.ES2022, module: this.ts.ModuleKind.ESNext }
    });
    return { status: diagnostics?.length ? 'invalid' : 'complete' };
  }
}
