/**
 * What a cell sees of the cells before it. Each cell stays a source file of its own, and the names of
 * earlier cells are found as if the later one stood in blocks inside them:
 *
 *     { cell 1's names  { cell 2's names  cell 3 } }
 *
 * So nothing is written down between cells: types are what TypeScript inferred, documentation is at
 * hand, a name may be declared anew with another type, and a type and a value of one name may come
 * from different cells.
 */
import type * as TS from 'typescript';

type Names = Map<TS.__String, TS.Symbol>;

/** TypeScript's source files and blocks with what its binder attaches to them. */
type Scoped<T> = T & { parent?: TS.Node; locals?: Names };

interface Layer {
  file: string;
  /** Names that a cell which failed midway never came to assign. */
  hidden: ReadonlySet<string>;
  /** Names in the cell's text, wherever they come from. */
  mentions: ReadonlySet<string>;
  /** A cell that adds to global types or to a module's matters even when nobody uses its names. */
  augments: boolean;
  source: TS.SourceFile;
  names: Names;
  block: TS.Block;
}

/** How many cells may gather before the first look for those that no longer matter. */
const SWEEP_AFTER = 32;

export class Scope {
  #layers: Layer[] = [];
  #variables = new Set<TS.Symbol>();
  #names = new Set<string>();
  #sweepAt = SWEEP_AFTER;

  constructor(
    private readonly ts: typeof TS,
    private readonly release: (file: string) => void
  ) {}

  /** Whether some earlier cell has such a name. */
  hasName(name: string): boolean {
    return this.#names.has(name);
  }

  /** Whether a symbol is a variable, function, class or import of an earlier cell. */
  isVariable(symbol: TS.Symbol): boolean {
    return this.#variables.has(symbol);
  }

  /** Puts a file of a program inside the earlier cells. Its checker must exist, but not have looked. */
  enclose(program: TS.Program, file: TS.SourceFile): void {
    let outer: TS.Block | undefined;
    for (const layer of this.#layers) {
      const source = program.getSourceFile(layer.file)!;
      if (source !== layer.source) {
        layer.source = source;
        this.#bind(layer);
      }
      setParent(source, outer);
      setParent(layer.block, outer);
      outer = layer.block;
    }
    setParent(file, outer);
  }

  /** Shows the names of a cell to the cells after it. */
  add(file: string, source: TS.SourceFile, hidden: ReadonlySet<string>): void {
    const augments = source.statements.some(
      statement =>
        this.ts.isModuleDeclaration(statement) &&
        (this.ts.isStringLiteral(statement.name) ||
          (statement.flags & this.ts.NodeFlags.GlobalAugmentation) !== 0)
    );
    const layer: Layer = {
      file,
      hidden,
      augments,
      source,
      mentions: mentionsOf(this.ts, source),
      names: new Map(),
      block: this.ts.factory.createBlock([])
    };
    this.#bind(layer);
    if (layer.names.size === 0 && !augments) {
      this.release(file);
      return;
    }
    this.#layers.push(layer);
    if (this.#layers.length >= this.#sweepAt) {
      this.#sweep();
      this.#sweepAt = Math.max(SWEEP_AFTER, 2 * this.#layers.length);
    }
  }

  #bind(layer: Layer): void {
    layer.names.clear();
    for (const [name, local] of localsOf(layer.source)) {
      const symbol = exported(local);
      if (!layer.hidden.has(String(name)) && !isScopedResource(this.ts, symbol)) {
        layer.names.set(name, symbol);
        this.#names.add(String(name));
        if (isVariable(this.ts, symbol)) {
          this.#variables.add(symbol);
        }
      }
    }
    (layer.block as Scoped<TS.Block>).locals = layer.names;
  }

  /** Forgets cells whose names are all declared anew and that no remaining cell mentions. */
  #sweep(): void {
    const kept = new Set<Layer>(this.#layers.filter(layer => layer.augments));
    // A name that has been declared once stays with its latest cell, so none is ever lost.
    const all = this.#names as ReadonlySet<TS.__String & string>;
    const waiting = [...kept].map(layer => [layer, layer.mentions] as const);
    const use = (names: Iterable<TS.__String>, before: number): void => {
      for (const name of names) {
        for (const layer of this.#providers(name, before)) {
          if (!kept.has(layer)) {
            kept.add(layer);
            waiting.push([layer, layer.mentions]);
          }
        }
      }
    };
    use(all, this.#layers.length);
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [layer, mentions] = next;
      use(mentions as ReadonlySet<TS.__String & string>, this.#layers.indexOf(layer));
    }
    for (const layer of this.#layers) {
      if (!kept.has(layer)) {
        layer.names.forEach(symbol => this.#variables.delete(symbol));
        this.release(layer.file);
      }
    }
    this.#layers = this.#layers.filter(layer => kept.has(layer));
  }

  /** The cells before number `before` that give a name its meanings as a value and as a type. */
  *#providers(name: TS.__String, before: number): Iterable<Layer> {
    const { Value, Type, Namespace, Alias } = this.ts.SymbolFlags;
    let open = Value | Type | Namespace;
    for (let i = before - 1; i >= 0 && open; i--) {
      const flags = this.#layers[i]!.names.get(name)?.flags ?? 0;
      const means = flags & Alias ? Value | Type | Namespace : flags;
      if (means & open) {
        open &= ~means;
        // A class is many types at once to TypeScript; any of them covers all.
        open &= means & Type ? ~Type : ~0;
        open &= means & Value ? ~Value : ~0;
        yield this.#layers[i]!;
      }
    }
  }
}

/** The names a file declares at its top. */
export function localsOf(file: TS.SourceFile): Names {
  return (file as Scoped<TS.SourceFile>).locals ?? new Map();
}

/** What a name stands for: `export const a` has a local symbol that only points to another one. */
export function exported(symbol: TS.Symbol): TS.Symbol {
  return (symbol as TS.Symbol & { exportSymbol?: TS.Symbol }).exportSymbol ?? symbol;
}

/** Whether a symbol of a cell's top lives on when the cell has run. */
export function isVariable(ts: typeof TS, symbol: TS.Symbol): boolean {
  if (symbol.flags & ts.SymbolFlags.Alias) {
    return true;
  }
  // `declare` only says that something exists elsewhere.
  return (
    (symbol.flags & ts.SymbolFlags.Value) !== 0 &&
    !isScopedResource(ts, symbol) &&
    !symbol.declarations?.every(
      declaration => ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient
    )
  );
}

/** `using` disposes of its resource when the cell ends: later cells must not see it. */
function isScopedResource(ts: typeof TS, symbol: TS.Symbol): boolean {
  const declaration = symbol.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    ts.isVariableDeclarationList(declaration.parent) &&
    isUsing(ts, declaration.parent)
  );
}

/** Whether a list of declarations is one of `using` or `await using`. */
export function isUsing(ts: typeof TS, list: TS.VariableDeclarationList): boolean {
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
}

function setParent(node: TS.Node, parent: TS.Node | undefined): void {
  (node as { parent?: TS.Node | undefined }).parent = parent;
}

function mentionsOf(ts: typeof TS, file: TS.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: TS.Node): void => {
    if (ts.isIdentifier(node)) {
      names.add(String(node.escapedText));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
