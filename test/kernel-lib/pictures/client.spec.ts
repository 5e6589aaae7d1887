import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PictureClient } from 'tunelab/dist/pictures/client';
import type { PictureClientOptions } from 'tunelab/dist/pictures/client';
import { histogramOfOne } from '../figures/examples';
import { compiledProcess } from './compiled';

const SIZE = { width: 320, height: 240, scale: 1 };
const { payload } = histogramOfOne();

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function ended(pid: number): Promise<void> {
  while (alive(pid)) await new Promise(resolve => setTimeout(resolve, 20));
}

describe('the drawing process', () => {
  const clients: PictureClient[] = [];
  let processFile: string;
  let remove: () => void;
  let folder: string;

  function client(options: PictureClientOptions = {}): PictureClient {
    const made = new PictureClient({ processFile, ...options });
    clients.push(made);
    return made;
  }

  /** A stand-in for the process: what `code` does with each request. */
  function stub(code: string): string {
    const file = path.join(fs.mkdtempSync(path.join(folder, 'stub ')), 'process.js');
    fs.writeFileSync(file, code);
    return file;
  }

  beforeAll(() => {
    ({ processFile, remove } = compiledProcess());
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab pictures '));
  });

  afterEach(() => clients.splice(0).forEach(one => one.close()));

  afterAll(() => {
    remove();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('draws several figures one after another in one process', async () => {
    const one = client();
    const pictures = await Promise.all([1, 2, 3].map(() => one.render(payload, SIZE)));
    expect(pictures.map(({ png }) => Buffer.from(png.subarray(1, 4)).toString())).toEqual([
      'PNG',
      'PNG',
      'PNG'
    ]);
    expect(pictures[0].svg).toMatch(/^<svg/);
    const { pid } = one;
    await one.render(payload, SIZE);
    expect(one.pid).toBe(pid);
  });

  it('ends when idle, and starts again for the next figure', async () => {
    const one = client({ idle: 50 });
    await one.render(payload, SIZE);
    const first = one.pid!;
    await ended(first);
    expect(one.pid).toBeUndefined();
    await one.render(payload, SIZE);
    expect(one.pid).not.toBe(first);
  });

  it('lets Node end while it idles, and ends with it', async () => {
    const script = `
      const { PictureClient } = require(${JSON.stringify(path.join(path.dirname(processFile), 'client.js'))});
      const client = new PictureClient();
      client.render(${JSON.stringify(payload)}, ${JSON.stringify(SIZE)}).then(() => console.log(client.pid));`;
    // Ends of its own accord long before the minute of idleness, or the time limit speaks.
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
      timeout: 50_000
    });
    expect(Number(stdout)).toBeGreaterThan(0);
    await ended(Number(stdout));
  });

  it('starts again once when the process dies under a figure', async () => {
    const mark = path.join(folder, 'died');
    const one = client({
      processFile: stub(`
        const fs = require('fs');
        process.on('message', ({ id }) => {
          if (!fs.existsSync(${JSON.stringify(mark)})) {
            fs.writeFileSync(${JSON.stringify(mark)}, '');
            process.exit(3);
          }
          process.send({ id, svg: 'second', png: new Uint8Array(1), width: 1, height: 1 });
        });`)
    });
    expect((await one.render(payload, SIZE)).svg).toBe('second');
  });

  it('says how it ended when it dies twice, and goes on with the next figure', async () => {
    const processFile = stub(`
      process.on('message', ({ id, width }) => {
        if (width === 1) { console.error('out of paint'); process.exit(3); }
        process.send({ id, svg: 'fine', png: new Uint8Array(1), width, height: 1 });
      });`);
    const one = client({ processFile });
    const bad = one.render(payload, { ...SIZE, width: 1 });
    const good = one.render(payload, SIZE);
    await expect(bad).rejects.toThrow(
      /process that draws pictures ended with code 3 twice\.\nout of paint/
    );
    expect((await good).svg).toBe('fine');
  });

  it('gives up a picture that takes too long', async () => {
    const one = client({ processFile: stub(`process.on('message', () => {});`), timeout: 100 });
    await expect(one.render(payload, SIZE)).rejects.toThrow(/not ready after 0 s.*\n.*fewer marks/);
  });

  it('hands on what the process says went wrong', async () => {
    const one = client();
    const broken = { ...payload, columns: {} };
    await expect(one.render(broken, SIZE)).rejects.toThrow();
    expect((await one.render(payload, SIZE)).width).toBe(320);
  });

  it('rejects at once when the process cannot be started', async () => {
    const one = client({ processFile: path.join(folder, 'missing.js') });
    await expect(one.render(payload, SIZE)).rejects.toThrow(/twice\.\n[^]*missing\.js/);
  });

  it('says what to install when a package is missing', async () => {
    // The compiled files in a folder from which no package can be found.
    const alone = path.join(folder, 'alone');
    fs.cpSync(path.dirname(path.dirname(processFile)), alone, { recursive: true });
    const one = client({ processFile: path.join(alone, 'pictures', 'process.js') });
    await expect(one.render(payload, SIZE)).rejects.toThrow(
      /Pictures need the package jsdom, [^]*npm install jsdom@26 plotly\.js-dist-min@/
    );
  });
});
