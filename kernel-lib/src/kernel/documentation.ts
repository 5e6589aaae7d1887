/** Signatures and docstrings for a reader: as Markdown and as plain text. */
import type * as TS from 'typescript';

/** What is known about a name. */
export interface Explanation {
  /** The signature and the docstring, as text. */
  plain: string;
  markdown: string;
}

/** Explains the name at an offset of a file. */
export function explainAt(
  service: TS.LanguageService,
  file: string,
  position: number
): Explanation | undefined {
  const info = service.getQuickInfoAtPosition(file, position);
  if (!info) {
    return undefined;
  }
  const signature = withoutImport(textOf(info.displayParts));
  const body = textOf(info.documentation).trim();
  const tags = sections(info.tags ?? []);
  const plain = [signature, body, ...tags.map(({ title, lines }) => plainSection(title, lines))];
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    body,
    ...tags.map(({ title, lines }) => markdownSection(title, lines))
  ];
  return {
    plain: plain.filter(Boolean).join('\n\n'),
    markdown: markdown.filter(Boolean).join('\n\n')
  };
}

/** Explains the function in whose call a place lies, when there is nothing to say about the place. */
export function explainCall(
  service: TS.LanguageService,
  file: TS.SourceFile,
  position: number
): Explanation | undefined {
  const call = service.getSignatureHelpItems(file.fileName, position, undefined);
  const open = call ? file.text.lastIndexOf('(', call.applicableSpan.start) : -1;
  return open > 0 ? explainAt(service, file.fileName, open - 1) : undefined;
}

/** A name that came by an import is explained as what it is, not as an import. */
function withoutImport(signature: string): string {
  return signature.replace(/^\(alias\) /, '').replace(/\n(?:import|export) [^\n]*$/, '');
}

interface Section {
  title: string;
  lines: { name?: string; text: string }[];
}

const TITLES: Record<string, string> = {
  param: 'Parameters',
  typeParam: 'Type parameters',
  template: 'Type parameters',
  returns: 'Returns',
  return: 'Returns',
  throws: 'Throws',
  default: 'Default',
  defaultValue: 'Default',
  example: 'Example',
  see: 'See',
  deprecated: 'Deprecated'
};

/** Joins tags of one kind, in the order in which the kinds come. */
function sections(tags: readonly TS.JSDocTagInfo[]): Section[] {
  const found = new Map<string, Section>();
  for (const { name, text } of tags) {
    const title = TITLES[name] ?? name[0]!.toUpperCase() + name.slice(1);
    const section = found.get(title) ?? { title, lines: [] };
    found.set(title, section);
    const named = text?.find(({ kind }) => /^(parameter|typeParameter)Name$/.test(kind))?.text;
    const whole = textOf(text);
    const rest = named ? whole.slice(whole.indexOf(named) + named.length) : whole;
    const line = rest.replace(/^\s*-?\s*/, '');
    // TypeScript takes the first word after `@see` for a name and sets a blank behind it: `lecture , "Softmax"`.
    const own = name === 'see' ? line.replace(/^(\S+) (?=[,.;:])/, '$1') : line;
    section.lines.push({ ...(named && { name: named }), text: own });
  }
  return [...found.values()];
}

function plainSection(title: string, lines: Section['lines']): string {
  const shown = lines.map(({ name, text }) =>
    indent(name ? `${name}: ${text}` : withoutFence(text))
  );
  return `${title}:\n${shown.join('\n')}`;
}

function markdownSection(title: string, lines: Section['lines']): string {
  if (title === 'Example') {
    return lines.map(({ text }) => `**Example**\n\n${fenced(text)}`).join('\n\n');
  }
  const [first, ...more] = lines;
  if (first && more.length === 0 && first.name === undefined) {
    return first.text ? `**${title}** ${first.text}` : `**${title}**`;
  }
  const items = lines.map(({ name, text }) => `- ${name ? `\`${name}\`: ` : ''}${text}`);
  return `**${title}**\n\n${items.join('\n')}`;
}

/** Example code in a fence, unless its author has written one. */
function fenced(text: string): string {
  return /^(```|~~~)/m.test(text) ? text.trim() : `\`\`\`typescript\n${text.trim()}\n\`\`\``;
}

function withoutFence(text: string): string {
  return text.replace(/^(```|~~~).*$\n?/gm, '').trim();
}

function indent(text: string): string {
  return text.trim().replace(/^/gm, '  ');
}

/** The text of a docstring. Links stand for their text or target. */
export function textOf(parts: readonly TS.SymbolDisplayPart[] | undefined): string {
  const text = (parts ?? []).map(part => part.text).join('');
  return text.replace(
    /\{@link(?:code|plain)?\s+([^}|\s]+)(?:\s*[|\s]\s*([^}]*))?\}/g,
    (_, to, as) => String(as || to).trim()
  );
}
