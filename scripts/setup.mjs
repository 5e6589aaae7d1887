// `npm run setup`: everything that the project needs, inside its own folder. Imported by start.mjs
// and test.mjs, so that there is one set-up. Node's built-ins only: it runs before npm has.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as util from 'node:util';
import entry from './parts/entry.cjs';
import environment from './parts/environment.cjs';
import lock from './parts/lock.cjs';
import places from './parts/places.cjs';
import problem from './parts/problem.cjs';
import stepList from './parts/steps.cjs';

const HELP = `Sets up tunelab in its own folder: npm packages, .venv with JupyterLab, the library, the
JupyterLab extension and the kernelspec "tslab". Done again, it does only what has changed.

  npm run setup                               what \`npm start\` and \`npm test\` do first
  npm run setup -- --venv .venv-oldest --jupyterlab 4.0.0
                                              another JupyterLab in another environment

Options
  --venv DIR            the environment's folder, from the project's root   (default .venv)
  --jupyterlab VERSION  an exact version of JupyterLab        (default the newest that fits)

Environment variables
  TUNELAB_PYTHON    the Python (3.10 or later) that makes .venv
  TUNELAB_CHROMIUM  the Chromium or Chrome that \`npm test\` uses
  TUNELAB_KERNEL_NODE
                    the Node that runs the kernels: a path, or \`own\` for the one that runs this;
                    unset, a Node 24 is brought where yours is older
`;

/**
 * Brings the project up to date; resolves to the environment's folder and its Python.
 * @throws Problem with one sentence; what the failing step had begun has been removed.
 */
export async function setUp({ venv = '.venv', jupyterlab, say = console.log } = {}) {
  const began = Date.now();
  const folder = path.resolve(places.ROOT, venv);
  const work = () => {
    environment.requirePython(folder);
    return stepList.runSteps(stepList.steps({ venv: folder, jupyterlab }), say);
  };
  say('Set-up');
  const done = await lock.withLock(path.join(places.ROOT, '.venv.lock'), work, { say });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  say(done.length > 0 ? `Set-up: done in ${seconds} s` : `Set-up: nothing to do (${seconds} s)`);
  return { venv: folder, python: places.venvPython(folder) };
}

function parse(given) {
  try {
    return util.parseArgs({
      args: given,
      options: {
        venv: { type: 'string' },
        jupyterlab: { type: 'string' },
        help: { type: 'boolean' }
      }
    }).values;
  } catch (error) {
    throw new problem.Problem(
      `${error.message.split('. ')[0]}. \`npm run setup -- --help\` lists the options.`
    );
  }
}

const isMain =
  process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isMain) {
  void entry.runScript(async () => {
    const { help, ...options } = parse(process.argv.slice(2));
    if (help) {
      console.log(HELP);
      return;
    }
    await setUp(options);
  });
}
