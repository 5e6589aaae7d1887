import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import ts from 'typescript';
import { STUDY_FIGURES } from 'tunelab/dist/figures/study/view';
import { LIMITS, parsePayload, SYMBOLS } from 'tunelab/dist/figures/payload';
import { basePayloads } from './hostile/bases';

const ROOT = path.join(__dirname, '..', '..', '..', 'kernel-lib');
const SCHEMA_FILE = path.join(ROOT, 'format', 'payload.schema.json');

interface Schema {
  properties: Record<string, { const?: unknown; $ref?: string }>;
  required?: string[];
  oneOf: Schema[];
}
const schema = JSON.parse(fs.readFileSync(SCHEMA_FILE, 'utf8')) as {
  $defs: Record<string, Schema>;
};
const { $defs } = schema;

/** The stored fields of an interface and those that it extends, as the source says them; the optional ones end in `?`. */
function fieldsOf(file: string, name: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, 'src', file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found = source.statements.find(
    (node): node is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(node) && node.name.text === name
  )!;
  const inherited = (found.heritageClauses ?? []).flatMap(({ types }) =>
    types.flatMap(({ expression }) => {
      const base = (expression as ts.Identifier).text;
      return base === 'Axis' ? fieldsOf('scales/axis.ts', base) : fieldsOf(file, base);
    })
  );
  const stored = found.members.filter(
    member => !text.slice(member.pos, member.end).includes('Not stored.')
  );
  const own = stored.map(member => {
    const field = (member.name as ts.Identifier).text;
    return (member as ts.PropertySignature).questionToken ? `${field}?` : field;
  });
  return [...inherited, ...own].sort();
}

function fieldsOfSchema({ properties, required = [] }: Schema): string[] {
  const known = [...required, 'kind'];
  return Object.keys(properties)
    .map(name => (known.includes(name) ? name : `${name}?`))
    .sort();
}

describe('the JSON Schema of payloads', () => {
  it('allows every valid payload, to whoever reads it with a validator of theirs', () => {
    const validate = new Ajv({ discriminator: true, strict: false }).compile(schema);
    const refused = basePayloads().filter(([, json]) => !validate(JSON.parse(json)));
    expect(refused.map(([name]) => name)).toEqual([]);
    expect(validate({ kind: 'figure', version: 2, figure: 'x' })).toBe(false);
  });

  it.each($defs.layer.oneOf.map(one => [String(one.properties.kind.const), one] as const))(
    'names the fields that a layer of %s has in a scene, no more and no less',
    (kind, one) => {
      const name = `${kind[0].toUpperCase()}${kind.slice(1)}Layer`;
      expect(fieldsOfSchema(one)).toEqual(fieldsOf('figures/scene/scene.ts', name));
    }
  );

  it.each([
    ['axis', 'scales/axis.ts', 'Axis'],
    ['panelAxis', 'figures/scene/scene.ts', 'PanelAxis'],
    ['panel', 'figures/scene/scene.ts', 'Panel'],
    ['colorAxis', 'figures/format/common.ts', 'ColorAxis'],
    ['view2', 'figures/study/view.ts', 'TrialView'],
    ['trials2', 'figures/format/version2.ts', 'StoredTable'],
    ['steer', 'figures/format/version2.ts', 'Steer'],
    ['steerControl', 'figures/format/version2.ts', 'SteerControl']
  ])('names the fields of %s', (definition, file, name) => {
    expect(fieldsOfSchema($defs[definition])).toEqual(fieldsOf(file, name));
  });

  it('has the limits and names that the code has', () => {
    const limit = (text: string): unknown =>
      text.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], $defs);
    expect({
      text: limit('text.maxLength'),
      columns: limit('columns.maxProperties'),
      series: limit('figure1.oneOf.0.properties.series.maxItems'),
      curveMarks: limit('figure1.oneOf.2.properties.marks.maxItems'),
      panels: limit('scene2.properties.panels.maxItems'),
      layers: limit('panel.properties.layers.maxItems'),
      grid: (limit('panel.properties.row.maximum') as number) + 1,
      categories: limit('axis.properties.categories.maxItems'),
      trials: limit('trials2.properties.length.maximum'),
      hyperparameters: limit('trials2.properties.hyperparameters.maxItems'),
      objectives: limit('trials2.properties.directions.maxItems'),
      viewEntries: limit('view2.properties.labels.maxProperties')
    }).toEqual({ ...LIMITS, columnBytes: undefined, marks: undefined, cells: undefined });
    expect(limit('symbol.enum')).toEqual(SYMBOLS);
    expect(limit('study2.properties.figure.enum')).toEqual(STUDY_FIGURES);
  });

  it.each(basePayloads())('%s comes back whole', (_, json) => {
    const payload: unknown = JSON.parse(json);
    expect(parsePayload(payload)).toEqual(payload);
  });
});
