/** Completion: names with their kinds, signatures and first lines of documentation. */
import type * as TS from 'typescript';
import { textOf } from './documentation';

export interface Candidate {
  text: string;
  /** In Jupyter's words: function, class, module, instance, property, keyword and so on. */
  type: string;
  signature?: string;
  /** The first paragraph of the docstring. */
  documentation?: string;
}

/** The completions at a place in a cell, as offsets in UTF-16 units. */
export interface Completions {
  start: number;
  end: number;
  candidates: Candidate[];
}

/** Signatures cost the checker time: beyond this many candidates nobody reads them. */
const MAX_DESCRIBED = 150;
const MAX_SIGNATURE = 120;
/** What every notebook can import, wherever it lies. */
const OWN_PACKAGES = ['tunelab', 'mathjs'];

const TYPES: Record<string, string> = {
  method: 'function',
  'local function': 'function',
  construct: 'function',
  const: 'instance',
  let: 'instance',
  var: 'instance',
  'local var': 'instance',
  using: 'instance',
  'await using': 'instance',
  parameter: 'param',
  getter: 'property',
  setter: 'property',
  accessor: 'property',
  alias: 'module',
  'external module name': 'module',
  directory: 'path',
  script: 'path',
  string: 'text'
};

export function completionsAt(
  ts: typeof TS,
  service: TS.LanguageService,
  checker: TS.TypeChecker,
  file: TS.SourceFile,
  position: number
): Completions {
  const found = service.getCompletionsAtPosition(file.fileName, position, {
    includeSymbol: true,
    includeCompletionsWithInsertText: false
  });
  const typed = /[\p{ID_Continue}$#]*$/u.exec(file.text.slice(0, position))![0];
  // The name of a module is replaced as a whole, as far as TypeScript knows it.
  const span = found?.entries[0]?.replacementSpan ?? found?.optionalReplacementSpan;
  const start = span && span.start <= position ? span.start : position - typed.length;
  const prefix = file.text.slice(start, position);
  const lower = prefix.toLowerCase();
  const entries = (found?.entries ?? [])
    .filter(({ name }) => name.toLowerCase().startsWith(lower) && !/^\.[^.]/.test(name))
    .sort(
      (a, b) =>
        rank(ts, found!, a, prefix) - rank(ts, found!, b, prefix) ||
        a.sortText.localeCompare(b.sortText) ||
        a.name.localeCompare(b.name)
    );
  const candidates = entries.map((entry, index) => ({
    text: entry.name,
    type: typeOf(ts, checker, entry),
    // Signatures of all global names would be a second's work for a list that only shows names.
    ...(index < MAX_DESCRIBED && entry.symbol && isWorthDescribing(found!, entry.symbol)
      ? describe(ts, checker, entry.symbol, file)
      : {})
  }));
  return { start, end: position, candidates: withOwnPackages(candidates, file, position) };
}

/** Adds what an import finds in tunelab's installation, which TypeScript does not list. */
function withOwnPackages(
  candidates: Candidate[],
  file: TS.SourceFile,
  position: number
): Candidate[] {
  const quoted = /\b(?:from|import|require)\s*\(?\s*['"]([^'"\n]*)$/.exec(
    file.text.slice(0, position)
  )?.[1];
  const listed = new Set(candidates.map(({ text }) => text));
  return quoted === undefined
    ? candidates
    : [
        ...OWN_PACKAGES.filter(name => name.startsWith(quoted) && !listed.has(name)).map(text => ({
          text,
          type: 'module'
        })),
        ...candidates
      ];
}

/** First what starts exactly as typed, then what the notebook itself has; deprecated names last. */
function rank(ts: typeof TS, found: TS.CompletionInfo, entry: TS.CompletionEntry, prefix: string) {
  const isOwn = entry.symbol !== undefined && isWorthDescribing(found, entry.symbol);
  return (
    (entry.name.startsWith(prefix) ? 0 : 1) +
    (isOwn ? 0 : 2) +
    (entry.kind === ts.ScriptElementKind.keyword ? 4 : 0) +
    ((entry.kindModifiers ?? '').includes('deprecated') ? 8 : 0)
  );
}

/** Members, and what the notebook itself declares or imports. */
function isWorthDescribing(found: TS.CompletionInfo, symbol: TS.Symbol): boolean {
  return (
    found.isMemberCompletion ||
    (symbol.declarations?.some(node => !node.getSourceFile().isDeclarationFile) ?? false)
  );
}

function typeOf(ts: typeof TS, checker: TS.TypeChecker, { kind, symbol }: TS.CompletionEntry) {
  if (kind === ts.ScriptElementKind.alias && symbol && symbol.flags & ts.SymbolFlags.Alias) {
    const { flags } = checker.getAliasedSymbol(symbol);
    const { Function, Class, Variable } = ts.SymbolFlags;
    return flags & Function
      ? 'function'
      : flags & Class
        ? 'class'
        : flags & Variable
          ? 'instance'
          : 'module';
  }
  const { Interface, Variable } = ts.SymbolFlags;
  // `Promise` and its like are declared as a variable and an interface.
  const isClass = symbol && symbol.flags & Variable && symbol.flags & Interface;
  return isClass ? 'class' : (TYPES[kind] ?? (kind || 'text'));
}

function describe(
  ts: typeof TS,
  checker: TS.TypeChecker,
  symbol: TS.Symbol,
  file: TS.SourceFile
): Pick<Candidate, 'signature' | 'documentation'> {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const documentation = textOf(target.getDocumentationComment(checker))
    .split(/\n\s*\n/)[0]!
    .trim();
  if (!(target.flags & ts.SymbolFlags.Value)) {
    return documentation ? { documentation } : {};
  }
  const type = checker.getTypeOfSymbolAtLocation(target, file);
  const [call] = type.getCallSignatures();
  const more = type.getCallSignatures().length - 1;
  const text = call
    ? checker.signatureToString(call) + (more > 0 ? ` (+${more} overloads)` : '')
    : checker.typeToString(type);
  const signature = text.length > MAX_SIGNATURE ? `${text.slice(0, MAX_SIGNATURE)}…` : text;
  return { signature, ...(documentation && { documentation }) };
}
