/** `tunelab doctor`: looks at everything a notebook needs, and says what to do about each problem. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { tunelabVersion, typescriptVersion } from '../kernel/kernelInfo';
import { PACKAGE_ROOT, packageVersion } from '../kernel/peers';
import { type Finding, fine, problem } from './findings';
import { type PythonFacts, askPython, findEnvironment, pythonIn } from './pythonEnvironment';

/** Where to look; the defaults are what is installed. Tests name broken places. */
export interface DoctorOptions {
  /** The Python environment. Default: see `findEnvironment`. */
  prefix?: string;
  /** The folder of tunelab's package.json. */
  root?: string;
  /** Asks the environment's Python. Default: starts it. */
  ask?: (python: string) => PythonFacts | string;
}

const SETUP = 'in the project run `npm run setup`';
const LABEXTENSION = 'jupyterlab-tunelab';
const OLDEST_LAB = 4;
const OLDEST_PYTHON = [3, 10] as const;

/** Looks at an installation; never throws for what is wrong with it. */
export function examine({
  prefix,
  root = PACKAGE_ROOT,
  ask = askPython
}: DoctorOptions = {}): Finding[] {
  const environment = findEnvironment(prefix);
  const python = environment === undefined ? undefined : pythonIn(environment);
  const facts = python === undefined ? undefined : ask(python);
  const known = typeof facts === 'object' ? facts : undefined;
  const spec = readKernelspec(known, environment);
  return [
    fine('tunelab', `${tunelabVersion()} in ${root}`),
    nodeFinding('Node of this command', process.version, process.execPath),
    pythonFinding(environment, python, facts),
    jupyterlabFinding(known),
    spec.finding,
    ...kernelNodeFinding(spec.argv),
    labextensionFinding(known, environment),
    typescriptFinding(),
    packageFinding('@types/node', root),
    ...nativeFindings(spec.argv?.[0], root),
    fontFinding(root)
  ];
}

/** Whether a version of Node will do; the builder of the extension refuses those in between. */
function nodeFinding(name: string, version: string, where: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const will = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  const found = `${version} at ${where}`;
  return will
    ? fine(name, found)
    : problem(name, found, 'install Node 20.19, 22.12 or later from https://nodejs.org');
}

function pythonFinding(
  environment: string | undefined,
  python: string | undefined,
  facts: PythonFacts | string | undefined
): Finding {
  const name = 'Python';
  if (environment === undefined) {
    const advice = `${SETUP}, or name the environment of your JupyterLab: tunelab doctor --prefix DIR`;
    return problem(name, 'no environment was found', advice);
  }
  if (python === undefined || facts === undefined) {
    return problem(name, `there is no Python in ${environment}`, `${SETUP}, or correct --prefix`);
  }
  if (typeof facts === 'string') {
    return problem(name, `${python} does not answer: ${facts}`, SETUP);
  }
  const [major = 0, minor = 0] = facts.version.split('.').map(Number);
  const found = `${facts.version} in ${environment}`;
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1])
    ? fine(name, found)
    : problem(name, found, 'make an environment with Python 3.10 or later');
}

function jupyterlabFinding(facts: PythonFacts | undefined): Finding {
  const version = facts?.jupyterlab;
  if (!version) {
    return problem('JupyterLab', 'not found', `${SETUP}, or \`pip install jupyterlab\``);
  }
  return Number.parseInt(version) >= OLDEST_LAB
    ? fine('JupyterLab', version)
    : problem('JupyterLab', version, `\`pip install "jupyterlab>=${OLDEST_LAB}"\``);
}

/** The kernelspec that Jupyter takes, or where it would be if Jupyter cannot be asked. */
function readKernelspec(
  facts: PythonFacts | undefined,
  environment: string | undefined
): { finding: Finding; argv?: string[] } {
  const name = 'kernelspec';
  const install = `${SETUP}, or \`tunelab install --prefix ${environment ?? 'DIR'}\``;
  if (!facts?.kernelspec) {
    return { finding: problem(name, 'no kernel "tslab" is installed', install) };
  }
  const file = path.join(facts.kernelspec, 'kernel.json');
  let spec: { argv?: unknown; metadata?: { tunelab?: { version?: string } } };
  try {
    spec = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const found = `${file} cannot be read (${(error as Error).message.split('\n')[0]!})`;
    return {
      finding: problem(name, found, `delete the folder ${facts.kernelspec}, then ${install}`)
    };
  }
  if (!spec.metadata?.tunelab) {
    const advice = `notebooks would open on another kernel. If nobody needs it, delete the folder ${facts.kernelspec}, then ${install}`;
    return { finding: problem(name, `${file} is not tunelab's`, advice) };
  }
  const argv = Array.isArray(spec.argv) ? spec.argv.map(String) : [];
  const script = argv.find(argument => argument.endsWith('.js'));
  if (script === undefined || !existsSync(script)) {
    const found = `${file} starts ${script ?? 'nothing'}, which is not there`;
    return { finding: problem(name, found, install), argv };
  }
  const written = spec.metadata.tunelab.version;
  if (written !== tunelabVersion()) {
    const found = `${file} is of tunelab ${written ?? 'without a version'}, this is ${tunelabVersion()}`;
    return { finding: problem(name, found, install), argv };
  }
  return { finding: fine(name, file), argv };
}

/** Nothing without a kernelspec, whose own problem says enough. */
function kernelNodeFinding(argv: readonly string[] | undefined): Finding[] {
  const name = "kernel's Node";
  const node = argv?.[0];
  if (node === undefined) {
    return [];
  }
  const asked = spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (asked.status !== 0) {
    const advice = `${SETUP}; with TUNELAB_KERNEL_NODE=own the kernel runs on your own Node`;
    return [problem(name, `${node} does not start`, advice)];
  }
  return [nodeFinding(name, asked.stdout.trim(), node)];
}

function labextensionFinding(
  facts: PythonFacts | undefined,
  environment: string | undefined
): Finding {
  const name = 'labextension';
  const own = environment && path.join(environment, 'share', 'jupyter', 'labextensions');
  const places = [...(facts?.labextensions ?? []), ...(own ? [own] : [])];
  const folder = places
    .map(place => path.join(place, LABEXTENSION))
    .find(place => existsSync(place));
  if (folder === undefined) {
    const advice = `${SETUP}, or \`pip install ${LABEXTENSION}\`; until then figures are pictures`;
    return problem(name, 'JupyterLab does not find it', advice);
  }
  let version: string | undefined;
  try {
    version = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return problem(name, `${folder} is damaged: its package.json cannot be read`, SETUP);
  }
  if (version !== tunelabVersion()) {
    const found = `${version} in ${folder}, but tunelab is ${tunelabVersion()}`;
    return problem(name, found, `${SETUP}, then reload the page of JupyterLab`);
  }
  return fine(name, `${version} in ${folder}`);
}

function typescriptFinding(): Finding {
  const version = typescriptVersion();
  return version === undefined
    ? problem('TypeScript', 'not found', `${SETUP}, or \`npm install typescript\` beside tunelab`)
    : fine('TypeScript', version);
}

function packageFinding(id: string, root: string): Finding {
  const version = packageVersion(id, requireFrom(root));
  return version === undefined
    ? problem(id, 'not found', `${SETUP}, or \`npm install ${id}\` beside tunelab`)
    : fine(id, version);
}

const requireFrom = (root: string): NodeJS.Require =>
  createRequire(path.join(root, 'package.json'));

/** Native packages are loaded by the kernel's Node, in a process of its own: a crash is an answer. */
function nativeFindings(node: string | undefined, root: string): Finding[] {
  const use = node !== undefined && existsSync(node) ? node : process.execPath;
  return ['zeromq', '@resvg/resvg-js'].map(id => {
    const code = `require('node:module').createRequire(process.argv[1])(process.argv[2])`;
    const from = path.join(root, 'package.json');
    const { status, stderr, signal } = spawnSync(use, ['-e', code, from, id], {
      encoding: 'utf8',
      timeout: 30_000,
      windowsHide: true
    });
    if (status === 0) {
      return fine(id, `${packageVersion(id, requireFrom(root)) ?? 'loads'}, loads`);
    }
    const reason = /^\w*Error.*$/m.exec(stderr)?.[0] ?? signal ?? `exit code ${status}`;
    return problem(
      id,
      `does not load: ${reason}`,
      `${SETUP}, or \`npm install ${id}\` beside tunelab`
    );
  });
}

function fontFinding(root: string): Finding {
  const file = path.join(root, 'assets', 'fonts', 'OpenSans-Regular.ttf');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size > 0
    ? fine('font of pictures', file)
    : problem(
        'font of pictures',
        `${file} is missing`,
        'install tunelab again: its assets are incomplete'
      );
}
