#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const nodeModule = require('node:module');
const path = require('node:path');

// Node 22 and later keep what they compiled: the next kernel starts sooner.
nodeModule.enableCompileCache?.();

const entry = path.join(__dirname, '..', 'dist', 'cli', 'main.js');
if (!existsSync(entry)) {
  process.stderr.write(
    'tunelab: the library has not been built: run `npm run setup` in the project.\n'
  );
  process.exit(1);
}
Promise.resolve(require(entry).main(process.argv.slice(2))).then(code => {
  if (code !== undefined) {
    process.exitCode = code;
  }
});
