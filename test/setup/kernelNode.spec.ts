import fs from 'node:fs';
import path from 'node:path';
import { PACKAGES, chooseKernelNode, runSteps, Problem, Step, Stamps } from './scripts';
import os from 'node:os';

const user = (changes = {}) => ({
  env: {},
  version: 'v20.20.2',
  execPath: '/usr/bin/node',
  platform: 'linux',
  arch: 'x64',
  ...changes
});
const never = () => {
  throw new Error('No other Node needs to be asked.');
};

describe('the Node of the kernels', () => {
  it.each(['v20.20.2', 'v22.12.0', 'v23.11.0'])('is brought where the user has %s', version => {
    expect(chooseKernelNode(user({ version }), never)).toEqual({
      node: '/usr/bin/node',
      pack: PACKAGES['linux-x64']
    });
  });

  it.each(['v24.0.0', 'v25.1.0', 'v26.10.0'])('is the user’s own %s', version => {
    expect(chooseKernelNode(user({ version }), never)).toEqual({ node: '/usr/bin/node' });
  });

  it('is the user’s own where TUNELAB_KERNEL_NODE says so', () => {
    const env = { TUNELAB_KERNEL_NODE: 'own' };
    expect(chooseKernelNode(user({ env }), never)).toEqual({ node: '/usr/bin/node' });
  });

  it('is the one that TUNELAB_KERNEL_NODE names, if it is a Node that will do', () => {
    const env = { TUNELAB_KERNEL_NODE: path.resolve('/opt/node 22/node') };
    const named = env.TUNELAB_KERNEL_NODE;
    expect(chooseKernelNode(user({ env }), () => 'v22.14.0')).toEqual({ node: named });
    expect(() => chooseKernelNode(user({ env }), () => null)).toThrow(
      `TUNELAB_KERNEL_NODE names ${named}, but no Node starts there`
    );
    expect(() => chooseKernelNode(user({ env }), () => 'v18.20.0')).toThrow('is too old');
  });

  it('is the user’s own, with the reason, on a platform without a package', () => {
    expect(chooseKernelNode(user({ platform: 'freebsd' }), never)).toEqual({
      node: '/usr/bin/node',
      reason: 'there is no package for freebsd on x64'
    });
  });

  it('has an exact version of line 24 and its hash for each platform', () => {
    expect(Object.keys(PACKAGES).sort()).toEqual(
      ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'].sort()
    );
    for (const pack of Object.values(PACKAGES)) {
      expect(pack.version).toMatch(/^24\.\d+\.\d+$/);
      expect(Buffer.from(pack.integrity.replace('sha512-', ''), 'base64')).toHaveLength(64);
    }
  });
});

describe('a step that may fail', () => {
  let root: string;
  let lines: string[];
  const say = (line: string) => lines.push(line);

  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab node '));
    lines = [];
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  const step = (make: Step['make'], name = 'kernelNode'): Step => ({
    name,
    title: 'Node 24',
    stamps: new Stamps(path.join(root, 'stamp.json')),
    inputs: () => ({ values: { pack: 1 } }),
    products: [path.join(root, name)],
    orElse: 'kernels run on Node v20.20.2 (/usr/bin/node)',
    make
  });
  const succeed = (name: string) => async () => fs.writeFileSync(path.join(root, name), 'node');

  it('is told in a line, the steps after it are done, and it is tried again', async () => {
    let online = false;
    const list = [
      step(async () => {
        if (!online) {
          throw new Problem('The package registry could not be reached.');
        }
        await succeed('kernelNode')();
      }),
      step(succeed('next'), 'next')
    ];
    expect(await runSteps(list, say, root)).toEqual(['next']);
    expect(lines).toContain(
      '  Node 24: cannot be had, so kernels run on Node v20.20.2 (/usr/bin/node). The package registry could not be reached.'
    );
    online = true;
    expect(await runSteps(list, say, root)).toEqual(['kernelNode']);
    expect(await runSteps(list, say, root)).toEqual([]);
  });

  it('does not hide an error of the script itself', async () => {
    const broken = step(() => Promise.reject(new TypeError('a bug')));
    await expect(runSteps([broken], say, root)).rejects.toThrow('a bug');
  });
});
