/** The files beside the notebook, and modules written in cells, as CommonJS. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type * as TS from 'typescript';
import { hasTopLevelAwait } from './cellTransform';
import { cellOptions } from './languageHost';
import { slashes } from './resolution';
import { CellMap, withoutMapComment } from './sourceMaps';

/** A compiled file. */
export interface SideText {
  stamp: string;
  text: string;
  code: string;
  sourceMap: CellMap;
  /** What it imports or requires. */
  imports: string[];
}

/** In the order in which an import without an ending is tried. */
const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.json'];
/** `import './a.js'` may mean `a.ts`, as TypeScript allows. */
const WRITTEN_AS: Record<string, string> = {
  '.js': '.ts',
  '.jsx': '.tsx',
  '.mjs': '.mts',
  '.cjs': '.cts'
};

export class SideCompiler {
  readonly #compiled = new Map<string, SideText>();
  /** Modules that cells define, by the path they would have as files. */
  readonly #virtual = new Map<string, { text: string; stamp: string }>();
  #defined = 0;

  constructor(
    private readonly ts: typeof TS,
    private readonly folder: string
  ) {}

  /** Registers a module that a cell defines. */
  define(file: string, text: string): void {
    this.#virtual.set(path.resolve(file), { text, stamp: `cell ${++this.#defined}` });
  }

  isFile(file: string): boolean {
    return (
      this.#virtual.has(file) || (statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)
    );
  }

  /** Changes when the file does. */
  stamp(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false });
    return this.#virtual.get(file)?.stamp ?? `${stat?.mtimeMs}-${stat?.size}`;
  }

  read(file: string): string {
    return this.#virtual.get(file)?.text ?? readFileSync(file, 'utf8');
  }

  compile(file: string): SideText {
    const stamp = this.stamp(file);
    const known = this.#compiled.get(file);
    if (known?.stamp === stamp) {
      return known;
    }
    const { ts } = this;
    const text = this.read(file);
    const { outputText, sourceMapText } = ts.transpileModule(text, {
      fileName: slashes(file),
      compilerOptions: {
        ...cellOptions(ts, this.folder),
        module: ts.ModuleKind.CommonJS,
        moduleResolution: ts.ModuleResolutionKind.Node10,
        moduleDetection: ts.ModuleDetectionKind.Auto
      }
    });
    const source = ts.createSourceFile(`${file}.mts`, text, ts.ScriptTarget.ES2024);
    if (hasTopLevelAwait(ts, source)) {
      throw new SyntaxError(
        `${path.basename(file)}: a file that a cell imports must not await at its top.\nExport an async function and await it in the cell, or name the file .mjs.`
      );
    }
    const compiled: SideText = {
      stamp,
      text,
      code: withoutMapComment(outputText),
      sourceMap: new CellMap(sourceMapText!),
      // Of the result, so that imports of types are not among them.
      imports: ts.preProcessFile(outputText, true, true).importedFiles.map(found => found.fileName)
    };
    this.#compiled.set(file, compiled);
    return compiled;
  }
}

/** The file beside the notebook that an import means, or undefined if Node's `require` is to look. */
export function findSide(id: string, folder: string, files: SideCompiler): string | undefined {
  if (!/^\.{0,2}[\\/]|^\.{1,2}$|^[A-Za-z]:[\\/]/.test(id)) {
    return undefined;
  }
  const asked = path.resolve(folder, id);
  if (asked.split(path.sep).includes('node_modules')) {
    return undefined;
  }
  const ending = path.extname(asked);
  const candidates = [
    ...(ENDINGS.includes(ending) ? [asked] : []),
    ...(WRITTEN_AS[ending] ? [asked.slice(0, -ending.length) + WRITTEN_AS[ending]] : []),
    ...ENDINGS.map(each => asked + each),
    ...ENDINGS.map(each => path.join(asked, `index${each}`))
  ];
  return candidates.find(file => files.isFile(file));
}
