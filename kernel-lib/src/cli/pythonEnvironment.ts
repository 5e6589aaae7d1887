/** The Python environment that JupyterLab runs in: where it is, and what it says about itself. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_ROOT } from '../kernel/peers';

/** What an environment's Python knows; `null` for what is not installed. */
export interface PythonFacts {
  version: string;
  jupyterlab: string | null;
  /** Version of the Python package jupyterlab-tunelab. */
  package: string | null;
  /** Folder of the kernelspec that Jupyter takes for notebooks of tslab. */
  kernelspec: string | null;
  /** Folders in which JupyterLab looks for extensions, first ones first. */
  labextensions: string[];
}

/**
 * The environment's folder: the one given, else that of `npm start`, else the active one (venv or
 * conda), else `.venv` beside tunelab's sources or in the current folder.
 */
export function findEnvironment(
  given?: string,
  env: NodeJS.ProcessEnv = process.env
): string | undefined {
  const named = given ?? env.TUNELAB_VENV;
  if (named) {
    return path.resolve(named);
  }
  const places = [
    env.VIRTUAL_ENV,
    env.CONDA_PREFIX,
    path.join(PACKAGE_ROOT, '..', '.venv'),
    path.resolve('.venv')
  ];
  return places.find(place => place && existsSync(place));
}

/** The Python in an environment, if it is there. */
export function pythonIn(prefix: string): string | undefined {
  const places = [
    path.join(prefix, 'bin', 'python'),
    path.join(prefix, 'bin', 'python3'),
    path.join(prefix, 'Scripts', 'python.exe'),
    path.join(prefix, 'python.exe')
  ];
  return places.find(place => existsSync(place));
}

// Jupyter itself is asked for the kernelspec and the folders: its order of places depends on its
// version and on settings.
const PROBE = `
import json, sys
from importlib.metadata import PackageNotFoundError, version
def installed(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None
facts = {"version": "%d.%d.%d" % sys.version_info[:3], "jupyterlab": installed("jupyterlab"),
         "package": installed("jupyterlab-tunelab"), "kernelspec": None, "labextensions": []}
try:
    from jupyter_client.kernelspec import KernelSpecManager
    facts["kernelspec"] = KernelSpecManager().find_kernel_specs().get("tslab")
    from jupyter_core.paths import jupyter_path
    facts["labextensions"] = jupyter_path("labextensions")
except ImportError:
    pass
print(json.dumps(facts))
`;

/** Asks a Python; a sentence where it does not answer. */
export function askPython(python: string): PythonFacts | string {
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', PROBE], {
    encoding: 'utf8',
    timeout: 60_000,
    windowsHide: true,
    // As `npm start` does: the environment's kernelspec before one of the same name at home.
    env: { ...process.env, JUPYTER_PREFER_ENV_PATH: '1' }
  });
  const last = stdout?.trim().split('\n').at(-1) ?? '';
  if (status === 0 && last.startsWith('{')) {
    return JSON.parse(last) as PythonFacts;
  }
  return error?.message ?? (stderr.trim().split('\n').at(-1) || `exit code ${status}`);
}
