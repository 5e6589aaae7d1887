import fs from 'node:fs';
import path from 'node:path';
import { figures, type Figure } from 'tunelab';
import { sceneOf } from 'tunelab/dist/figures/sceneOf';
import { plotlySpec, THEMES } from 'tunelab/dist/figures/spec';
import { Renderer } from 'tunelab/dist/pictures/renderer';
import { ROOT } from '../../environment';
import { ink } from '../../ink';
import { cellOf, gallery, galleryPage, type GalleryExample } from './gallery';
import { expectStored } from './stored';

/** The gallery as a reader sees it: test-results/gallery/README.md and its pictures. */
const FOLDER = path.join(ROOT, 'test-results', 'gallery');
const pictureOf = (name: string, theme: string): string => `${name}-${theme}.png`;

// Pictures of their own, classes written beside them: they have no axes.
const WITHOUT_AXES = ['images', 'simplex', 'trialTable', 'weights'];

const renderer = new Renderer();
const shown: { example: GalleryExample; alt: string }[] = [];

beforeAll(() => fs.mkdirSync(FOLDER, { recursive: true }));

afterAll(() => {
  renderer.close();
  fs.writeFileSync(path.join(FOLDER, 'README.md'), galleryPage(shown, pictureOf));
});

it('the gallery shows every kind of figure', () => {
  const kinds = Object.keys(figures);
  const called = gallery.flatMap(({ source }) =>
    Array.from(source.matchAll(/\bfigures\.(\w+)\(/g), ([, kind]) => kind)
  );
  expect(kinds.length).toBeGreaterThan(25);
  expect(kinds.filter(kind => !called.includes(kind))).toEqual([]);
});

describe.each(gallery.map(example => [example.name, example] as const))('%s', (name, example) => {
  let figure: Figure;
  beforeAll(async () => {
    figure = await example.example();
    shown.push({ example, alt: figure.alt });
  }, 30_000);

  it('is code for a cell, whose last expression is the figure', () => {
    const cell = cellOf(example);
    expect(cell).toMatch(/^import \{[^}]+\} from 'tunelab';/);
    expect(cell).toMatch(/\nfigures\.\w+\([^]*\);$/);
    expect(cell).not.toMatch(/\breturn figures\./);
  });

  it('has a title, names on its axes, and words that count what it shows', () => {
    const { payload } = figure;
    expect(payload.title.length).toBeGreaterThan(5);
    expect(payload.alt.length).toBeGreaterThan(40);
    expect(payload.alt).toMatch(/\d/);
    const { panels } = sceneOf(payload);
    for (const side of ['x', 'y'] as const) {
      // Names of pixels or of hyperparameters speak for themselves.
      const axes = panels
        .map(panel => panel[side])
        .filter(({ hidden, scale }) => !hidden && scale !== 'category');
      // Of axes that are shared, the outer one is named.
      const named = new Set(axes.filter(({ label }) => label).map(({ shared }) => shared));
      const bare = axes.filter(
        ({ label, shared }) => !label && (shared === undefined || !named.has(shared))
      );
      expect(bare).toEqual([]);
    }
  });

  it('is drawn as it was', () => expectStored(`gallery/${name}`, plotlySpec(figure.payload)));

  it.each(['light', 'dark'] as const)(
    'has ink in title and ticks of its picture: %s',
    async theme => {
      const scale = 1;
      const { png, width, height } = await renderer.render(figure.payload, {
        width: 640,
        scale,
        theme
      });
      fs.writeFileSync(path.join(FOLDER, pictureOf(name, theme)), png);
      const { background } = THEMES[theme];
      const inked = (left: number, top: number, right: number, bottom: number) =>
        ink(png, { left, top, right, bottom }, scale, background);
      expect(inked(20, 0, width - 20, 60)).toBeGreaterThan(0.004);
      expect(inked(60, 60, width - 60, height - 60)).toBeGreaterThan(0.004);
      const ticks = [inked(0, 60, 75, height - 20), inked(60, height - 75, width - 20, height)];
      const least = WITHOUT_AXES.includes(figure.payload.figure) ? -1 : 0.002;
      expect(Math.min(...ticks)).toBeGreaterThan(least);
    },
    60_000
  );
});
