// Turns payload.schema.json into the module kernel-lib/src/figures/parse/schema.ts: validators that ajv writes ahead of
// time, since a page may forbid eval, and which fields there are, by which a payload is built anew.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, '..', 'src', 'figures', 'parse', 'schema.ts');
const schema = JSON.parse(readFileSync(path.join(here, 'payload.schema.json'), 'utf8'));

/** What is read of a value of this schema; see figures/parse/pick.ts. */
function shapeOf(node) {
  if (node.$ref) return { ref: node.$ref.replace('#/$defs/', '') };
  if (node.discriminator) {
    const tag = node.discriminator.propertyName;
    const shapes = node.oneOf.flatMap(one => {
      const values = one.properties[tag].enum ?? [one.properties[tag].const];
      return values.map(value => [value, shapeOf(one)]);
    });
    return { tag, of: Object.fromEntries(shapes) };
  }
  if (node.properties) {
    const fields = Object.entries(node.properties).map(([name, one]) => [name, shapeOf(one)]);
    return { fields: Object.fromEntries(fields) };
  }
  if (node.additionalProperties) return { record: shapeOf(node.additionalProperties) };
  if (node.items) return { list: shapeOf(node.items) };
  return 0;
}

const ajv = new Ajv.default({
  discriminator: true,
  ownProperties: true,
  // Characters as JavaScript counts them, and no import for that.
  unicode: false,
  strictTypes: false,
  logger: false,
  messages: false,
  inlineRefs: false,
  code: { source: true, esm: true, optimize: 2 }
});
ajv.addSchema(schema);
const ref = name => `${schema.$id}#/$defs/${name}`;
const code = standaloneCode.default(ajv, {
  figure1: ref('figure1'),
  scene2: ref('scene2'),
  study2: ref('study2'),
  quiz1: ref('quiz1'),
  exercise1: ref('exercise1')
});
if (/\brequire\(|\bimport\b/.test(code)) {
  throw new Error(
    'The validators import something: only what stands in the module itself loads everywhere.'
  );
}
const shapes = Object.fromEntries(
  Object.entries(schema.$defs).map(([name, node]) => [name, shapeOf(node)])
);
writeFileSync(
  target,
  [
    '// @ts-nocheck',
    '// Written by kernel-lib/format/build.mjs; not to be edited.',
    code.replace(/^"use strict";/, ''),
    `export const SHAPES: Readonly<Record<string, unknown>> = ${JSON.stringify(shapes)};`,
    ''
  ].join('\n')
);
