// `npm start`: the set-up, then JupyterLab on the lecture notebooks, until Ctrl-C.
import argumentsOf from './parts/arguments.cjs';
import entry from './parts/entry.cjs';
import places from './parts/places.cjs';
import processes from './parts/processes.cjs';
import { setUp } from './setup.mjs';

void entry.runScript(async () => {
  const { python, venv } = await setUp();
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    console.log(
      'You are root, so JupyterLab gets --allow-root: any code in it can change the system.'
    );
  }
  const args = argumentsOf.jupyterArguments(process.argv.slice(2), { root: places.ROOT, isRoot });
  console.log('JupyterLab (Ctrl-C ends it and all its kernels)');
  const lab = processes.start(python, ['-m', 'jupyterlab', ...args], {
    env: { VIRTUAL_ENV: venv, TUNELAB_VENV: venv, JUPYTER_PATH: places.jupyterPath(venv) }
  });
  const code = await processes.exitCode(lab);
  await processes.settled();
  if (processes.interrupted()) {
    console.log('JupyterLab has ended.');
    return 0; // Ctrl-C is the ordinary way to end it.
  }
  return code;
});
