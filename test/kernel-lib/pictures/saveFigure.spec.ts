import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { figures } from 'tunelab';
import { ROOT } from '../../environment';
import { ink } from '../../ink';
import { compiled } from '../compiled';

const HOSTILE = '</script><script>window.hacked = 1</script><img src=x onerror=alert(1)> & "x"';
const figure = figures.probabilities([0.75, 0.25], { title: HOSTILE, classNames: ['<b>', 'dog'] });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab save '));
const at = (name: string) => path.join(folder, name);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('figure.save', () => {
  it('writes the payload as JSON, which makes the same figure', async () => {
    await figure.save(at('figure.json'));
    expect(JSON.parse(fs.readFileSync(at('figure.json'), 'utf8'))).toEqual(figure.payload);
  });

  it('writes the data as a table, in place of what was there, and leaves nothing beside it', async () => {
    const inside = path.join(folder, 'inside');
    fs.mkdirSync(inside);
    fs.writeFileSync(path.join(inside, 'FIGURE.CSV'), 'old');
    await figure.save(path.join(inside, 'FIGURE.CSV'));
    expect(fs.readFileSync(path.join(inside, 'FIGURE.CSV'), 'utf8')).toBe(
      'class,probability\n<b>,0.75\ndog,0.25\n'
    );
    expect(fs.readdirSync(inside)).toEqual(['FIGURE.CSV']);
  });

  it.each([
    [
      'an ending that there is not',
      'figure.gif',
      {},
      'Choose one of .svg, .png, .html, .csv, .json'
    ],
    ['no ending', 'figure', {}, 'Choose one of .svg'],
    ['no path', '', {}, 'the path must be a text'],
    ['a folder that is missing', path.join('none', 'figure.csv'), {}, 'its folder must be there'],
    [
      'a theme that there is not',
      'figure.png',
      { theme: 'blue' },
      '`theme` must be `light` or `dark`'
    ],
    [
      'a width in words',
      'figure.png',
      { width: 'wide' },
      '`width` must be a number from 100 to 4000'
    ],
    ['too many pixels', 'figure.png', { scale: 20 }, '`scale` must be a number from 0.5 to 8'],
    ['an unknown option', 'figure.png', { dpi: 300 }, '`dpi`']
  ])('refuses %s', async (_, name, options, words) => {
    const file = name === '' ? '' : at(name);
    await expect(figure.save(file, options as never)).rejects.toThrow(words);
  });

  it('says so where a folder has the name, and leaves nothing behind', async () => {
    fs.mkdirSync(at('folder.csv'));
    await expect(figure.save(at('folder.csv'))).rejects.toThrow('cannot be written');
    expect(fs.readdirSync(folder).filter(name => name.endsWith('.tmp'))).toEqual([]);
  });

  it('says so where a part of the path is a file', async () => {
    fs.writeFileSync(at('file'), '');
    await expect(figure.save(path.join(at('file'), 'figure.csv'))).rejects.toThrow(
      'Look at the path: a part of it is a file.'
    );
  });
});

/** Saves in a process of its own, where today's sources are compiled: pictures are drawn by another one still. */
const SAVE = `
const [dist, folder] = process.argv.slice(1);
const { Figure } = require(dist + '/figures/figure.js');
require(dist + '/display/save.js');
const figure = new Figure(JSON.parse(require('node:fs').readFileSync(folder + '/figure.json', 'utf8')));
(async () => {
  await figure.save(folder + '/figure.svg', { width: 400, height: 300 });
  await figure.save(folder + '/figure.png', { width: 400, height: 300 });
  await figure.save(folder + '/dark.png', { width: 400, height: 300, scale: 1, theme: 'dark' });
  await figure.save(folder + '/figure.html', { width: 400, height: 300 });
})();
`;

describe('figure.save of pictures and pages', () => {
  beforeAll(() => {
    const { target, remove } = compiled('save', ['figures', 'pictures', 'display', 'numeric', 'scales', 'trials']); // prettier-ignore
    const assets = path.join(ROOT, 'kernel-lib', 'assets');
    fs.cpSync(assets, path.join(target, '..', 'assets'), { recursive: true });
    fs.writeFileSync(at('figure.json'), JSON.stringify(figure));
    execFileSync(process.execPath, ['-e', SAVE, target, folder], { stdio: 'inherit' });
    remove();
  }, 300_000);

  const text = (name: string) => fs.readFileSync(at(name), 'utf8');
  const png = (name: string) => fs.readFileSync(at(name));

  it('writes an SVG that says in words what it shows', () => {
    expect(text('figure.svg')).toMatch(/^<svg[^>]*width="400" height="300"/);
    expect(text('figure.svg')).toContain('<title>Bars of the probabilities of 2 classes');
  });

  it('writes a PNG with two pixels for each of CSS, ink in its title and ticks', () => {
    const { width, height } = PNG.sync.read(png('figure.png'));
    expect([width, height]).toEqual([800, 600]);
    expect(ink(png('figure.png'), { left: 0, top: 0, right: 400, bottom: 40 })).toBeGreaterThan(
      0.01
    );
    expect(ink(png('figure.png'), { left: 0, top: 60, right: 60, bottom: 240 })).toBeGreaterThan(
      0.005
    );
  });

  it('draws light on dark when asked', () => {
    const image = PNG.sync.read(png('dark.png'));
    expect(image.width).toBe(400);
    expect(Math.max(...image.data.subarray(0, 3))).toBeLessThan(60);
  });

  it('writes a page that holds all it needs and asks nobody', () => {
    const page = text('figure.html');
    expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!data:)/);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('<img src="data:image/png;base64,');
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page.match(/<!--/g)).toBeNull();
  });

  it('shows texts in the page as they are, whatever they hold', () => {
    const page = text('figure.html');
    expect(page).not.toContain('<script>window.hacked');
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('<title>&lt;/script&gt;&lt;script&gt;window.hacked = 1');
  });
});
