const fs = require('node:fs');
const path = require('node:path');

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

/** Takes `npm test`'s own options out; the others go to jest as they are. */
function testArguments(given) {
  const own = ['--all', '--without-browser', '--help'];
  return {
    all: given.includes('--all'),
    withoutBrowser: given.includes('--without-browser'),
    help: given.includes('--help'),
    jest: given.filter(argument => !own.includes(argument))
  };
}

module.exports = { jupyterArguments, testArguments };
