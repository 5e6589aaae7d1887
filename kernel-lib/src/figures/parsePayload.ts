/**
 * Reads a payload that may come from anywhere: an untrusted notebook, a newer version, a file that
 * was cut. Nothing is taken over unseen: the result is built anew from fields that were checked.
 */
import { rangeError, typeError } from '../errors';
import { base64Length } from './base64';
import { decodeColumn, itemSize, NUMERIC_DTYPES } from './columns';
import type { Column, NumericDtype } from './columns';
import { FIGURE_VERSION, LIMITS, SYMBOLS } from './format';
import type { Axis } from '../scales/axis';
import type { ColorAxis, CurveMark, FigurePayload, Series } from './format';

const AGAIN = 'The output is damaged or was written by something else: run its cell again.';
const AXIS_SCALES = ['linear', 'log', 'oneMinusLog', 'category'] as const;

type Fields = Record<string, unknown>;

// Shallow on purpose: a hostile value may be nested a million deep.
function describe(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 40 ? `a text of ${value.length} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === undefined) return 'nothing';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function wrongType(where: string, rule: string, got: unknown): TypeError {
  return typeError(where, rule, describe(got), AGAIN);
}

function wrongValue(where: string, rule: string, got: unknown, advice = AGAIN): RangeError {
  return rangeError(where, rule, describe(got), advice);
}

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(where, 'must be an object', value);
  }
  return value as Fields;
}

// Only own fields count: `toString` of Object.prototype is neither a column nor an option.
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function listOf(value: unknown, where: string, most: number): unknown[] {
  if (!Array.isArray(value)) {
    throw wrongType(where, 'must be a list', value);
  }
  if (value.length > most) {
    throw wrongValue(where, `at most ${most} entries are read`, value, 'Show less in one figure.');
  }
  return value;
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') {
    throw wrongType(where, 'must be a text', value);
  }
  if (value.length > LIMITS.text) {
    throw wrongValue(where, `at most ${LIMITS.text} characters are read`, value, 'Shorten it.');
  }
  return value;
}

function booleanOf(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') {
    throw wrongType(where, 'must be true or false', value);
  }
  return value;
}

function oneOf<T extends string>(value: unknown, known: readonly T[], where: string): T {
  if (!known.includes(value as T)) {
    const names = known.map(name => `\`${name}\``).join(', ');
    throw wrongValue(where, `must be one of ${names}`, value);
  }
  return value as T;
}

/** Reads a field that may be absent: `undefined` stays away from the result altogether. */
function optional<T>(
  fields: Fields,
  name: string,
  where: string,
  read: (value: unknown, where: string) => T
): { [name: string]: T } {
  const value = own(fields, name);
  return value === undefined ? {} : { [name]: read(value, `${where}.${name}`) };
}

function parseRange(value: unknown, where: string): [number, number] {
  const [low, high, ...rest] = listOf(value, where, 2);
  if (!Number.isFinite(low) || !Number.isFinite(high) || rest.length || !(low! < high!)) {
    throw wrongValue(where, 'must be two numbers, the lower one first', value);
  }
  return [low as number, high as number];
}

function parseAxis(value: unknown, where: string): Axis {
  const fields = fieldsOf(value, where);
  const axis: Axis = {
    label: textOf(own(fields, 'label'), `${where}.label`),
    scale: oneOf(own(fields, 'scale'), AXIS_SCALES, `${where}.scale`),
    ...optional(fields, 'range', where, parseRange),
    ...optional(fields, 'integer', where, booleanOf)
  };
  if (axis.range && axis.scale === 'log' && axis.range[0] <= 0) {
    throw wrongValue(`${where}.range`, 'a log axis begins above 0', axis.range[0]);
  }
  if (axis.range && axis.scale === 'oneMinusLog' && axis.range[1] >= 1) {
    throw wrongValue(`${where}.range`, 'a oneMinusLog axis ends below 1', axis.range[1]);
  }
  if (axis.scale === 'category') {
    const labels = listOf(own(fields, 'categories'), `${where}.categories`, LIMITS.categories);
    axis.categories = labels.map((label, i) => textOf(label, `${where}.categories[${i}]`));
  }
  return axis;
}

function parseColorAxis(value: unknown, where: string): ColorAxis {
  const better = optional(fieldsOf(value, where), 'better', where, (end, at) =>
    oneOf(end, ['low', 'high'] as const, at)
  );
  return { ...parseAxis(value, where), ...better };
}

/** One column, and its size in bytes once decoded; `free` bytes are left under the limit. */
function parseColumn(value: unknown, where: string, free: number): [Column, number] {
  const fields = fieldsOf(value, where);
  const dtype = oneOf(own(fields, 'dtype'), ['string', ...NUMERIC_DTYPES], `${where}.dtype`);
  const limit = (bytes: number): void => {
    if (bytes > free) {
      const rule = `all columns together may take ${LIMITS.columnBytes} bytes`;
      throw rangeError(where, rule, `more than that up to here`, 'Show less in one figure.');
    }
  };
  if (dtype === 'string') {
    const values = own(fields, 'values');
    if (!Array.isArray(values)) {
      throw wrongType(`${where}.values`, 'must be a list', values);
    }
    let bytes = 0;
    values.forEach((text, i) => {
      if (typeof text !== 'string') {
        throw wrongType(`${where}.values[${i}]`, 'must be a text', text);
      }
      bytes += 2 * text.length + 8;
    });
    limit(bytes);
    return [{ dtype, values: [...(values as string[])] }, bytes];
  }
  const length = own(fields, 'length');
  if (!Number.isSafeInteger(length) || (length as number) < 0) {
    throw wrongValue(`${where}.length`, 'must be a whole number of values, 0 or more', length);
  }
  // The announced length is believed only after it fits the limit and the text that is there.
  const bytes = (length as number) * itemSize(dtype as NumericDtype);
  limit(bytes);
  const data = own(fields, 'data');
  if (typeof data !== 'string') {
    throw wrongType(`${where}.data`, 'must be base64 in a text', data);
  }
  if (data.length !== base64Length(bytes)) {
    const rule = `${String(length)} values of ${dtype} take ${base64Length(bytes)} characters of base64`;
    throw rangeError(`${where}.data`, rule, `${data.length} characters`, AGAIN);
  }
  const pads = (3 - (bytes % 3)) % 3;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(data) || (data.match(/=+$/)?.[0].length ?? 0) !== pads) {
    throw rangeError(`${where}.data`, 'must be padded base64', 'other characters', AGAIN);
  }
  return [{ dtype: dtype as NumericDtype, length: length as number, data }, bytes];
}

function parseColumns(value: unknown, where: string): Record<string, Column> {
  const names = Object.keys(fieldsOf(value, where));
  if (names.length > LIMITS.columns) {
    throw rangeError(where, `at most ${LIMITS.columns} columns are read`, `${names.length}`, AGAIN);
  }
  const columns: Record<string, Column> = {};
  let free: number = LIMITS.columnBytes;
  for (const name of names) {
    if (name === '__proto__' || name.length > LIMITS.text) {
      throw wrongValue(where, 'a column has a name of its own', name);
    }
    const [column, bytes] = parseColumn((value as Fields)[name], `${where}.${name}`, free);
    columns[name] = column;
    free -= bytes;
  }
  return columns;
}

/** Reads the names of columns in a series and compares lengths. */
class ColumnReader {
  private length: number | undefined;

  constructor(
    readonly columns: Record<string, Column>,
    readonly fields: Fields,
    readonly where: string
  ) {}

  /** A column of `kind`, as long as those read before it (plus `more`). */
  name(field: string, kind: 'numbers' | 'strings' = 'numbers', more = 0): string {
    const where = `${this.where}.${field}`;
    const name = textOf(own(this.fields, field), where);
    if (!Object.hasOwn(this.columns, name)) {
      throw wrongValue(where, 'must name a column of `columns`', name);
    }
    const column = this.columns[name];
    if ((column.dtype === 'string') !== (kind === 'strings')) {
      throw wrongValue(where, `must name a column of ${kind}`, column.dtype);
    }
    const length = column.dtype === 'string' ? column.values.length : column.length;
    this.length ??= length - more;
    if (length !== this.length + more) {
      const rule = `the column \`${name}\` must have ${this.length + more} values`;
      throw wrongValue(where, rule, length);
    }
    return name;
  }

  optionalName(field: string, kind?: 'numbers' | 'strings'): { [field: string]: string } {
    return own(this.fields, field) === undefined ? {} : { [field]: this.name(field, kind) };
  }

  get marks(): number {
    return this.length ?? 0;
  }
}

function checkHistogram(reader: ColumnReader, edgesName: string, countsName: string): void {
  const edges = decodeColumn(reader.columns[edgesName]) as ArrayLike<number>;
  const counts = decodeColumn(reader.columns[countsName]) as ArrayLike<number>;
  for (let i = 0; i < edges.length; i++) {
    if (!Number.isFinite(edges[i]) || (i > 0 && !(edges[i] > edges[i - 1]))) {
      throw wrongValue(`${reader.where}.edges`, 'edges must be finite and increase', edges[i]);
    }
  }
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i] >= 0 && counts[i] < Infinity)) {
      throw wrongValue(`${reader.where}.counts`, 'counts must be 0 or more', counts[i]);
    }
  }
}

function parseSize(value: unknown, where: string): number {
  if (typeof value !== 'number' || !(value > 0 && value <= 100)) {
    throw wrongValue(where, 'must be above 0 and at most 100 CSS pixels', value);
  }
  return value;
}

function parseSeries(figure: FigurePayload['figure'], reader: ColumnReader): Series {
  const { fields, where } = reader;
  const name = textOf(own(fields, 'name'), `${where}.name`);
  if (figure === 'histogram') {
    const counts = reader.name('counts');
    const edges = reader.name('edges', 'numbers', 1);
    checkHistogram(reader, edges, counts);
    return { name, edges, counts };
  }
  const place = { name, x: reader.name('x'), y: reader.name('y') };
  if (figure === 'scatter') {
    return {
      ...place,
      ...reader.optionalName('color'),
      ...reader.optionalName('text', 'strings'),
      ...optional(fields, 'symbol', where, (value, at) => oneOf(value, SYMBOLS, at)),
      ...optional(fields, 'size', where, parseSize)
    };
  }
  return {
    ...place,
    ...optional(fields, 'dash', where, booleanOf),
    ...optional(fields, 'faint', where, booleanOf),
    ...optional(fields, 'group', where, textOf)
  };
}

function parseCurveMarks(value: unknown, where: string): CurveMark[] {
  return listOf(value, where, LIMITS.curveMarks).map((entry, i) => {
    const at = `${where}[${i}]`;
    const fields = fieldsOf(entry, at);
    const x = own(fields, 'x');
    if (typeof x !== 'number' || !Number.isFinite(x)) {
      throw wrongValue(`${at}.x`, 'must be a finite number', x);
    }
    return { x, label: textOf(own(fields, 'label'), `${at}.label`) };
  });
}

/**
 * Checks everything that FORMAT.md says of a payload and returns a clean copy of it; fields that
 * FORMAT.md does not name are left behind.
 * @throws TypeError or RangeError whose message names the field, says what must hold and what came.
 * @example parsePayload(JSON.parse(text)).title
 */
export function parsePayload(value: unknown): FigurePayload {
  const fields = fieldsOf(value, 'payload');
  const newer = 'Something newer wrote it: update jupyterlab-tunelab, or run its cell again.';
  const kind = own(fields, 'kind');
  if (kind !== 'figure') {
    throw wrongValue('payload.kind', 'this version draws the kind `figure`', kind, newer);
  }
  const version = own(fields, 'version');
  if (version === FIGURE_VERSION) {
    return {
      ...(value as FigurePayload),
      columns: parseColumns(own(fields, 'columns'), 'payload.columns')
    };
  }
  if (version !== 1) {
    throw wrongValue('payload.version', 'this version reads versions 1 and 2', version, newer);
  }
  const figure = oneOf(
    own(fields, 'figure'),
    ['scatter', 'histogram', 'curves'] as const,
    'payload.figure'
  );
  const axesFields = fieldsOf(own(fields, 'axes'), 'payload.axes');
  const axes = {
    x: parseAxis(own(axesFields, 'x'), 'payload.axes.x'),
    y: parseAxis(own(axesFields, 'y'), 'payload.axes.y'),
    ...optional(axesFields, 'color', 'payload.axes', parseColorAxis)
  };
  const columns = parseColumns(own(fields, 'columns'), 'payload.columns');
  let marks = 0;
  const series = listOf(own(fields, 'series'), 'payload.series', LIMITS.series).map((entry, i) => {
    const where = `payload.series[${i}]`;
    const reader = new ColumnReader(columns, fieldsOf(entry, where), where);
    const parsed = parseSeries(figure, reader);
    if ('color' in parsed && !('color' in axes)) {
      throw wrongValue('payload.axes.color', 'must be there when marks are coloured', undefined);
    }
    marks += reader.marks;
    if (marks > LIMITS.marks) {
      const rule = `all series together may have ${LIMITS.marks} marks`;
      throw wrongValue(where, rule, marks, 'Show less in one figure.');
    }
    return parsed;
  });
  return {
    kind: 'figure',
    version: 1,
    figure,
    title: textOf(own(fields, 'title'), 'payload.title'),
    alt: textOf(own(fields, 'alt'), 'payload.alt'),
    axes,
    columns,
    series,
    ...(figure === 'curves' ? optional(fields, 'marks', 'payload', parseCurveMarks) : {}),
    ...optional(fields, 'note', 'payload', textOf)
  } as FigurePayload;
}
