/** The step through the JSON Schema: ajv finds what is wrong, and this says it in a sentence. */
import * as schema from './schema';
import { oneOf, within, wrongType, wrongValue } from './sentences';

/** What ajv tells of the first field that the schema does not allow. */
interface SchemaError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}

/** Definitions of the schema that are whole payloads. */
export type PayloadShape = 'figure1' | 'scene2' | 'study2' | 'quiz1' | 'exercise1';

interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a finite number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null'
};

/** The value that an error speaks of, and its place in words: `payload.series[0].x`. */
function find(path: string, payload: unknown): { where: string; value: unknown } {
  let [where, value] = ['payload', payload];
  for (const part of path.split('/').slice(1)) {
    const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
    where = Array.isArray(value) ? `${where}[${name}]` : within(where, name);
    value = (value as Record<string, unknown>)[name];
  }
  return { where, value };
}

function own(value: unknown, name: string): unknown {
  return Object.hasOwn(value as object, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function errorOf({ instancePath, keyword, params }: SchemaError, payload: unknown): Error {
  const { where, value } = find(instancePath, payload);
  const { limit } = params as { limit: number };
  const less = 'Show less in one figure.';
  switch (keyword) {
    case 'type': {
      const types = [params.type].flat() as string[];
      return wrongType(where, `must be ${types.map(type => TYPES[type]).join(' or ')}`, value);
    }
    case 'required': {
      const name = params.missingProperty as string;
      return wrongType(within(where, name), 'must be there', own(value, name));
    }
    case 'discriminator': {
      const tag = params.tag as string;
      const tagged = Object.values(schema.SHAPES).find(
        shape => (shape as { tag?: string }).tag === tag
      ) as { of: object };
      return wrongValue(within(where, tag), oneOf(Object.keys(tagged.of)), own(value, tag));
    }
    case 'enum':
      return wrongValue(where, oneOf(params.allowedValues as unknown[]), value);
    case 'const':
      return wrongValue(where, oneOf([params.allowedValue]), value);
    case 'minLength':
      return wrongValue(where, 'must not be empty', value);
    case 'pattern':
      return wrongValue(where, `must match ${String(params.pattern)}`, value);
    case 'maxLength':
      return wrongValue(where, `at most ${limit} characters are read`, value, 'Shorten it.');
    case 'minItems':
      return wrongValue(where, `must have at least ${limit} entries`, value);
    case 'maxItems':
    case 'maxProperties':
      return wrongValue(where, `at most ${limit} entries are read`, value, less);
    case 'minimum':
      return wrongValue(where, `must be ${limit} or more`, value);
    case 'exclusiveMinimum':
      return wrongValue(where, `must be above ${limit}`, value);
    case 'maximum':
      return wrongValue(where, `must be at most ${limit}`, value);
    default:
      return wrongValue(where, `must keep to \`${keyword}\` of the schema`, value);
  }
}

/** @throws TypeError or RangeError naming the first field that the schema does not allow. */
export function validate(name: PayloadShape, payload: unknown): void {
  const validator = schema[name] as unknown as Validator;
  if (!validator(payload)) {
    throw errorOf(validator.errors![0], payload);
  }
}
