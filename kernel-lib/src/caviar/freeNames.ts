import type * as Acorn from 'acorn';
import type * as EslintScope from 'eslint-scope';
import { ownRequire } from '../panda/threads';

/** A name in a piece of code, from which place to which. */
interface Mention {
  name: string;
  start: number;
  end: number;
}

/** How a name is declared at the top of a file. */
export interface Declared {
  /** Of an import, or of a constant that is required: the module, and the export's name. */
  module?: string;
  export?: string;
  by?: 'import' | 'require' | 'cell';
}

/** What a function's text mentions and does not declare. */
export interface FreeName {
  name: string;
  /** The properties that are read of it, such as `fit` in `__vars.fit`; `undefined` where it stands alone. */
  properties: Set<string | undefined>;
  /** What declares it in the file around; only of functions in files. */
  declared?: Declared;
}

type Node = Acorn.Node & Record<string, unknown> & { range: [number, number] };

/** Loaded at the first inline objective, and never in a browser. */
function parsers(): { acorn: typeof Acorn; scope: typeof EslintScope } {
  const load = ownRequire();
  return {
    acorn: load('acorn') as typeof Acorn,
    scope: load('eslint-scope') as typeof EslintScope
  };
}

/** Code with its syntax tree. @throws SyntaxError if it is no JavaScript. */
export class ParsedCode {
  readonly #tree: Node;
  readonly #scope = parsers().scope;
  readonly #module: boolean;

  constructor(readonly text: string) {
    const { acorn } = parsers();
    const options = {
      ecmaVersion: 'latest',
      ranges: true,
      allowHashBang: true,
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true
    } as const;
    let tree: Acorn.Program;
    try {
      tree = acorn.parse(text, { ...options, sourceType: 'module' });
      this.#module = true;
    } catch {
      tree = acorn.parse(text, { ...options, sourceType: 'script' });
      this.#module = false;
    }
    this.#tree = tree as unknown as Node;
  }

  /** What the text from `start` to `end` mentions and does not declare itself. */
  freeNames(start = 0, end = this.text.length): FreeName[] {
    const owners = this.#owners();
    const manager = this.#scope.analyze(this.#tree as never, {
      ecmaVersion: 2022,
      sourceType: this.#module ? 'module' : 'script',
      nodejsScope: !this.#module
    });
    const inside = ([from, to]: [number, number]) => from >= start && to <= end;
    const found = new Map<string, FreeName>();
    for (const { identifier, resolved } of manager.scopes.flatMap(({ references }) => references)) {
      const node = identifier as unknown as Node & Mention;
      const definition = resolved?.defs[0];
      const declaration = definition?.name as unknown as Node | undefined;
      // `arguments` is resolved without any definition.
      if (!inside(node.range) || (resolved && (!declaration || inside(declaration.range)))) {
        continue;
      }
      const free = found.get(node.name) ?? { name: node.name, properties: new Set() };
      free.properties.add(owners.get(node));
      if (definition) {
        free.declared = declaredBy(definition as unknown as Definition);
      }
      found.set(node.name, free);
    }
    return [...found.values()];
  }

  /** Where `import(…)` and `import.meta` stand between two places, first to last. */
  imports(start = 0, end = this.text.length): (Mention & { name: 'import' | 'import.meta' })[] {
    const found: (Mention & { name: 'import' | 'import.meta' })[] = [];
    visit(this.#tree, node => {
      const [from, to] = node.range;
      if (from < start || to > end) {
        return;
      }
      if (node.type === 'ImportExpression') {
        found.push({ name: 'import', start: from, end: from + 'import'.length });
      } else if (node.type === 'MetaProperty' && (node.meta as Node & Mention).name === 'import') {
        found.push({ name: 'import.meta', start: from, end: to });
      }
    });
    return found.sort((a, b) => a.start - b.start);
  }

  /** Of each name whose property is read: the property. */
  #owners(): Map<Node, string> {
    const owners = new Map<Node, string>();
    visit(this.#tree, node => {
      const property = node.property as (Node & Mention) | undefined;
      if (node.type === 'MemberExpression' && !node.computed && property?.type === 'Identifier') {
        owners.set(node.object as Node, property.name);
      }
    });
    return owners;
  }
}

interface Definition {
  type: string;
  node: Node & { imported?: Mention & { value?: string }; init?: Node; id?: Node };
  parent?: Node & { source?: { value: string }; kind?: string };
  name: Mention;
}

function declaredBy({ type, node, parent, name }: Definition): Declared {
  if (type === 'ImportBinding' && parent?.source) {
    const module = parent.source.value;
    if (node.type === 'ImportNamespaceSpecifier') {
      return { module, by: 'import' };
    }
    const imported = node.type === 'ImportSpecifier' ? node.imported : undefined;
    const exported = imported ? (imported.name ?? imported.value) : 'default';
    return { module, export: exported, by: 'import' };
  }
  const required =
    type === 'Variable' && parent?.kind === 'const' ? requiredModule(node.init) : undefined;
  if (required === undefined || !node.id) {
    return {};
  }
  if (node.id.type === 'Identifier') {
    return required;
  }
  // `const { fit, layers: l } = require(…)`, one level deep.
  const properties = (node.id.properties ?? []) as (Node & { key: Mention; value: Mention })[];
  const key = properties.find(({ value }) => value?.name === name.name)?.key.name;
  return key === undefined ? {} : { ...required, export: key };
}

/** `require(…)`, and what TypeScript makes of imports: `__importStar(require(…))`. */
function requiredModule(node: Node | undefined): Declared | undefined {
  const { callee, arguments: given = [] } = (node ?? {}) as {
    callee?: Mention;
    arguments?: (Node & { value?: unknown })[];
  };
  if (node?.type !== 'CallExpression' || given.length !== 1) {
    return undefined;
  }
  if (callee?.name === 'require' && typeof given[0].value === 'string') {
    return { module: given[0].value, by: 'require' };
  }
  const wrapped =
    callee?.name === '__importStar' || callee?.name === '__importDefault'
      ? requiredModule(given[0])
      : undefined;
  return wrapped && { ...wrapped, by: 'cell' };
}

function visit(node: Node, look: (node: Node) => void): void {
  look(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof (child as Node | null)?.type === 'string') {
        visit(child as Node, look);
      }
    }
  }
}
