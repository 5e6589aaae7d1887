import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { figures } from 'tunelab';
import { ROOT } from '../environment';
import { compiled } from '../kernel-lib/compiled';
import { launchBrowser } from './page';

jest.setTimeout(300_000);

const HOSTILE = '</script><script>window.hacked = 1</script><img src="http://example.org/x">';
const made = {
  hostile: figures.probabilities([0.75, 0.25], { title: HOSTILE, classNames: [HOSTILE, 'dog'] }),
  confusion: figures.confusion([[3, 1], [0, 2]]), // prettier-ignore
  images: figures.images({ x: [[0, 1, 1, 0]], y: [0] }, { predicted: [1] })
};

/** Saves in a process of its own, where today's sources are compiled. */
const SAVE = `
const [dist, folder] = process.argv.slice(1);
const fs = require('node:fs');
const { Figure } = require(dist + '/figures/figure.js');
require(dist + '/display/save.js');
(async () => {
  for (const file of fs.readdirSync(folder)) {
    const payload = JSON.parse(fs.readFileSync(folder + '/' + file, 'utf8'));
    await new Figure(payload).save(folder + '/' + file.replace('json', 'html'), { theme: 'dark' });
  }
})();
`;

describe('a figure that was saved as a page', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab pages '));
  let browser: Browser | undefined;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];
  let requests: string[];

  beforeAll(async () => {
    for (const [name, figure] of Object.entries(made)) {
      fs.writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(figure));
    }
    const { target, remove } = compiled('pages', ['figures', 'pictures', 'display', 'numeric', 'scales', 'trials']); // prettier-ignore
    const assets = path.join(ROOT, 'kernel-lib', 'assets');
    fs.cpSync(assets, path.join(target, '..', 'assets'), { recursive: true });
    execFileSync(process.execPath, ['-e', SAVE, target, folder], { stdio: 'inherit' });
    remove();
    browser = await launchBrowser();
  });

  afterEach(() => context.close());

  afterAll(async () => {
    await browser?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function open(name: keyof typeof made, javaScriptEnabled = true): Promise<void> {
    problems = [];
    requests = [];
    context = await browser!.newContext({
      javaScriptEnabled,
      viewport: { width: 900, height: 700 }
    });
    page = await context.newPage();
    page.on('pageerror', error => problems.push(error.message));
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('request', request => requests.push(request.url()));
    await page.goto(pathToFileURL(path.join(folder, `${name}.html`)).href);
  }

  it.each(['hostile', 'confusion', 'images'] as const)(
    'is alive by double click, without a network: %s',
    async name => {
      await open(name);
      await page.locator('#figure .main-svg').first().waitFor();
      expect(await page.locator('#figure > img').count()).toBe(0);
      expect(problems).toEqual([]);
      expect(requests.filter(url => !/^(file|data|blob):/.test(url))).toEqual([]);
      expect(await page.title()).toBe(made[name].title);
      expect(await page.locator('#figure').getAttribute('aria-label')).toBe(made[name].alt);
    }
  );

  it('runs no script that stands in its texts', async () => {
    await open('hostile');
    await page.locator('#figure .main-svg').first().waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('.gtitle').textContent()).toContain('</script>');
  });

  it('fills the window', async () => {
    await open('confusion');
    await page.locator('#figure .main-svg').first().waitFor();
    const wide = "document.querySelector('#figure .main-svg').clientWidth > 700";
    expect(await (await page.waitForFunction(wide)).jsonValue()).toBe(true);
  });

  it('is a picture where no script runs', async () => {
    await open('confusion', false);
    const picture = page.locator('#figure > img');
    expect(await picture.isVisible()).toBe(true);
    expect(await picture.getAttribute('alt')).toBe(made.confusion.alt);
    expect(problems).toEqual([]);
  });
});
