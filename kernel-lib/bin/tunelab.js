#!/usr/bin/env node
'use strict';
// Node 22 and later keep what they compiled: the next kernel starts sooner.
require('node:module').enableCompileCache?.();

const code = require('../dist/cli/main.js').main(process.argv.slice(2));
if (code !== undefined) {
  process.exitCode = code;
}
