// Lets a workload require the TypeScript of the library and of the tests as it stands: the JupyterLab that the browser
// tests start, and payloads made by today's sources.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(path.join(root, 'package.json'));
const swc = require('@swc/core');
const library = path.join(root, 'kernel-lib', 'src');

Module._extensions['.ts'] = (module, filename) => {
  const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
  const options = { filename, swcrc: false, jsc, module: { type: 'commonjs' } };
  module._compile(swc.transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const place = request.startsWith('tunelab/dist/')
    ? path.join(library, request.slice('tunelab/dist/'.length))
    : request.startsWith('.') && parent?.filename?.endsWith('.ts')
      ? path.resolve(path.dirname(parent.filename), request)
      : undefined;
  const file = [`${place}.ts`, `${place}/index.ts`].find(one => place && existsSync(one));
  return resolve.call(this, file ?? request, parent, ...rest);
};

/** A module of the library's sources, such as `figures/spec`. */
export const fromLibrary = name => require(path.join(library, `${name}.ts`));

/** A module of the browser tests. */
export const fromBrowserTests = name => require(path.join(root, 'test', 'browser', `${name}.ts`));
