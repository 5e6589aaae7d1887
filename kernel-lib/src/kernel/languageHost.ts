/**
 * The files TypeScript sees: one for each cell that still matters, one for the draft behind a
 * completion, modules written in cells, and all the real ones around the notebook.
 */
import { statSync } from 'node:fs';
import type * as TS from 'typescript';
import { CELL_GLOBALS } from './cellGlobals';
import { createTypeResolver, isInstalled, nodeTypeRoot, slashes } from './resolution';

/** Root files are named in advance, so that a new cell changes a file and not the list of files. */
const SLOTS_AT_ONCE = 32;

interface Text {
  version: number;
  text: string;
  /** Whether it means the same in any program, and nothing to the other files. */
  isSimple: boolean;
  snapshot: TS.IScriptSnapshot;
}

/**
 * Words with which a text may bring other files along, or add to what they declare. One inside a
 * comment only costs the time of a new program.
 */
const REACHES_OUT = /\b(?:import|export|require|module|global|namespace|reference|jsx\w*)\b/i;

/** Where the text of a draft is held: never that of a cell, which may be running. */
const DRAFT = 'draft';

export class LanguageHost implements TS.LanguageServiceHost {
  readonly #options: TS.CompilerOptions;
  readonly #texts = new Map<string, Text>();
  readonly #free: string[] = [];
  /** Files beside the notebook with the time of their last change. */
  readonly #times = new Map<string, number>();
  /** Those of them whose imports were found nowhere: they are asked again. */
  readonly #failed = new Set<string>();
  readonly #read = new Map<string, TS.IScriptSnapshot>();
  readonly #folder: string;
  /** Remembers the package.json above each file, not what imports mean. */
  readonly #packages: TS.ModuleResolutionCache;
  readonly resolveModuleNameLiterals: NonNullable<
    TS.LanguageServiceHost['resolveModuleNameLiterals']
  >;
  #slots = 0;
  #version = 0;

  constructor(
    private readonly ts: typeof TS,
    folder: string
  ) {
    this.#folder = slashes(folder).replace(/\/$/, '');
    this.#options = cellOptions(ts, folder);
    this.#packages = ts.createModuleResolutionCache(
      this.#folder,
      file => (ts.sys.useCaseSensitiveFileNames ? file : file.toLowerCase()),
      this.#options
    );
    this.resolveModuleNameLiterals = createTypeResolver(ts, this, this.#failed);
    this.setText(this.draftFile, '');
    // A declaration file, since any other would be a module and declare nothing to the cells.
    this.setText(`${this.#folder}/__cell_globals__.d.ts`, CELL_GLOBALS);
    this.#addSlots();
  }

  get draftFile(): string {
    return this.#cellFile(DRAFT);
  }

  /** A file for a cell. */
  acquire(text: string): string {
    if (this.#free.length === 0) {
      this.#addSlots();
    }
    const file = this.#free.pop()!;
    this.setText(file, text);
    return file;
  }

  /** Gives the file of a cell back that nothing refers to any more. */
  release(file: string): void {
    this.setText(file, '');
    this.#free.push(file);
  }

  setText(file: string, text: string): void {
    const old = this.#texts.get(file);
    // A program that need not change answers a second question at once.
    if (old?.text !== text) {
      const version = (old?.version ?? 0) + 1;
      const isSimple = this.#isCell(file) && !REACHES_OUT.test(text);
      this.#texts.set(file, { version, text, isSimple, snapshot: this.#snapshot(text) });
      if (!(isSimple && old?.isSimple)) {
        this.#version++;
      }
    }
  }

  /** Has the next program made anew. Changes of simple texts alone do not ask for one. */
  renew(): void {
    this.#version++;
  }

  /** The file of a module that a cell defines. */
  moduleFile(name: string): string {
    return `${this.#folder}/${name}.ts`;
  }

  /** Looks for changes of the files beside the notebook. */
  refresh(): void {
    for (const [file, time] of this.#times) {
      const now = timeOf(file);
      if (now !== time) {
        this.#times.set(file, now);
        this.#read.delete(file);
        this.#version++;
      }
    }
    if (this.#failed.size > 0) {
      this.#version++;
    }
  }

  getProjectVersion = (): string => String(this.#version);
  getCompilationSettings = (): TS.CompilerOptions => this.#options;
  getScriptFileNames = (): string[] => [...this.#texts.keys()];
  getModuleResolutionCache = (): TS.ModuleResolutionCache => this.#packages;
  getCurrentDirectory = (): string => this.#folder;
  getDefaultLibFileName = (options: TS.CompilerOptions): string =>
    this.ts.getDefaultLibFilePath(options);
  useCaseSensitiveFileNames = (): boolean => this.ts.sys.useCaseSensitiveFileNames;
  hasInvalidatedResolutions = (file: string): boolean => this.#failed.has(file);
  directoryExists = (name: string): boolean => this.ts.sys.directoryExists(name);
  getDirectories = (name: string): string[] => this.ts.sys.getDirectories(name);
  readDirectory: TS.System['readDirectory'] = (...args) => this.ts.sys.readDirectory(...args);
  realpath = (file: string): string => this.ts.sys.realpath?.(file) ?? file;
  fileExists = (file: string): boolean => this.#texts.has(file) || this.ts.sys.fileExists(file);

  readFile = (file: string, encoding?: string): string | undefined => {
    return this.#texts.get(file)?.text ?? this.ts.sys.readFile(file, encoding);
  };

  getScriptVersion = (file: string): string => {
    const own = this.#texts.get(file);
    if (own) {
      return String(own.version);
    }
    // What is installed does not change under a running kernel; asking costs time at every cell.
    if (!this.isBeside(file)) {
      return '1';
    }
    const time = this.#times.get(file) ?? timeOf(file);
    this.#times.set(file, time);
    return String(time);
  };

  getScriptSnapshot = (file: string): TS.IScriptSnapshot | undefined => {
    const own = this.#texts.get(file);
    if (own) {
      return own.snapshot;
    }
    // TypeScript asks for every file at every cell.
    let snapshot = this.#read.get(file);
    if (!snapshot) {
      const text = this.ts.sys.readFile(file);
      if (text !== undefined) {
        snapshot = this.#snapshot(text);
        this.#read.set(file, snapshot);
      }
    }
    return snapshot;
  };

  /** Whether a file is the notebook's own, not a cell and not a package. */
  isBeside(file: string): boolean {
    return !this.#isCell(file) && !isInstalled(file);
  }

  #isCell(file: string): boolean {
    return file.startsWith(`${this.#folder}/__cell_`);
  }

  #cellFile(name: string): string {
    return `${this.#folder}/__cell_${name}__.ts`;
  }

  #addSlots(): void {
    for (let i = 0; i < SLOTS_AT_ONCE; i++) {
      this.release(this.#cellFile(String(++this.#slots)));
    }
    this.#free.sort().reverse();
  }

  #snapshot(text: string): TS.IScriptSnapshot {
    return this.ts.ScriptSnapshot.fromString(text);
  }
}

function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** How cells and the files beside the notebook are compiled. */
export function cellOptions(ts: typeof TS, folder: string): TS.CompilerOptions {
  const typeRoot = nodeTypeRoot(folder);
  return {
    // Every Node that tunelab runs on has the syntax of ES2024; `using` is lowered.
    target: ts.ScriptTarget.ES2024,
    lib: librariesOf(process.versions.node).map(name => `lib.${name}.d.ts`),
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    allowImportingTsExtensions: true,
    allowJs: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    jsx: ts.JsxEmit.React,
    preserveConstEnums: true,
    // The default until TypeScript 6.
    strict: false,
    skipLibCheck: true,
    sourceMap: true,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
    newLine: ts.NewLineKind.LineFeed,
    // Only Node's globals. All of @types, TypeScript's habit, would put a test runner's `describe`
    // into the cells of a notebook inside a project, and costs time at every start.
    types: typeRoot ? ['node'] : [],
    typeRoots: typeRoot ? [typeRoot] : []
  };
}

/** What of the language's library a version of Node has, as TypeScript names it. */
export function librariesOf(node: string): string[] {
  const [major = 0] = node.split('.').map(Number);
  const names = ['es2023', 'esnext.disposable', 'esnext.decorators'];
  if (major >= 22) {
    names[0] = 'es2024';
    names.push('esnext.array', 'esnext.collection', 'esnext.iterator');
  }
  if (major >= 24) {
    names.push('esnext.promise', 'esnext.error', 'esnext.float16');
  }
  return names;
}
