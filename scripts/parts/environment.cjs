const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { childEnvironment, venvPython } = require('./places.cjs');
const { Problem } = require('./problem.cjs');
const { run } = require('./processes.cjs');
const { findPython } = require('./versions.cjs');

// pyproject.toml is the one list of requirements. Python 3.10 has no tomllib, but pip brings one.
const READ_REQUIREMENTS = `
import json
try:
    import tomllib
except ModuleNotFoundError:
    from pip._vendor import tomli as tomllib
with open("pyproject.toml", "rb") as file:
    settings = tomllib.load(file)
project = settings["project"]
print(json.dumps(project["dependencies"] + project["optional-dependencies"]["test"]
                 + settings["build-system"]["requires"]))
`;

/**
 * Whether the environment's Python starts and is the one that the environment was made for: after
 * an upgrade of the system's Python its packages would be in another version's folder.
 */
function environmentWorks(venv) {
  const python = venvPython(venv);
  try {
    const version = execFileSync(
      python,
      ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'],
      {
        encoding: 'utf8',
        env: childEnvironment(),
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 20_000,
        windowsHide: true
      }
    ).trim();
    const made = /^version\s*=\s*(\d+\.\d+)/m.exec(
      fs.readFileSync(path.join(venv, 'pyvenv.cfg'), 'utf8')
    );
    return made !== null && made[1] === version;
  } catch {
    return false;
  }
}

/**
 * Looks for a Python before anything is downloaded, unless the environment stands already.
 * @throws Problem if none fits.
 */
function requirePython(venv) {
  if (!environmentWorks(venv)) {
    findPython();
  }
}

/** Whether the scripts in the environment still point to this folder. */
function environmentIsHere(venv) {
  const activate = ['bin', 'Scripts'].map(name => path.join(venv, name, 'activate'));
  const file = activate.find(name => fs.existsSync(name));
  return file !== undefined && fs.readFileSync(file, 'utf8').includes(venv);
}

/**
 * Makes the environment, unless a working one stands there. Returns whether it is new.
 * @throws Problem if no Python fits, or if the folder holds something that the set-up did not make.
 */
async function createEnvironment(venv, stamps) {
  if (fs.existsSync(venv)) {
    if (environmentWorks(venv) && environmentIsHere(venv)) {
      return false;
    }
    if (!stamps.exists && fs.readdirSync(venv).length > 0) {
      throw new Problem(
        `${venv} exists, but it is not an environment of this set-up and does not work: move or delete it and repeat the command.`
      );
    }
  }
  const python = findPython();
  fs.rmSync(venv, { recursive: true, force: true, maxRetries: 5 });
  try {
    // First the sign that the folder is ours, so that even a killed run can be cleaned up later.
    stamps.write({});
    await run('making the Python environment', python.executable, ['-m', 'venv', venv]);
  } catch (error) {
    fs.rmSync(venv, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
  return true;
}

/** Installs what pyproject.toml asks for; `jupyterlab` chooses another version of JupyterLab. */
async function installRequirements(python, jupyterlab) {
  const what = 'installing the Python packages';
  const requirements = JSON.parse(await run(what, python, ['-c', READ_REQUIREMENTS]));
  if (jupyterlab) {
    requirements.push(`jupyterlab==${jupyterlab}`);
  }
  const options = [
    '--disable-pip-version-check',
    '--no-input',
    '--progress-bar',
    'off',
    '--upgrade'
  ];
  await run(what, python, ['-m', 'pip', 'install', ...options, ...requirements]);
}

module.exports = { createEnvironment, environmentWorks, installRequirements, requirePython };
