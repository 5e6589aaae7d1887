/** Back from the code that runs to the lines of the cell, through every step of the compilation. */
import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in a text, both counted from 1. */
export interface Place {
  line: number;
  column: number;
}

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;
const MAP_COMMENT = /\n?\/\/# sourceMappingURL=\S+\s*$/;

/** Takes the inline source map off a compiled text. */
export function splitInlineMap(text: string): { code: string; map?: SourceMapPayload } {
  const match = INLINE_MAP.exec(text);
  if (!match) {
    return { code: text };
  }
  return {
    code: text.slice(0, match.index),
    map: JSON.parse(Buffer.from(match[1]!, 'base64').toString('utf8')) as SourceMapPayload
  };
}

/** Removes the comment that names a source map. */
export function withoutMapComment(text: string): string {
  return text.replace(MAP_COMMENT, '');
}

/** Maps of successive compilations, the last one first; decoded at the first question. */
export class SourceMapChain {
  #maps?: SourceMap[];

  constructor(
    private readonly payloads: readonly SourceMapPayload[],
    /** Lines that the compiler's host put before the source. */
    private readonly prefixLines: number
  ) {}

  /** The place in the source, or undefined for code that no line of the source made. */
  original(place: Place): Place | undefined {
    this.#maps ??= this.payloads.map(payload => new SourceMap(payload));
    let line = place.line - 1;
    let column = place.column - 1;
    for (const map of this.#maps) {
      const entry = map.findEntry(line, column);
      if (!('originalLine' in entry)) {
        return undefined;
      }
      line = entry.originalLine;
      column = entry.originalColumn;
    }
    line -= this.prefixLines;
    return line >= 0 ? { line: line + 1, column: column + 1 } : undefined;
  }
}
