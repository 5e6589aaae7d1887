/**
 * Reads a payload that may come from anywhere: an untrusted notebook, a newer version, a file that
 * was cut. Nothing is taken over unseen: the result is built anew from fields that were checked.
 */
import type { Column } from './columns';
import type { FigurePayload, FigurePayload1, ScenePayload, StudyPayload } from './format';
import { ColumnReader } from './parse/columns';
import { pick } from './parse/pick';
import { checkScene } from './parse/scene';
import { NEWER, wrongType, wrongValue } from './parse/sentences';
import { checkStudy } from './parse/study';
import { validate } from './parse/validate';
import { checkVersion1 } from './parse/version1';

type Columns = Record<string, Column>;

function read<T extends FigurePayload>(
  shape: 'figure1' | 'scene2' | 'study2',
  value: object,
  known: Columns | undefined,
  check: (payload: T, columns: ColumnReader) => void
): T {
  const fields = known ? { ...value, columns: {} } : value;
  validate(shape, fields);
  const payload = pick<T>(shape, fields);
  payload.columns = known ?? payload.columns;
  check(payload, new ColumnReader(payload.columns));
  return payload;
}

/**
 * Checks everything that FORMAT.md says of a payload and returns a clean copy of it; fields that
 * FORMAT.md does not name are left behind.
 * @param columns in place of the payload's own: those of a live figure, whose form was checked when they came
 * @throws TypeError or RangeError whose message names the field, says what must hold and what came.
 * @example parsePayload(JSON.parse(text)).title
 */
export function parsePayload(value: unknown, columns?: Columns): FigurePayload {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType('payload', 'must be an object', value);
  }
  // Only own fields count: `toString` of Object.prototype is neither a column nor an option.
  const own = (name: string): unknown => Object.getOwnPropertyDescriptor(value, name)?.value;
  if (own('kind') !== 'figure') {
    throw wrongValue('payload.kind', 'this version draws the kind `figure`', own('kind'), NEWER);
  }
  switch (own('version')) {
    case 1:
      return read<FigurePayload1>('figure1', value, columns, checkVersion1);
    case 2:
      return own('trials') === undefined
        ? read<ScenePayload>('scene2', value, columns, checkScene)
        : read<StudyPayload>('study2', value, columns, checkStudy);
    default:
      throw wrongValue('payload.version', 'this version reads 1 and 2', own('version'), NEWER);
  }
}
