// Bundles the library for a browser: `node test/browser/bundle.mjs <file> [entry below kernel-lib/src]`. Ends with
// 1 and says why if anything in it needs what a browser lacks: no module of Node is replaced by anything.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const file = path.resolve(process.argv[2]);
const source = path.join(root, 'kernel-lib', 'src');

const { browser } = JSON.parse(readFileSync(path.join(root, 'kernel-lib', 'package.json'), 'utf8'));
const replaced = Object.keys(browser).map(name => name.replace(/^\.\/dist\/|\.js$/g, ''));

rspack(
  {
    mode: 'production',
    target: 'web',
    context: root,
    entry: path.join(source, process.argv[3] ?? 'index.ts'),
    output: {
      path: path.dirname(file),
      filename: path.basename(file),
      library: { name: 'tunelab', type: 'window' },
      asyncChunks: false
    },
    resolve: {
      extensions: ['.ts', '.js'],
      // What the package's own `browser` field says of its built files, said of the sources.
      alias: Object.fromEntries(replaced.map(name => [path.join(source, name), false]))
    },
    module: {
      rules: [
        {
          test: /\.ts$/,
          loader: 'builtin:swc-loader',
          options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }
        }
      ]
    },
    // A module of Node would be left as a request at run time with some targets; here it is an error.
    externalsPresets: { node: false },
    performance: { hints: false }
  },
  (failure, stats) => {
    const found = stats?.toJson({ all: false, errors: true, warnings: true });
    const problems = [...(found?.errors ?? []), ...(found?.warnings ?? [])];
    if (failure || problems.length > 0) {
      console.error(failure ?? problems.map(({ message }) => message).join('\n'));
      process.exitCode = 1;
    }
  }
);
