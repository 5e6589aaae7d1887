import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  Problem,
  Stamps,
  Step,
  descendants,
  endTree,
  productState,
  runSteps,
  start,
  withLock
} from './scripts';

const SCRIPT = path.resolve(__dirname, '../../scripts/setup.mjs');

let root: string;
let made: string[];
const silent = () => undefined;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab setup '));
  fs.mkdirSync(path.join(root, 'src'));
  fs.writeFileSync(path.join(root, 'src', 'a.ts'), 'one');
  made = [];
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** A step that copies `src` to `out/<name>`, as a build does. */
function copyStep(name: string, options: Partial<Step> = {}): Step {
  const product = path.join(root, 'out', name);
  return {
    name,
    title: name,
    stamps: new Stamps(path.join(root, 'out', 'stamp.json')),
    inputs: () => ({ files: ['src'], values: { node: 20 } }),
    products: [product],
    make: async () => {
      made.push(name);
      fs.cpSync(path.join(root, 'src'), product, { recursive: true });
    },
    ...options
  };
}

describe('the set-up', () => {
  it('does every step at first and none the second time', async () => {
    const list = [copyStep('library'), copyStep('extension')];
    expect(await runSteps(list, silent, root)).toEqual(['library', 'extension']);
    expect(await runSteps(list, silent, root)).toEqual([]);
    expect(made).toEqual(['library', 'extension']);
  });

  it('repeats only the step whose inputs changed: contents, a new file, a removed one, a value', async () => {
    const other = copyStep('other', { inputs: () => ({ values: { fixed: true } }) });
    let node = 20;
    const library = copyStep('library', { inputs: () => ({ files: ['src'], values: { node } }) });
    const again = () => runSteps([other, library], silent, root);
    await again();
    fs.writeFileSync(path.join(root, 'src', 'a.ts'), 'two');
    expect(await again()).toEqual(['library']);
    fs.writeFileSync(path.join(root, 'src', 'b.ts'), '');
    expect(await again()).toEqual(['library']);
    fs.rmSync(path.join(root, 'src', 'b.ts'));
    expect(await again()).toEqual(['library']);
    node = 22;
    expect(await again()).toEqual(['library']);
    expect(await again()).toEqual([]);
  });

  it('repeats a step whose product was removed or built by hand, or that no longer works', async () => {
    let works = true;
    const list = [copyStep('library', { works: () => works })];
    const product = path.join(root, 'out', 'library');
    await runSteps(list, silent, root);
    fs.rmSync(product, { recursive: true });
    expect(await runSteps(list, silent, root)).toEqual(['library']);
    fs.writeFileSync(path.join(product, 'a.ts'), 'built by hand');
    expect(await runSteps(list, silent, root)).toEqual(['library']);
    works = false;
    expect(await runSteps(list, silent, root)).toEqual(['library']);
  });

  it('keeps no stamp of a step that failed, stops there, and repeats it', async () => {
    let broken = false;
    const first = copyStep('first');
    const failing = copyStep('failing', {
      inputs: () => ({ files: ['src'], values: { broken } }),
      make: () => (broken ? Promise.reject(new Problem('It failed.')) : copyStep('failing').make())
    });
    const list = [first, failing, copyStep('last')];
    await runSteps(list, silent, root);
    broken = true;
    fs.writeFileSync(path.join(root, 'src', 'a.ts'), 'two');
    await expect(runSteps(list, silent, root)).rejects.toThrow('It failed.');
    expect(Object.keys(first.stamps.read()).sort()).toEqual(['first', 'last']);
    broken = false;
    expect(await runSteps(list, silent, root)).toEqual(['failing', 'last']);
  });

  it('takes a step that leaves no product for a failure', async () => {
    const list = [copyStep('library', { make: () => Promise.resolve() })];
    await expect(runSteps(list, silent, root)).rejects.toThrow(
      /"library" ended well, but .* is missing/
    );
    expect(list[0].stamps.read()).toEqual({});
  });

  it('takes a damaged stamp for none', async () => {
    const list = [copyStep('library')];
    await runSteps(list, silent, root);
    fs.writeFileSync(path.join(root, 'out', 'stamp.json'), '{"steps":');
    expect(await runSteps(list, silent, root)).toEqual(['library']);
  });

  it('sees that one of several products is missing', () => {
    expect(productState([path.join(root, 'src')])).not.toBe('');
    expect(productState([path.join(root, 'src'), path.join(root, 'none')])).toBe('');
  });
});

describe('two set-ups at once', () => {
  const lock = () => path.join(root, 'lock');

  it('run one after the other, and the second says that it waits', async () => {
    const order: string[] = [];
    const lines: string[] = [];
    let finish = silent as () => void;
    const first = withLock(lock(), async () => {
      order.push('first begins');
      await new Promise<void>(resolve => (finish = resolve));
      order.push('first ends');
    });
    const second = withLock(lock(), async () => void order.push('second'), {
      say: line => {
        lines.push(line);
        finish();
      },
      pause: 5
    });
    await Promise.all([first, second]);
    expect(order).toEqual(['first begins', 'first ends', 'second']);
    expect(lines).toEqual([
      expect.stringMatching(/Another set-up .*running \(process \d+\); waiting/)
    ]);
    expect(fs.existsSync(lock())).toBe(false);
  });

  it('do not wait for an owner who has died', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    fs.mkdirSync(lock());
    fs.writeFileSync(path.join(lock(), 'owner'), String(dead));
    await expect(withLock(lock(), () => Promise.resolve('done'), { pause: 5 })).resolves.toBe(
      'done'
    );
  });

  it('release the lock when the work fails', async () => {
    const work = () => Promise.reject(new Problem('no'));
    await expect(withLock(lock(), work)).rejects.toThrow('no');
    expect(fs.existsSync(lock())).toBe(false);
  });
});

describe('the script', () => {
  // From another folder, as somebody may call it.
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [SCRIPT, ...args], { cwd: root, encoding: 'utf8' });

  it('explains itself and the environment variables by --help, without setting up anything', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/TUNELAB_PYTHON[^]*TUNELAB_CHROMIUM/);
    expect(stdout).not.toMatch(/^Set-up/m);
  });

  it('refuses an unknown option in a sentence, with exit code 1', () => {
    const { status, stdout, stderr } = run('--nonsense');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim()).toMatch(/^Unknown option '--nonsense'\. .*--help` lists the options\.$/);
  });
});

it('ends a child with a grandchild in a session of its own, as JupyterLab has kernels', async () => {
  const sleep = 'setInterval(() => {}, 1000)';
  const parent = `
    const options = { detached: true, stdio: 'ignore' };
    const child = require('child_process').spawn(process.execPath, ['-e', '${sleep}'], options);
    console.log(child.pid);
    ${sleep};`;
  const child = start(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  const grandchild = await new Promise<number>(resolve =>
    child.stdout!.once('data', data => resolve(Number(String(data))))
  );
  const isAlive = () => {
    try {
      process.kill(grandchild, 0);
    } catch {
      return false;
    }
    // In a container without an init an ended orphan keeps its entry, marked as a zombie.
    const stat = `/proc/${grandchild}/stat`;
    return !(fs.existsSync(stat) && fs.readFileSync(stat, 'utf8').includes(') Z '));
  };
  expect(isAlive()).toBe(true);
  await endTree(child, 2000);
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(isAlive()).toBe(false);
});

it('finds all processes below one, however deep, and no others', () => {
  const table: [number, number][] = [
    [12, 11],
    [11, 10],
    [10, 1],
    [13, 10],
    [20, 1]
  ];
  expect(descendants(10, table)).toEqual([11, 13, 12]);
});
