import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as ts from 'typescript';
import {
  createFallbackRequire,
  createTypeResolver,
  nodeTypeRoot
} from 'tunelab/dist/kernel/resolution';

let root: string;
let notebook: string;
let launcher: string;

function addPackage(folder: string, name: string, value: string): void {
  const where = path.join(folder, 'node_modules', name);
  mkdirSync(where, { recursive: true });
  writeFileSync(
    path.join(where, 'package.json'),
    JSON.stringify({ name, main: 'index.js', types: 'index.d.ts' })
  );
  writeFileSync(path.join(where, 'index.js'), `module.exports = ${JSON.stringify(value)};`);
  writeFileSync(path.join(where, 'index.d.ts'), 'export {};');
}

beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'tunelab resolution ')));
  notebook = path.join(root, 'a notebook');
  launcher = path.join(root, 'the launcher');
  mkdirSync(notebook);
  mkdirSync(launcher);
  addPackage(notebook, 'both', 'of the notebook');
  addPackage(launcher, 'both', 'of the launcher');
  addPackage(launcher, 'fallback', 'of the launcher');
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('createFallbackRequire', () => {
  const make = () =>
    createFallbackRequire(notebook, createRequire(path.join(launcher, 'package.json')));

  it('takes the notebook’s own package before the launcher’s', () => {
    expect(make().resolve('both')).toContain('a notebook');
  });

  it('falls back to the launcher’s installation', () => {
    expect(make().resolve('fallback')).toContain('the launcher');
  });

  it('says that the notebook’s folder has no such package when nobody has it', () => {
    expect(() => make().resolve('nowhere-at-all')).toThrow(/Cannot find module/);
  });

  it('never looks beside the launcher for a relative path', () => {
    writeFileSync(path.join(launcher, 'own.js'), '');
    expect(() => make().resolve('./own.js')).toThrow(/Cannot find module/);
  });

  it('finds Node’s own modules', () => {
    expect(make().resolve('node:fs')).toBe('node:fs');
  });
});

describe('createTypeResolver', () => {
  const options = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler
  };

  function resolve(name: string, failed = new Set<string>(), from = 'cell.ts') {
    const resolver = createTypeResolver(ts, ts.sys, failed, launcher);
    const file = path.join(notebook, from).replaceAll('\\', '/');
    const literal = ts.factory.createStringLiteral(name);
    const source = ts.createSourceFile(file, '', ts.ScriptTarget.ES2022);
    const [result] = resolver([literal], file, undefined, options, source, undefined);
    return result!.resolvedModule?.resolvedFileName;
  }

  it('takes the notebook’s types before the launcher’s, and the launcher’s when it has none', () => {
    expect(resolve('both')).toContain('a notebook');
  });

  it('remembers a notebook’s file whose import is missing until it is found', () => {
    const failed = new Set<string>();
    expect(resolve('later', failed)).toBeUndefined();
    expect(failed.size).toBe(1);
    addPackage(notebook, 'later', 'installed meanwhile');
    expect(resolve('later', failed)).toContain('a notebook');
    expect(failed.size).toBe(0);
  });

  it('does not ask again for imports missing inside packages', () => {
    const failed = new Set<string>();
    expect(resolve('nowhere', failed, 'node_modules/both/index.d.ts')).toBeUndefined();
    expect(failed.size).toBe(0);
  });

  it('leaves Node’s modules to the types of Node', () => {
    addPackage(notebook, 'events', 'hidden by Node at run time');
    expect(resolve('events')).toBeUndefined();
  });
});

describe('nodeTypeRoot', () => {
  it('takes the types of Node above the notebook when they are there', () => {
    const own = path.join(root, 'with types');
    const types = path.join(own, 'node_modules', '@types');
    mkdirSync(path.join(types, 'node'), { recursive: true });
    writeFileSync(path.join(types, 'node', 'package.json'), '{}');
    expect(nodeTypeRoot(path.join(own, 'deep', 'folder'))).toBe(types);
  });

  it('takes those of tunelab’s installation for an empty folder', () => {
    expect(nodeTypeRoot(notebook)).toMatch(/node_modules[\\/]@types$/);
  });
});
