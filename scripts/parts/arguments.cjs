const fs = require('node:fs');
const path = require('node:path');
const { stripVTControlCharacters } = require('node:util');
const { Problem } = require('./problem.cjs');

const FIRST_LECTURE = '01-tuning-process.ipynb';

/** Whether one of the options is among the arguments, as `--name value` or `--name=value`. */
function has(given, ...names) {
  return given.some(argument =>
    names.some(name => argument === name || argument.startsWith(`${name}=`))
  );
}

/**
 * The arguments of JupyterLab: the lecture notebooks as its root folder, the first lecture opened,
 * then everything that was given. What was given is never said twice.
 */
function jupyterArguments(given, { root, isRoot, exists = fs.existsSync }) {
  const notebooks = path.join(root, 'notebooks');
  const own = [];
  if (!has(given, '--ServerApp.root_dir', '--notebook-dir', '--ServerApp.notebook_dir')) {
    own.push(`--ServerApp.root_dir=${notebooks}`);
  }
  // A notebook that was named is opened instead; options of JupyterLab have no such value.
  const named = given.some(argument => !argument.startsWith('-') && argument.endsWith('.ipynb'));
  const chosen = named || has(given, '--LabApp.default_url', '--ServerApp.default_url');
  if (!chosen && exists(path.join(notebooks, FIRST_LECTURE))) {
    own.push(`--LabApp.default_url=/lab/tree/${FIRST_LECTURE}`);
  }
  if (isRoot && !has(given, '--allow-root', '--ServerApp.allow_root')) {
    own.push('--allow-root');
  }
  return [...own, ...given];
}

/** The options of `npm test` itself. */
const TEST_OPTIONS = ['--all', '--without-browser', '--help'];

/** Takes `npm test`'s own options out; the others go to jest as they are. */
function testArguments(given) {
  return {
    all: given.includes('--all'),
    withoutBrowser: given.includes('--without-browser'),
    help: given.includes('--help'),
    jest: given.filter(argument => !TEST_OPTIONS.includes(argument))
  };
}

/**
 * Lets jest look at the arguments that it would get: one of ours, mistyped, must not run every check
 * before jest refuses it. Asked after the set-up, which installs jest.
 * @throws Problem if there is an option that jest does not know.
 */
async function requireJestArguments(given) {
  try {
    await require('jest').buildArgv(given);
  } catch (error) {
    const said = stripVTControlCharacters(error.message)
      .replace(/CLI Options Documentation:[^]*/, '')
      .replace(/[\s●]+/g, ' ')
      .trim();
    throw new Problem(
      `${said}\nThe options of \`npm test\` are ${TEST_OPTIONS.join(', ')}; all others are jest's: https://jestjs.io/docs/cli`,
      { exitCode: 2 }
    );
  }
}

module.exports = { jupyterArguments, requireJestArguments, testArguments };
