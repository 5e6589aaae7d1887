import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { examine } from 'tunelab/dist/cli/doctor';
import { findingsAsJson, renderFindings } from 'tunelab/dist/cli/findings';
import { installKernelspec } from 'tunelab/dist/cli/install';
import { askPython, findEnvironment, type PythonFacts } from 'tunelab/dist/cli/pythonEnvironment';
import { main } from 'tunelab/dist/cli/main';
import { tunelabVersion } from 'tunelab/dist/kernel/kernelInfo';

let prefix: string;
let facts: PythonFacts;

/** An environment in which everything is right, its Python answered for by `facts`. */
beforeEach(() => {
  prefix = mkdtempSync(path.join(tmpdir(), 'tunelab doctor '));
  mkdirSync(path.join(prefix, 'bin'));
  writeFileSync(path.join(prefix, 'bin', 'python'), '');
  const labextensions = path.join(prefix, 'share', 'jupyter', 'labextensions');
  write(path.join(labextensions, 'jupyterlab-tunelab', 'package.json'), {
    version: tunelabVersion()
  });
  facts = {
    version: '3.12.1',
    jupyterlab: '4.6.0',
    package: '0.1.0',
    kernelspec: installKernelspec({ prefix }),
    labextensions: [labextensions]
  };
});

afterEach(() => rmSync(prefix, { recursive: true, force: true }));

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const look = (options = {}) => examine({ prefix, ask: () => facts, ...options });
const problems = (options = {}) => look(options).filter(({ ok }) => !ok);
const specFile = () => path.join(prefix, 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
const argv = [process.execPath, path.join(__dirname, 'none.js'), 'kernel', '{connection_file}'];

describe('the doctor', () => {
  it('finds nothing wrong with a whole installation', () => {
    expect(problems()).toEqual([]);
    expect(look().map(({ name }) => name)).toEqual([
      ...['tunelab', 'Node of this command', 'Python', 'JupyterLab', 'kernelspec'],
      ...["kernel's Node", 'labextension', 'TypeScript', '@types/node'],
      ...['zeromq', '@resvg/resvg-js', 'font of pictures']
    ]);
  });

  it.each<[string, () => void, string, RegExp, RegExp]>([
    [
      'a missing kernelspec',
      () => (facts.kernelspec = null),
      'kernelspec',
      /no kernel "tslab"/,
      /npm run setup/
    ],
    [
      'the kernelspec of stock tslab',
      () => write(specFile(), { argv: ['tslab'] }),
      'kernelspec',
      /is not tunelab's/,
      /delete the folder .*kernels.tslab, then/
    ],
    [
      'a damaged kernelspec',
      () => write(specFile(), '{'),
      'kernelspec',
      /cannot be read/,
      /delete the folder .*kernels.tslab, then/
    ],
    [
      'a kernelspec whose kernel has moved away',
      () => write(specFile(), { argv, metadata: { tunelab: { version: tunelabVersion() } } }),
      'kernelspec',
      /none\.js, which is not there/,
      /tunelab install --prefix/
    ],
    [
      'a kernelspec of another version',
      () =>
        write(specFile(), {
          argv: [process.execPath, path.resolve('kernel-lib', 'bin', 'tunelab.js'), 'kernel'],
          metadata: { tunelab: { version: '0.0.1' } }
        }),
      'kernelspec',
      /is of tunelab 0\.0\.1, this is/,
      /npm run setup/
    ],
    [
      'no labextension',
      () => rmSync(facts.labextensions[0], { recursive: true }),
      'labextension',
      /does not find it/,
      /pip install jupyterlab-tunelab/
    ],
    [
      'a labextension of another version',
      () =>
        write(path.join(facts.labextensions[0], 'jupyterlab-tunelab', 'package.json'), {
          version: '0.0.1'
        }),
      'labextension',
      /0\.0\.1 in .*, but tunelab is/,
      /reload the page/
    ],
    [
      'a damaged labextension',
      () => write(path.join(facts.labextensions[0], 'jupyterlab-tunelab', 'package.json'), '{'),
      'labextension',
      /damaged/,
      /npm run setup/
    ],
    ['no JupyterLab', () => (facts.jupyterlab = null), 'JupyterLab', /not found/, /pip install/],
    ['JupyterLab 3', () => (facts.jupyterlab = '3.6.7'), 'JupyterLab', /3\.6\.7/, /jupyterlab>=4/],
    ['Python 3.9', () => (facts.version = '3.9.2'), 'Python', /3\.9\.2/, /3\.10 or later/]
  ])('names %s and what to do', (_, damage, name, found, advice) => {
    damage();
    expect(problems()).toEqual([
      {
        name,
        ok: false,
        found: expect.stringMatching(found),
        advice: expect.stringMatching(advice)
      }
    ]);
  });

  it("names a kernel's Node that is gone", () => {
    const script = path.resolve('kernel-lib', 'bin', 'tunelab.js');
    write(specFile(), {
      argv: [path.join(prefix, 'gone', 'node'), script, 'kernel'],
      metadata: { tunelab: { version: tunelabVersion() } }
    });
    expect(problems()).toEqual([
      expect.objectContaining({
        name: "kernel's Node",
        found: expect.stringContaining('does not start'),
        advice: expect.stringContaining('TUNELAB_KERNEL_NODE=own')
      })
    ]);
  });

  it('names an environment without a Python, and one whose Python does not answer', () => {
    expect(problems({ ask: () => 'no module named encodings' })[0]).toMatchObject({
      name: 'Python',
      found: expect.stringContaining('does not answer: no module named encodings')
    });
    rmSync(path.join(prefix, 'bin', 'python'));
    expect(problems()[0]).toMatchObject({
      name: 'Python',
      found: expect.stringContaining('there is no Python in')
    });
  });

  it('names native packages, the types of Node and the font that an installation lacks', () => {
    const root = path.join(prefix, 'node_modules', 'tunelab');
    write(path.join(root, 'package.json'), { name: 'tunelab' });
    // A package that is there, and breaks when it is loaded.
    write(path.join(prefix, 'node_modules', 'zeromq', 'index.js'), 'throw new Error("bad ELF")');
    const found = problems({ root });
    expect(found.map(({ name }) => name)).toEqual([
      ...['@types/node', 'zeromq', '@resvg/resvg-js', 'font of pictures']
    ]);
    expect(found[1].found).toBe('does not load: Error: bad ELF');
    cpSync(path.resolve('kernel-lib', 'assets'), path.join(root, 'assets'), { recursive: true });
    expect(problems({ root }).map(({ name }) => name)).not.toContain('font of pictures');
  });
});

describe('the environment', () => {
  it('is the named one, else that of the start script, else the active one that exists', () => {
    const active = { VIRTUAL_ENV: path.join(prefix, 'none'), CONDA_PREFIX: prefix };
    expect(findEnvironment('x', { TUNELAB_VENV: 'y', ...active })).toBe(path.resolve('x'));
    expect(findEnvironment(undefined, { TUNELAB_VENV: 'y', ...active })).toBe(path.resolve('y'));
    expect(findEnvironment(undefined, active)).toBe(prefix);
  });

  it('answers with a sentence when its Python is none', () => {
    expect(askPython(path.join(prefix, 'none'))).toMatch(/ENOENT/);
    // Node understands -c, too, as the check of a file's syntax, and finds no such file.
    expect(askPython(process.execPath)).toMatch(/\S/);
  });
});

describe('tunelab doctor', () => {
  const run = (...args: string[]) => {
    let out = '';
    const code = main(['doctor', ...args], { out: text => (out += text), error: () => undefined });
    return { code, out };
  };

  it('prints a line for each finding, the advice below, and ends with 1 when there are problems', () => {
    rmSync(path.join(prefix, 'bin'), { recursive: true });
    const { code, out } = run('--prefix', prefix);
    expect(code).toBe(1);
    expect(out).toMatch(/^PROBLEM {2}Python +there is no Python in /m);
    expect(out).toMatch(/^ +-> in the project run `npm run setup`, or correct --prefix$/m);
    expect(out).toMatch(/\d problems: do what the arrows say, then ask again\.\n$/);
  });

  it('prints JSON for programs', () => {
    rmSync(path.join(prefix, 'bin'), { recursive: true });
    const { code, out } = run('--json', '--prefix', prefix);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([expect.objectContaining({ name: 'Python', ok: false })])
    });
  });

  it('says that all is well, once', () => {
    expect(renderFindings([{ name: 'a', ok: true, found: 'b' }])).toBe(
      'ok       a  b\nAll is well.\n'
    );
    expect(JSON.parse(findingsAsJson([{ name: 'a', ok: true, found: 'b' }])).ok).toBe(true);
  });

  it('refuses an option that it does not know', () => {
    expect(run('--fast').code).toBe(2);
  });
});
