import { rangeError, show } from '../errors';
import type { Outcome } from '../study/objective';

/** Lines longer than this are no results. */
const LONGEST_LINE = 1_000_000;

/** What a program prints, as it comes: kept in part, and read line by line. */
export class ProgramOutput {
  /** The last characters of all. */
  tail = '';
  #line = '';
  #last = '';

  /** @param report what is told of lines such as `{"step": 3, "value": 0.12}` */
  constructor(
    private readonly keep: number,
    private readonly report?: (step: number, value: number) => void
  ) {}

  /** @throws what `report` throws. */
  take(text: string): void {
    this.tail = this.keep === 0 ? '' : (this.tail + text).slice(-this.keep);
    const lines = (this.#line + text).split(/\r?\n/);
    this.#line = lines.pop()!.slice(-LONGEST_LINE);
    lines.forEach(line => this.#read(line));
  }

  #read(line: string): void {
    if (line.trim() === '') {
      return;
    }
    const said = this.report && parse(line);
    if (isReport(said)) {
      this.report!(said.step, said.value);
    } else {
      this.#last = line.trim();
    }
  }

  /**
   * The result: the last line that is not a report.
   * @throws RangeError if that is neither a number nor JSON.
   */
  outcome(): Outcome {
    this.#read(this.#line);
    this.#line = '';
    const value = parse(this.#last);
    if (value === undefined) {
      throw rangeError(
        'command',
        "the last line of the program's output must be a number, or JSON with a `value`",
        this.#last === '' ? 'no output' : show(this.#last),
        'Print the result last: print(error), or print(json.dumps({"value": error, "attributes": {}})).'
      );
    }
    return value as Outcome;
  }
}

function isReport(said: unknown): said is { step: number; value: number } {
  const { step, value } = (said ?? {}) as { step?: unknown; value?: unknown };
  return typeof step === 'number' && typeof value === 'number';
}

/** A line as JSON, or as a number in the way of Python: `nan`, `inf`. `undefined` for anything else. */
function parse(line: string): unknown {
  if (/^[-+]?(nan|inf|infinity)$/i.test(line)) {
    return /nan/i.test(line) ? NaN : line.startsWith('-') ? -Infinity : Infinity;
  }
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' || typeof value === 'boolean' || value === null
      ? undefined
      : value;
  } catch {
    return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(line) ? Number(line) : undefined;
  }
}
