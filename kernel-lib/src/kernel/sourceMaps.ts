/** Back from the code that runs to the lines of the cell. */
import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in a text, both counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Removes the comment that names a source map. */
export function withoutMapComment(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '');
}

/** The way back through one compilation; decoded at the first question. */
export class CellMap {
  #map?: SourceMap;

  constructor(private readonly json: string) {}

  /** The place in the source, or undefined for code that no line of the source made. */
  original({ line, column }: Place): Place | undefined {
    this.#map ??= new SourceMap(JSON.parse(this.json) as SourceMapPayload);
    const entry = this.#map.findEntry(line - 1, column - 1);
    return 'originalLine' in entry
      ? { line: entry.originalLine + 1, column: entry.originalColumn + 1 }
      : undefined;
  }
}
