import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { figures, type Figure } from 'tunelab';
import { figureBundle } from 'tunelab/dist/display/bundle';
import { Renderer } from 'tunelab/dist/pictures/renderer';
import { ROOT, runPython } from '../environment';
import { ink } from '../ink';
import { study } from '../kernel-lib/figures/examples';

const mockRenderer = new Renderer();
jest.mock('tunelab/dist/pictures/client', () => ({
  renderPicture: (...args: Parameters<Renderer['render']>) => mockRenderer.render(...args)
}));

const shown: Figure[] = [
  figures.scatter(study(60), { x: 'learningRate', y: 'beta' }),
  figures.histogram({ 'before & after <b>': [1, 2, 2, 3, 3, 3] }, { title: 'Steps' }),
  figures.confusion([[3, 1], [0, 2]]) // prettier-ignore
];

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'"
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab documents '));
const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

/** Converts the notebook; the file's text. Fails with what nbconvert printed. */
function converted(file: string, ...args: string[]): string {
  const { status, output } = runPython(
    ['-m', 'jupyter', 'nbconvert', ...args, '--output', file, 'page.ipynb'],
    folder
  );
  expect(status === 0 ? '' : output).toBe('');
  return read(file);
}

/** A picture is there in full: ink in its title and in its ticks, at two pixels for each of its own. */
function expectPicture(png: Uint8Array): void {
  const { width, height } = PNG.sync.read(Buffer.from(png));
  const [right, bottom] = [width / 2 - 20, height / 2];
  expect(ink(png, { left: 20, top: 5, right, bottom: 60 })).toBeGreaterThan(0.004);
  expect(ink(png, { left: 60, top: bottom - 70, right, bottom })).toBeGreaterThan(0.002);
}

const unescaped = (text: string): string =>
  text.replace(/&(?:lt|gt|amp|quot|#39|#34);/g, entity => ENTITIES[entity]);

/** The images of a page: their bytes and the words beside them. */
function imagesIn(page: string): { png: Uint8Array; alt: string | undefined }[] {
  return Array.from(page.matchAll(/<img\b[^>]*>/g), ([tag]) => {
    const [, data] = /src="data:image\/png;base64,([^"]+)"/.exec(tag) ?? [];
    const alt = /\balt="([^"]*)"/.exec(tag)?.[1];
    return { png: Buffer.from(data, 'base64'), alt: alt && unescaped(alt) };
  });
}

beforeAll(async () => {
  const cells = [];
  for (const [i, figure] of shown.entries()) {
    const { data, metadata = {} } = await figureBundle(figure);
    const output = { output_type: 'display_data', data, metadata };
    cells.push({ id: `c${i}`, cell_type: 'code', execution_count: 1, metadata: {}, source: 'figure', outputs: [output] }); // prettier-ignore
  }
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  fs.writeFileSync(path.join(folder, 'page.ipynb'), JSON.stringify(notebook));
}, 60_000);

afterAll(() => {
  mockRenderer.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What nbconvert writes where a template leaves words out, as `lab` does. */
const NBCONVERTS_OWN = 'No description has been provided for this image';

/** As set-up puts it into the environment. */
const OURS = `--TemplateExporter.extra_template_basedirs=${path.join(ROOT, 'nbconvert')}`;

describe('figures that are stored in a notebook', () => {
  it.each([
    ['tunelab', 'html', true],
    ['classic', 'html', true],
    ['lab', 'html', false],
    ['basic', 'html', true],
    ['reveal', 'slides', true]
  ])(
    'are pictures in pages of the template %s (%s), with their words: %p',
    (template, to, words) => {
      const images = imagesIn(converted('page.html', '--to', to, '--template', template, OURS));
      expect(images).toHaveLength(shown.length);
      images.forEach(({ png }) => expectPicture(png));
      const alts = shown.map(({ alt }) => (words ? alt : NBCONVERTS_OWN));
      expect(images.map(({ alt }) => alt)).toEqual(alts);
    },
    60_000
  );

  it.each([
    ['tunelab', true],
    ['markdown', false]
  ])(
    'are files beside Markdown of the template %s, with their words: %p',
    (template, words) => {
      const page = converted('page.md', '--to', 'markdown', '--template', template, OURS);
      const links = Array.from(page.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g));
      expect(links.map(([, alt]) => alt)).toEqual(shown.map(({ alt }) => (words ? alt : 'png')));
      for (const [, , target] of links) {
        expectPicture(fs.readFileSync(path.join(folder, decodeURI(target))));
      }
    },
    60_000
  );

  it('are files beside LaTeX, made without Inkscape', () => {
    const page = converted('page.tex', '--to', 'latex');
    const files = Array.from(
      page.matchAll(/adjustimage\{[^\n]*\}\}\{([^}]+)\}/g),
      ([, file]) => file
    );
    expect(files).toHaveLength(shown.length);
    for (const file of files) expectPicture(fs.readFileSync(path.join(folder, file)));
  }, 60_000);
});
