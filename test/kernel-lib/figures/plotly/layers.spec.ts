import { PNG } from 'pngjs';
import type { Layer, Numbers, Scene } from 'tunelab/dist/figures/scene/scene';
import { sceneFigure } from 'tunelab/dist/figures/scene/store';
import { DARK_THEME, LIGHT_THEME, sceneSpec, THEMES } from 'tunelab/dist/figures/spec';
import type { SceneSpec, ThemeName } from 'tunelab/dist/figures/spec';
import { Renderer } from 'tunelab/dist/pictures/renderer';
import { expectStored } from '../stored';
import { color, layers, linear, sceneOfKind, sceneOfLayers } from './scenes';

const KINDS = Object.keys(layers) as Layer['kind'][];

/** All numbers and texts of a spec with the fields that lead to them. */
function leaves(value: unknown, at = ''): [path: string, leaf: unknown][] {
  if (typeof value !== 'object' || value === null) return [[at, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${at}.${key}`));
}

function expectSound({ data, layout }: SceneSpec): void {
  for (const [at, leaf] of leaves({ data, layout })) {
    if (typeof leaf === 'number' && !Number.isFinite(leaf)) throw new Error(`${at} is ${leaf}`);
  }
  for (const [name, axis] of Object.entries(layout)) {
    if (!/^[xy]axis/.test(name)) continue;
    const { range } = axis as { range: [number, number] };
    expect(range[0]).not.toBe(range[1]);
  }
}

/** The same layer with other numbers in all of its arrays of numbers. */
function withNumbers(layer: Layer, change: (values: Numbers) => number[]): Layer {
  const entries = Object.entries(layer).map(([key, value]) => [
    key,
    Array.isArray(value) && typeof value[0] === 'number' ? change(value as number[]) : value
  ]);
  return Object.fromEntries(entries) as Layer;
}

const increasing = (values: Numbers, scale: number): number[] =>
  Array.from(values, (_, i) => (i + 1) * scale);

/** Numbers that nobody expects. */
const ODD: Record<string, (values: Numbers) => number[]> = {
  nothing: () => [],
  'missing values only': values => Array.from(values, () => NaN),
  'infinite values': values => Array.from(values, (_, i) => (i % 2 ? Infinity : -Infinity)),
  'one number': values => [values[0]],
  'the same number everywhere': values => Array.from(values, () => 3),
  'numbers as large as 10^300': values => increasing(values, 1e300),
  'numbers as small as 10^-300': values => increasing(values, 1e-300),
  'the largest numbers': values => Array.from(values, (_, i) => (i % 2 ? 1.79e308 : -1.79e308)),
  'negative numbers': values => increasing(values, -1)
};

const AXES = {
  linear: {},
  log: { x: { label: 'x', scale: 'log' }, y: { label: 'y', scale: 'log' } },
  oneMinusLog: { x: { label: 'x', scale: 'oneMinusLog' }, y: { label: 'y', scale: 'oneMinusLog' } },
  category: {
    x: { label: 'x', scale: 'category', categories: ['a', 'b'] },
    y: { label: 'y', scale: 'category', categories: [] }
  }
} as const;

describe.each(KINDS)('a layer of %s', kind => {
  it('is drawn as it was', () => {
    expectStored(`layers/${kind}`, sceneSpec(sceneOfKind(kind), { title: kind }));
  });

  it.each(Object.keys(AXES))('has only sound numbers on %s axes, whatever its own are', name => {
    const axes = AXES[name as keyof typeof AXES] as Partial<Scene['panels'][0]>;
    for (const change of [(values: Numbers) => Array.from(values), ...Object.values(ODD)]) {
      const layer = withNumbers(layers[kind], change);
      expectSound(sceneSpec(sceneOfLayers([layer], { color, ...axes })));
      expectSound(sceneSpec(sceneOfLayers([layer], { ...axes }), { still: true }));
    }
  });

  it('shows markup literally', () => {
    const evil = '<b>x</b><a href="javascript:alert(1)">y</a>%{x}';
    const words = (value: unknown): unknown =>
      Array.isArray(value) && typeof value[0] === 'string' ? value.map(() => evil) : value;
    const layer = Object.fromEntries(
      Object.entries(layers[kind]).map(([key, value]) => [
        key,
        key === 'name' || key === 'label' || (key === 'text' && typeof value === 'string')
          ? evil
          : words(value)
      ])
    ) as unknown as Layer;
    const { data, layout } = sceneSpec(
      sceneOfLayers([layer, { ...layer, name: `${evil}2` }], {
        color: { ...color, label: evil },
        x: linear(evil),
        y: { label: evil, scale: 'category', categories: [evil] },
        title: evil,
        note: evil
      }),
      { title: evil }
    );
    const texts = leaves({ data, layout }).filter(
      (leaf): leaf is [string, string] =>
        typeof leaf[1] === 'string' && !/uirevision$/.test(leaf[0])
    );
    // Our own line breaks and the closing of a template are the only tags.
    const tags = /<br>|<extra>|<\/extra>/g;
    expect(texts.filter(([, text]) => /[<>]/.test(text.replace(tags, '')))).toEqual([]);
    const own = /%\{text\}|%\{y:\.4~g\}/;
    const templates = texts.filter(([at]) => /hovertemplate$/.test(at));
    expect(templates.filter(([, text]) => text.replace(own, '').includes('%{'))).toEqual([]);
  });

  it('has the colours of its theme only', () => {
    const light = JSON.stringify(sceneSpec(sceneOfKind(kind), { theme: LIGHT_THEME }).layout);
    const dark = JSON.stringify(sceneSpec(sceneOfKind(kind), { theme: DARK_THEME }).layout);
    expect(light).toContain(LIGHT_THEME.foreground);
    expect(dark).toContain(DARK_THEME.background);
    expect(dark).not.toContain(LIGHT_THEME.foreground);
    expect(dark).not.toContain(LIGHT_THEME.grid);
  });
});

describe('a picture of a layer', () => {
  const renderer = new Renderer();
  afterAll(() => renderer.close());

  /** Share of the plot's pixels that are coloured unlike the background. */
  async function drawn(kind: Layer['kind'], theme: ThemeName): Promise<number> {
    const axes = { x: linear('', { hidden: true }), y: linear('', { hidden: true }) };
    const { payload } = sceneFigure({
      figure: kind,
      title: '',
      alt: kind,
      scene: sceneOfLayers([layers[kind]], { color, ...axes })
    });
    const { png } = await renderer.render(payload, { width: 320, height: 240, scale: 1, theme });
    const { data, width } = PNG.sync.read(Buffer.from(png));
    const paper = parseInt(THEMES[theme].background.slice(1), 16);
    let count = 0;
    // Without the colour bar at the right.
    for (let y = 20; y < 220; y++) {
      for (let x = 20; x < 220; x++) {
        const at = (y * width + x) * 4;
        const off = [16, 8, 0].map((shift, i) => Math.abs(data[at + i] - ((paper >> shift) & 255)));
        if (Math.max(...off) > 40) count += 1;
      }
    }
    return count / 200 ** 2;
  }

  it.each(KINDS)('of %s has ink, in light and dark', async kind => {
    expect(await drawn(kind, 'light')).toBeGreaterThan(0.0004);
    expect(await drawn(kind, 'dark')).toBeGreaterThan(0.0004);
  });
});
