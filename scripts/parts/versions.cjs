const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Problem, noVenv } = require('./problem.cjs');

const OLDEST_PYTHON = [3, 10];

/**
 * What is wrong with this version of Node, in a sentence; null if nothing is. Between the supported
 * lines lie releases (21, 22.0 to 22.11) that the builder of the extension refuses.
 */
function nodeProblem(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  return supported
    ? null
    : `Node.js ${version} is too old: tunelab needs 20.19 or later in line 20, 22.12 or later in line 22, or any newer line. Install one from https://nodejs.org and repeat the command.`;
}

/** Commands that may start Python, in order of preference; each with its leading arguments. */
function pythonCandidates(env, platform) {
  if (env.TUNELAB_PYTHON) {
    return [[env.TUNELAB_PYTHON]];
  }
  const names = [
    'python3',
    'python',
    'python3.14',
    'python3.13',
    'python3.12',
    'python3.11',
    'python3.10'
  ];
  const commands = names.map(name => [name]);
  // On Windows `python3` is often only a door to the shop; the launcher knows what is installed.
  return platform === 'win32' ? [['py', '-3'], ['python'], ['python3']] : commands;
}

const PROBE = `
import json, sys
from importlib.util import find_spec
print(json.dumps({"version": list(sys.version_info[:3]), "executable": sys.executable,
                  "venv": all(find_spec(m) for m in ("venv", "ensurepip"))}))
`;

/** Asks a Python about itself; null when it does not start. */
function probePython([command, ...args]) {
  try {
    const text = execFileSync(command, [...args, '-c', PROBE], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
      windowsHide: true
    });
    return { command, args, ...JSON.parse(text) };
  } catch {
    return null;
  }
}

const atLeast = (version, [major, minor]) =>
  version[0] > major || (version[0] === major && version[1] >= minor);

/**
 * The first candidate that is new enough and can make environments.
 * @throws Problem that names the best of the unfit ones: lacking venv, else too old, else none.
 */
function choosePython(candidates, env, probe = probePython) {
  const unfit = [];
  for (const candidate of candidates) {
    const python = probe(candidate);
    if (python && python.venv && atLeast(python.version, OLDEST_PYTHON)) {
      return python;
    }
    if (python) {
      unfit.push(python);
    }
  }
  const name = python => `Python ${python.version.join('.')} (${python.executable})`;
  const withoutVenv = unfit.find(python => atLeast(python.version, OLDEST_PYTHON));
  if (withoutVenv) {
    throw new Problem(noVenv(name(withoutVenv)));
  }
  if (unfit.length > 0) {
    throw new Problem(
      `${name(unfit[0])} is too old: tunelab needs Python ${OLDEST_PYTHON.join('.')} or later. Install one from https://www.python.org, or name one by the environment variable TUNELAB_PYTHON.`
    );
  }
  throw new Problem(
    env.TUNELAB_PYTHON
      ? `TUNELAB_PYTHON names ${env.TUNELAB_PYTHON}, but no Python starts by that name: correct the variable or unset it.`
      : `Python was not found: install Python ${OLDEST_PYTHON.join('.')} or later from https://www.python.org (on Debian or Ubuntu: \`apt-get install python3 python3-venv\`), or name one by the environment variable TUNELAB_PYTHON.`
  );
}

const findPython = () => choosePython(pythonCandidates(process.env, process.platform), process.env);

/**
 * How to start npm, as [command, ...arguments]: the npm that runs us, else the one beside this Node,
 * else the one on the PATH. Its script is run by this Node wherever it can be found.
 */
function findNpm(env, platform, execPath, system = fs) {
  const p = platform === 'win32' ? path.win32 : path.posix;
  const besideNode = p.dirname(execPath);
  const scripts = [
    // Another package manager sets the variable, too.
    /npm-cli\.c?js$/.test(env.npm_execpath ?? '') ? env.npm_execpath : '',
    p.join(besideNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    p.join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  ];
  const script = scripts.find(file => file && system.existsSync(file));
  if (script) {
    return [execPath, script];
  }
  const folders = (env.PATH ?? env.Path ?? '').split(p.delimiter).filter(Boolean);
  const command = folders
    .map(folder => p.join(folder, platform === 'win32' ? 'npm.cmd' : 'npm'))
    .find(file => system.existsSync(file));
  if (command) {
    return [command];
  }
  throw new Problem(
    'npm was not found: install it (it comes with Node.js from https://nodejs.org; on Debian: `apt-get install npm`) and repeat the command.'
  );
}

module.exports = { choosePython, findNpm, findPython, nodeProblem, pythonCandidates };
