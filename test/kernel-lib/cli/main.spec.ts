import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installKernelspec } from 'tunelab/dist/cli/install';
import { main } from 'tunelab/dist/cli/main';

let prefix: string;
let folder: string;

beforeEach(() => {
  prefix = mkdtempSync(path.join(tmpdir(), 'tunelab cli '));
  folder = path.join(prefix, 'share', 'jupyter', 'kernels', 'tslab');
});

afterEach(() => {
  rmSync(prefix, { recursive: true, force: true });
});

function run(...args: string[]) {
  let out = '';
  let error = '';
  const code = main(args, { out: text => (out += text), error: text => (error += text) });
  return { code, out, error };
}

describe('tunelab install', () => {
  it('writes a kernelspec with absolute paths and the interrupt by message', () => {
    expect(run('install', '--prefix', prefix)).toMatchObject({ code: 0, error: '' });
    const spec = JSON.parse(readFileSync(path.join(folder, 'kernel.json'), 'utf8'));
    expect(spec).toMatchObject({
      display_name: 'TypeScript (tunelab)',
      language: 'typescript',
      interrupt_mode: 'message',
      metadata: { tunelab: { version: expect.stringMatching(/^\d+\.\d+\.\d+/) }, debugger: false }
    });
    expect(spec.argv[0]).toBe(process.execPath);
    expect(spec.argv[2]).toMatch(/bin[\\/]tunelab\.js$/);
    expect(path.isAbsolute(spec.argv[2])).toBe(true);
    expect(spec.argv.slice(3)).toEqual(['kernel', '{connection_file}']);
    expect(readdirSync(folder).sort()).toEqual(['kernel.json', 'logo-svg.svg']);
  });

  it('replaces its own kernelspec', () => {
    run('install', '--prefix', prefix);
    expect(run('install', `--prefix=${prefix}`, '--node', process.execPath).code).toBe(0);
  });

  it.each([
    ['another kernel', '{"argv": ["tslab"], "metadata": {}}', 'belongs to another kernel'],
    ['a kernel without metadata', '{"argv": ["tslab"]}', 'belongs to another kernel'],
    ['a damaged file', '{', 'is damaged'],
    ['a file that holds nothing', 'null', 'belongs to another kernel']
  ])('never replaces %s, and names the folder to delete', (_, text, words) => {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, 'kernel.json');
    writeFileSync(file, text);
    const { code, error } = run('install', '--prefix', prefix);
    expect(code).toBe(1);
    expect(error).toContain(words);
    expect(error).toContain('not replaced');
    expect(error).toContain(`delete the folder ${folder} and install again`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each([
    ['typescript and zeromq are', [], 'typescript and zeromq', 'typescript zeromq'],
    ['zeromq is', ['typescript'], 'zeromq', 'zeromq']
  ])('refuses where %s missing, and leaves nothing behind', (_, there, missing, names) => {
    const modules = path.join(prefix, 'lone', 'node_modules');
    for (const id of ['tunelab', ...there]) {
      mkdirSync(path.join(modules, id), { recursive: true });
      writeFileSync(path.join(modules, id, 'package.json'), '{"version": "5.9.3"}');
    }
    const root = path.join(modules, 'tunelab');
    expect(() => installKernelspec({ prefix, root })).toThrow(
      `the kernel needs ${missing}, and finds no such package from ${root}.\nInstall beside tunelab: npm install ${names}`
    );
    expect(readdirSync(prefix)).toEqual(['lone']);
  });

  it('refuses a Node that is not there, and leaves nothing behind', () => {
    const { code, error } = run('install', '--prefix', prefix, '--node', path.join(prefix, 'no'));
    expect(code).toBe(1);
    expect(error).toContain('there is no Node at');
    expect(readdirSync(prefix)).toEqual([]);
  });
});

describe('tunelab', () => {
  it('shows help and version', () => {
    expect(run('--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('install --prefix')
    });
    expect(run('--version').out).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.each([
    ['an unknown command', ['fly'], 'there is no command "fly"'],
    ['install without a prefix', ['install'], 'needs --prefix'],
    ['an unknown option', ['install', '--user'], '"--user" is not understood'],
    ['an option without its value', ['install', '--prefix'], '--prefix needs a value'],
    ['kernel without a file', ['kernel'], 'takes one connection file']
  ])('answers %s with a sentence and exit code 2', (_, args, sentence) => {
    const { code, error } = run(...args);
    expect(code).toBe(2);
    expect(error).toContain(sentence);
  });

  it('answers no command at all with the help and exit code 2', () => {
    expect(run()).toMatchObject({ code: 2, out: expect.stringContaining('Usage') });
  });

  it('answers a connection file that is missing with a sentence and exit code 1', () => {
    const { code, error } = run('kernel', path.join(prefix, 'none.json'));
    expect(code).toBe(1);
    expect(error).toContain('cannot be read');
  });
});
