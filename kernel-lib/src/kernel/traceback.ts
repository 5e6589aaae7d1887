/**
 * Errors as a reader of the notebook needs them: name, message, the line of the cell with a caret,
 * and the calls that led there; no frames of Node, tslab or this kernel.
 */
import { inspect, stripVTControlCharacters } from 'node:util';
import type { Diagnostic } from './diagnostics';
import type { Place } from './sourceMaps';

/** An error as Jupyter's `error` message and `execute_reply` carry it. */
export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A piece of source that can appear in a traceback. */
export interface Source {
  /** What the reader calls it: `cell [3]`, or a file's name. */
  label: string;
  text: string;
  /** From a place in the running code to one in `text`. */
  original(place: Place): Place | undefined;
}

/** Finds the source that runs under a file name. */
export type Sources = (file: string) => Source | undefined;

/** A cell that TypeScript refuses. */
export class CompileError extends Error {
  override name = 'CompileError';

  constructor(
    readonly diagnostics: readonly Diagnostic[],
    readonly source: Source
  ) {
    super('The cell does not compile.');
  }
}

/** The running cell was stopped by the user. */
export class Interrupted extends Error {
  override name = 'Interrupted';

  constructor() {
    super('The cell was interrupted.');
  }
}

interface Frame {
  name: string;
  source: Source;
  place: Place;
}

const RED = '\u001b[31m';
const PLAIN = '\u001b[39m';
const MAX_FRAMES = 8;
const MAX_DIAGNOSTICS = 10;
const MAX_LINE = 160;
/** TypeScript's codes below this one are errors of syntax. */
const FIRST_SEMANTIC_CODE = 2000;

/** Describes whatever was thrown. */
export function report(thrown: unknown, sources: Sources): ErrorReport {
  if (thrown instanceof CompileError) {
    return reportDiagnostics(thrown);
  }
  const { ename, evalue } = nameAndMessage(thrown);
  const lines = [
    header(ename, evalue),
    ...callLines(framesOf(thrown, sources)),
    ...innerErrors(thrown)
  ];
  const causes = new Set<unknown>([thrown]);
  for (
    let cause = causeOf(thrown);
    cause !== undefined && !causes.has(cause);
    cause = causeOf(cause)
  ) {
    causes.add(cause);
    const inner = nameAndMessage(cause);
    lines.push('', `Caused by ${inner.ename}: ${inner.evalue}`);
    lines.push(...callLines(framesOf(cause, sources)));
  }
  return { ename, evalue, traceback: lines };
}

function header(ename: string, evalue: string): string {
  return `${RED}${evalue ? `${ename}: ${evalue}` : ename}${PLAIN}`;
}

/** Reads an error with care: what is thrown may be anything, even an object whose getters throw. */
function nameAndMessage(thrown: unknown): { ename: string; evalue: string } {
  try {
    if (thrown instanceof Error || isErrorLike(thrown)) {
      return { ename: thrown.name || 'Error', evalue: inCellsWords(String(thrown.message)) };
    }
    return { ename: 'Thrown', evalue: stripVTControlCharacters(inspect(thrown)) };
  } catch {
    return { ename: 'Thrown', evalue: 'a value that cannot be shown' };
  }
}

/** V8 quotes the code that runs; the reader wrote `a`, not `__vars.a`. */
function inCellsWords(message: string): string {
  return message
    .replace(/\(0\s*,\s*__vars\.([\p{ID_Continue}$]+)\)/gu, '$1')
    .replace(/\b__vars\./g, '');
}

/** Errors of another realm (vm contexts) are no instances of this realm's Error. */
function isErrorLike(value: unknown): value is Error {
  return Object.prototype.toString.call(value) === '[object Error]';
}

/** What an AggregateError, such as that of Promise.any, gathers. */
function innerErrors(thrown: unknown): string[] {
  const errors = thrown instanceof AggregateError ? thrown.errors : [];
  const shown = errors.slice(0, MAX_FRAMES).map(error => {
    const { ename, evalue } = nameAndMessage(error);
    return `- ${ename}: ${evalue}`;
  });
  const more = errors.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more errors`] : shown;
}

function causeOf(thrown: unknown): unknown {
  try {
    return thrown instanceof Error ? thrown.cause : undefined;
  } catch {
    return undefined;
  }
}

const FRAME = /^\s*at (?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/;
/** Names that V8 gives to code of ours or to no function at all. */
const NAMELESS = /^(?:async )?(?:Object\.)?(?:<anonymous>|eval)?$/;

function framesOf(thrown: unknown, sources: Sources): Frame[] {
  const frames: Frame[] = [];
  for (const line of stackOf(thrown).split('\n')) {
    const match = FRAME.exec(line);
    const source = match && sources(match[2]!);
    const place = source && source.original({ line: Number(match[3]), column: Number(match[4]) });
    if (place) {
      const name = (match[1] ?? '')
        .replace(/^(?:async )?(?:Object\.|__vars\.)*/, '')
        .replace(/ \[as .*\]$/, '');
      frames.push({ name: NAMELESS.test(name) ? '' : name, source, place });
    }
  }
  return frames;
}

function stackOf(thrown: unknown): string {
  try {
    const stack = thrown instanceof Error || isErrorLike(thrown) ? thrown.stack : '';
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}

function callLines(frames: readonly Frame[]): string[] {
  const [first, ...callers] = frames;
  if (!first) {
    return [];
  }
  const shown = callers.slice(0, MAX_FRAMES);
  const lines = excerpt(first.source, first.place, inFunction(first));
  for (const caller of shown) {
    const { line, column } = caller.place;
    const text = cut(caller.source.text.split('\n')[line - 1] ?? '').trim();
    lines.push(
      `called from ${caller.source.label}, line ${line}:${column}${inFunction(caller)}: ${text}`
    );
  }
  if (callers.length > shown.length) {
    lines.push(`… and ${callers.length - shown.length} more calls`);
  }
  return lines;
}

function inFunction(frame: Frame): string {
  return frame.name ? ` in ${frame.name}` : '';
}

/** The line with the one before it and a caret under the column. */
function excerpt(source: Source, { line, column }: Place, suffix = ''): string[] {
  const text = source.text.split('\n');
  const width = String(line).length;
  const lines = [`${source.label}, line ${line}${suffix}`];
  const before = text[line - 2];
  if (before?.trim()) {
    lines.push(`  ${String(line - 1).padStart(width)} | ${cut(before)}`);
  }
  const own = text[line - 1] ?? '';
  lines.push(`> ${line} | ${cut(own)}`);
  if (column <= MAX_LINE) {
    // Tabs stay tabs, so that the caret stands under its character at any tab width.
    const pad = own.slice(0, column - 1).replace(/[^\t]/g, ' ');
    lines.push(`  ${' '.repeat(width)} | ${pad}${RED}^${PLAIN}`);
  }
  return lines;
}

function cut(line: string): string {
  const text = line.replace(/\r$/, '');
  return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text;
}

function reportDiagnostics({ diagnostics: all, source }: CompileError): ErrorReport {
  // Where the syntax is broken, complaints about names and types are noise.
  const syntax = all.filter(({ code }) => code < FIRST_SEMANTIC_CODE);
  const lastLine = source.text.split('\n').length - 1;
  const diagnostics = (syntax.length > 0 ? syntax : all).map(diagnostic => ({
    ...diagnostic,
    // The compiler adds a line to the cell; a complaint about it belongs to the cell's last line.
    start:
      diagnostic.fileName || diagnostic.start.line <= lastLine
        ? diagnostic.start
        : { line: lastLine, character: source.text.length - source.text.lastIndexOf('\n') - 1 }
  }));
  const [first] = diagnostics as [Diagnostic];
  const line = first.start.line + 1;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  const where = first.fileName ? `${first.fileName}:${line}` : `line ${line}`;
  const evalue = `${where}: ${first.messageText}${more}`;
  return {
    ename: 'CompileError',
    evalue,
    traceback: [header('CompileError', evalue), ...findings(diagnostics, source)]
  };
}

/** Type errors of a cell that runs all the same, as its stderr shows them. */
export function warningText(diagnostics: readonly Diagnostic[], source: Source): string {
  return `TypeScript warns:${findings(diagnostics, source).join('\n')}\n`;
}

function findings(diagnostics: readonly Diagnostic[], source: Source): string[] {
  const lines: string[] = [];
  for (const diagnostic of diagnostics.slice(0, MAX_DIAGNOSTICS)) {
    const place = { line: diagnostic.start.line + 1, column: diagnostic.start.character + 1 };
    const sentence = `TS${diagnostic.code}: ${diagnostic.messageText}`;
    if (diagnostic.fileName) {
      lines.push('', `${diagnostic.fileName}:${place.line}:${place.column} ${sentence}`);
    } else {
      lines.push('', ...excerpt(source, place), sentence);
    }
  }
  if (diagnostics.length > MAX_DIAGNOSTICS) {
    lines.push('', `… and ${diagnostics.length - MAX_DIAGNOSTICS} more`);
  }
  return lines;
}
