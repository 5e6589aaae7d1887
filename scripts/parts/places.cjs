// CommonJS, because jest loads these modules as they stand; the entry points beside this folder are
// ES modules. Everything here uses Node's built-ins only: it runs before anything is installed.
const fs = require('node:fs');
const path = require('node:path');

/** The project's root, found from this file: the current folder may be any other. */
const ROOT = path.resolve(__dirname, '..', '..');

/** Where a virtual environment keeps its Python. */
function venvPython(venv, platform = process.platform) {
  return platform === 'win32'
    ? path.win32.join(venv, 'Scripts', 'python.exe')
    : path.posix.join(venv, 'bin', 'python');
}

/** The script behind a command of `node_modules/.bin`: Windows cannot spawn those shims directly. */
const BINARIES = {
  tsc: ['typescript', 'bin', 'tsc'],
  eslint: ['eslint', 'bin', 'eslint.js'],
  prettier: ['prettier', 'bin', 'prettier.cjs'],
  jest: ['jest', 'bin', 'jest.js']
};

/** Arguments that make Node run one of the project's development tools. */
function tool(name, ...args) {
  return [path.join(ROOT, 'node_modules', ...BINARIES[name]), ...args];
}

const pathName = env => Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH';

/** Whether `node` on the PATH already is the Node that runs this script. */
function pathHasThisNode(folders) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const first = folders.map(folder => path.join(folder, name)).find(file => fs.existsSync(file));
  return first !== undefined && fs.realpathSync(first) === fs.realpathSync(process.execPath);
}

/**
 * The environment of every child: this Node on the PATH, so that all parts use the same one;
 * nothing of another Python; and the kernelspec of `.venv` before one of the same name in the home
 * folder. The PATH is left alone if it will do: its order is the user's choice of Python, too.
 */
function childEnvironment(extra = {}) {
  const env = { ...process.env, ...extra };
  const folders = (env[pathName(env)] ?? '').split(path.delimiter).filter(Boolean);
  if (!pathHasThisNode(folders)) {
    env[pathName(env)] = [path.dirname(process.execPath), ...folders].join(path.delimiter);
  }
  const foreign = ['PYTHONHOME', 'PYTHONPATH', 'PIP_USER', 'PIP_TARGET', 'PIP_PREFIX'];
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.includes(name)));
  return { ...kept, PYTHONNOUSERSITE: '1', JUPYTER_PREFER_ENV_PATH: '1' };
}

/** `JUPYTER_PATH` with the environment's own folder first: a kernelspec named there would win otherwise. */
function jupyterPath(venv, given = process.env.JUPYTER_PATH) {
  return [path.join(venv, 'share', 'jupyter'), given].filter(Boolean).join(path.delimiter);
}

module.exports = { ROOT, venvPython, tool, childEnvironment, jupyterPath };
