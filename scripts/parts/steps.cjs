const fs = require('node:fs');
const path = require('node:path');
const { ROOT, tool, venvPython } = require('./places.cjs');
const { Problem } = require('./problem.cjs');
const { run, throwIfInterrupted } = require('./processes.cjs');
const { Stamps, fingerprint, productState } = require('./stamps.cjs');
const { createEnvironment, environmentWorks, installRequirements } = require('./environment.cjs');
const { findNpm } = require('./versions.cjs');
const kernelNode = require('./kernelNode.cjs');

const NODE = process.execPath;
/** The engine's kernels, compiled: written among the sources by the step that builds the library. */
const KERNEL_BYTES = 'kernel-lib/src/wasm/simd/bytes.ts';
/** The validators of stored figures, written among the sources as well. */
const VALIDATORS = 'kernel-lib/src/figures/parse/schema.ts';

function remove(...places) {
  for (const place of places) {
    // Windows holds files for a moment after their process has ended.
    fs.rmSync(path.join(ROOT, place), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What npm installs depends on these fields only: a new script needs no new `node_modules`. */
function dependencyFields(file) {
  const fields = JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));
  const names = ['name', 'version', 'workspaces', 'bin', 'overrides', 'allowScripts'];
  return Object.entries(fields).filter(
    ([name]) => names.includes(name) || /dependencies(Meta)?$/i.test(name)
  );
}

async function installPackages() {
  // npm removes this list before it touches anything else, and writes it again when all is done.
  const list = path.join(ROOT, 'node_modules', '.package-lock.json');
  const state = () => fs.statSync(list, { throwIfNoEntry: false })?.mtimeMs;
  const before = state();
  const [command, ...args] = findNpm(process.env, process.platform, NODE);
  const options = [
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error'
  ];
  try {
    await run('installing the npm packages', command, [...args, 'ci', ...options]);
  } catch (error) {
    if (state() === undefined || state() !== before) {
      remove('node_modules', 'kernel-lib/node_modules');
    }
    throw error;
  }
}

/** Builds from clean, so that no output of a deleted source survives; a failed build leaves none. */
async function build(what, outputs, ...commands) {
  remove(...outputs);
  try {
    for (const [command, args] of commands) {
      await run(what, command, args);
    }
  } catch (error) {
    remove(...outputs);
    throw error;
  }
}

async function installPackage(python) {
  // The extension is built already, and everything that hatchling needs is in the environment.
  const options = ['--no-deps', '--no-build-isolation', '--no-index', '--force-reinstall'];
  await run(
    'installing the Python package',
    python,
    ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', ...options, '.'],
    { env: { HATCH_JUPYTER_BUILDER_SKIP_NPM: '1' } }
  );
}

/** The step that brings a Node for the kernels; none where the user's will do. */
function kernelNodeSteps({ node, pack, reason }, stamps) {
  const instead = `kernels run on Node ${kernelNode.versionOf(node) ?? ''} (${node})`;
  if (process.env.TUNELAB_KERNEL_NODE === 'own') {
    kernelNode.removeKernelNode();
  }
  if (!pack) {
    return reason ? [{ remark: `  Node 24 for the kernels: ${reason}; ${instead}` }] : [];
  }
  return [
    {
      name: 'kernelNode',
      title: `Node ${pack.version} for the kernels`,
      stamps,
      inputs: () => ({ values: { pack } }),
      products: [kernelNode.executable(pack)],
      make: () => kernelNode.installKernelNode(pack),
      orElse: instead
    }
  ];
}

/**
 * The steps of the set-up, in order. Each has `inputs` (files and values, hashed), `products` (places
 * that must exist as it left them), the `stamps` that remember it, and `make`, which either finishes
 * or takes back what it began. One with `orElse` may fail: that is said, and the set-up goes on. One
 * that is only a `remark` is said.
 */
function steps({ venv, jupyterlab }) {
  const python = venvPython(venv);
  const chosen = kernelNode.chooseKernelNode(process);
  // Asked after the step that brings it, which may have failed.
  const nodeOfKernels = () => {
    const brought = chosen.pack && kernelNode.executable(chosen.pack);
    return brought && fs.existsSync(brought) ? brought : chosen.node;
  };
  const nodeStamps = new Stamps(path.join(ROOT, 'node_modules', '.tunelab-setup.json'));
  const venvStamps = new Stamps(path.join(venv, 'tunelab-setup.json'));
  const extension = path.join('jupyterlab_tunelab', 'labextension');
  const inRoot = name => path.join(ROOT, name);
  return [
    {
      name: 'packages',
      title: 'npm packages',
      stamps: nodeStamps,
      inputs: () => ({
        files: ['package-lock.json', '.npmrc'],
        values: {
          manifests: ['package.json', 'kernel-lib/package.json'].map(dependencyFields),
          node: [process.versions.modules, process.platform, process.arch],
          // Windows links the workspace by its absolute path.
          root: process.platform === 'win32' ? ROOT : ''
        }
      }),
      products: [inRoot('node_modules/.package-lock.json')],
      make: installPackages
    },
    ...kernelNodeSteps(chosen, nodeStamps),
    {
      name: 'environment',
      title: `Python environment ${path.relative(ROOT, venv) || venv}`,
      stamps: venvStamps,
      inputs: () => ({
        files: ['pyproject.toml'],
        // An environment holds absolute paths: after a move it is made anew.
        values: { venv, jupyterlab: jupyterlab ?? 'newest' }
      }),
      products: [path.join(venv, 'pyvenv.cfg')],
      works: () => environmentWorks(venv),
      make: async () => {
        const fresh = await createEnvironment(venv, venvStamps);
        try {
          await installRequirements(python, jupyterlab);
        } catch (error) {
          if (fresh) {
            fs.rmSync(venv, { recursive: true, force: true, maxRetries: 5 });
          }
          throw error;
        }
      }
    },
    {
      name: 'library',
      title: 'library (kernel-lib/dist)',
      stamps: nodeStamps,
      inputs: () => ({
        files: [
          'kernel-lib/assembly',
          'kernel-lib/format',
          'kernel-lib/src',
          'kernel-lib/tsconfig.json',
          'tsconfig.base.json'
        ],
        without: [KERNEL_BYTES, VALIDATORS]
      }),
      products: [inRoot('kernel-lib/dist'), inRoot(KERNEL_BYTES), inRoot(VALIDATORS)],
      make: () =>
        build(
          'building the library',
          ['kernel-lib/dist', KERNEL_BYTES, VALIDATORS],
          [NODE, [inRoot('kernel-lib/assembly/build.mjs')]],
          [NODE, [inRoot('kernel-lib/format/build.mjs')]],
          [NODE, tool('tsc', '-p', 'kernel-lib')]
        )
    },
    {
      name: 'extension',
      title: 'JupyterLab extension',
      stamps: nodeStamps,
      inputs: () => ({
        files: [
          ...[
            'extension',
            'style',
            'schema',
            'package.json',
            'tsconfig.json',
            'tsconfig.base.json',
            'notebooks',
            'scripts/lectures.mjs'
          ],
          // The extension imports the steps from a payload to a scene and on to Plotly's spec, and from a journal to
          // its studies, built from these.
          ...[
            ...['figures', 'live', 'numeric', 'quiz', 'trials', 'errors.ts', 'host.ts'],
            ...['scales', 'storage', 'study']
          ].map(name => `kernel-lib/src/${name}`)
        ]
      }),
      products: [inRoot('lib'), inRoot(extension)],
      make: () =>
        build(
          'building the JupyterLab extension',
          ['lib', extension],
          [NODE, tool('tsc', '-p', 'tsconfig.json')],
          // As a module: the scripts of an environment hold its absolute path, modules do not.
          [python, ['-m', 'jupyter_builder.main', 'build', '.']],
          [NODE, [inRoot('scripts/lectures.mjs')]]
        )
    },
    {
      name: 'package',
      title: 'Python package jupyterlab-tunelab',
      stamps: venvStamps,
      inputs: () => ({
        files: [
          'pyproject.toml',
          'install.json',
          'LICENSE',
          'jupyterlab_tunelab/__init__.py',
          'nbconvert'
        ],
        values: { extension: productState([inRoot(extension)]) }
      }),
      products: [path.join(venv, 'share', 'jupyter', 'labextensions', 'jupyterlab-tunelab')],
      make: () => installPackage(python)
    },
    {
      name: 'kernelspec',
      title: 'kernelspec tslab',
      stamps: venvStamps,
      inputs: () => ({
        files: [
          'kernel-lib/bin',
          'kernel-lib/src/cli',
          'kernel-lib/src/kernel',
          'kernel-lib/assets'
        ],
        values: { venv, root: ROOT, node: nodeOfKernels() }
      }),
      products: [path.join(venv, 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json')],
      make: () =>
        run(
          'installing the kernelspec',
          NODE,
          [
            inRoot('kernel-lib/bin/tunelab.js'),
            ...['install', '--prefix', venv, '--node', nodeOfKernels()]
          ],
          { ownWords: true }
        )
    }
  ];
}

/** Runs those of the steps whose inputs or products changed; returns their names. */
async function runSteps(list, say, root = ROOT) {
  const done = [];
  for (const step of list) {
    if (step.remark) {
      say(step.remark);
      continue;
    }
    const wanted = fingerprint(root, step.inputs());
    const entry = step.stamps.read()[step.name];
    const unchanged =
      entry?.inputs === wanted &&
      entry.products !== '' &&
      entry.products === productState(step.products) &&
      (step.works?.() ?? true);
    if (unchanged) {
      continue;
    }
    // From here on the step counts as not done, whatever happens.
    step.stamps.remove(step.name);
    const began = Date.now();
    say(`  ${step.title} ...`);
    try {
      await step.make();
    } catch (error) {
      throwIfInterrupted();
      if (!step.orElse || !(error instanceof Problem)) {
        throw error;
      }
      say(`  ${step.title}: cannot be had, so ${step.orElse}. ${error.message}`);
      continue;
    }
    const products = productState(step.products);
    if (products === '') {
      throw new Problem(
        `The step "${step.title}" ended well, but ${step.products.join(' or ')} is missing. Repeat the command; if it happens again, report it.`
      );
    }
    step.stamps.set(step.name, { inputs: wanted, products });
    say(`  ${step.title}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    done.push(step.name);
  }
  return done;
}

module.exports = { runSteps, steps };
