/**
 * The program behind each cell. TypeScript makes a program and a checker anew whenever a file has
 * changed, which costs milliseconds, and the new checker knows nothing of what the old one worked
 * out. A cell without imports changes nothing for other files: it is parsed and bound by itself, put
 * into the program that is there, and looked at by the checker that knows the library's types.
 */
import type * as TS from 'typescript';
import type { LanguageHost } from './languageHost';

/** What TypeScript's programs attach to the files they read. */
interface Placed extends TS.SourceFile {
  version: string;
  path: string;
  resolvedPath: string;
  originalFileName: string;
  packageJsonScope?: unknown;
  imports: readonly unknown[];
  moduleAugmentations: readonly unknown[];
  ambientModuleNames: readonly unknown[];
}

type Binder = (file: TS.SourceFile, options: TS.CompilerOptions) => void;

/** A checker keeps what it learned about files that are gone; after so many characters it goes too. */
const MAX_PLACED = 200_000;
/** What a file weighs besides its text. */
const PER_FILE = 100;

/** A cell in its program. */
export interface Opened {
  program: TS.Program;
  checker: TS.TypeChecker;
  source: TS.SourceFile;
}

export class Programs {
  readonly #bind: Binder | undefined;
  #program: TS.Program | undefined;
  readonly #placed = new Map<string, TS.SourceFile>();
  #weight = 0;
  #count = 0;

  constructor(
    private readonly ts: typeof TS,
    private readonly host: LanguageHost,
    private readonly service: TS.LanguageService
  ) {
    // Not in TypeScript's typings. Without it each change makes a new program.
    this.#bind = (ts as { bindSourceFile?: Binder }).bindSourceFile;
  }

  /** The program in which `file` has its latest text. */
  open(file: string): Opened {
    if (!this.#bind || this.#weight > MAX_PLACED) {
      this.host.renew();
    }
    const program = this.service.getProgram()!;
    if (program !== this.#program) {
      this.#adopt(program);
    }
    let source = program.getSourceFile(file)! as Placed;
    if (source.version !== this.host.getScriptVersion(file)) {
      source = this.#place(file, source);
    }
    // The checker binds all files when it is made, which the scope needs.
    return { program, checker: program.getTypeChecker(), source };
  }

  /** The file as the latest program has it. */
  find(file: string): TS.SourceFile | undefined {
    return this.service.getProgram()?.getSourceFile(file);
  }

  #adopt(program: TS.Program): void {
    this.#program = program;
    this.#placed.clear();
    this.#weight = 0;
    const find = program.getSourceFile;
    program.getSourceFile = file =>
      (program === this.#program ? this.#placed.get(file) : undefined) ?? find(file);
  }

  #place(file: string, old: Placed): Placed {
    const { ts, host } = this;
    // Programs and checkers remember their findings by name: each text has its own.
    const own = (name: string): string => name.replace(/(?:~\d+)?\.ts$/, `~${this.#count}.ts`);
    this.#count++;
    const source = ts.createLanguageServiceSourceFile(
      own(old.fileName),
      host.getScriptSnapshot(file)!,
      {
        languageVersion: old.languageVersion,
        impliedNodeFormat: old.impliedNodeFormat,
        setExternalModuleIndicator: made => {
          // As with `moduleDetection: force`: a cell is a module even if nothing in it says so.
          (made as { externalModuleIndicator?: unknown }).externalModuleIndicator = true;
        }
      },
      host.getScriptVersion(file),
      false
    ) as Placed;
    Object.assign(source, {
      path: own(old.path),
      resolvedPath: own(old.resolvedPath),
      originalFileName: source.fileName,
      packageJsonScope: old.packageJsonScope,
      imports: [],
      moduleAugmentations: [],
      ambientModuleNames: []
    });
    this.#bind!(source, host.getCompilationSettings());
    this.#placed.delete(old.fileName);
    this.#placed.set(file, source);
    // The language service is asked by the text's own name.
    this.#placed.set(source.fileName, source);
    this.#weight += source.text.length + PER_FILE;
    return source;
  }
}
