/**
 * A real JupyterLab for tests: a server from the project's environment on a free port, with its own
 * settings, workspaces and runtime folders, so that neither the user's JupyterLab changes the test
 * nor the test changes the user's.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { PYTHON } from '../environment';

/** A JupyterLab that runs. */
export interface Lab {
  /** `http://127.0.0.1:<port>` */
  url: string;
  token: string;
  /** The folder that it serves. */
  root: string;
  /** What it has printed so far. */
  log: () => string;
  /** Names of the kernels that it offers. */
  kernels: () => Promise<string[]>;
  /** Ends its kernels and itself, and removes its folders. May be called twice. */
  stop: () => Promise<void>;
}

export interface LabOptions {
  /** Files to serve, by name: contents, or the absolute path of a file to copy (as `{ copy }`). */
  files: Record<string, string | { copy: string }>;
  /** JupyterLab settings by plugin id, for example `{ 'jupyterlab-tunelab:plugin': { height: 300 } }`. */
  settings?: Record<string, Record<string, unknown>>;
  /** Of the environment that has JupyterLab. Default: the project's. */
  python?: string;
}

/** Quiet: no news, no questions, no requests to other machines. */
const SETTINGS: Record<string, Record<string, unknown>> = {
  '@jupyterlab/apputils-extension:notification': {
    fetchNews: 'false',
    checkForUpdates: false,
    doNotDisturbMode: true
  },
  '@jupyterlab/extensionmanager-extension:plugin': { enabled: false }
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function writeSettings(folder: string, settings: Record<string, Record<string, unknown>>): void {
  for (const [id, values] of Object.entries(settings)) {
    const [extension, plugin] = id.split(':');
    const file = path.join(folder, ...extension.split('/'), `${plugin}.jupyterlab-settings`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(values));
  }
}

function writeFiles(folder: string, files: LabOptions['files']): void {
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (typeof content === 'string') {
      fs.writeFileSync(target, content);
    } else {
      fs.copyFileSync(content.copy, target);
    }
  }
}

function ended(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Resolves with true when `child` has ended, with false after `milliseconds`. */
function waitForEnd(child: ChildProcess, milliseconds: number): Promise<boolean> {
  if (ended(child)) {
    return Promise.resolve(true);
  }
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds));

/** Starts JupyterLab and waits until it answers. */
export async function startLab({
  files,
  settings = {},
  python = PYTHON
}: LabOptions): Promise<Lab> {
  if (!fs.existsSync(python)) {
    throw new Error(
      `The browser tests need an environment with JupyterLab, but there is no ${python}.\n` +
        'Run `npm run setup`, or name another environment in TUNELAB_VENV.'
    );
  }
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab-lab-'));
  const folder = (name: string): string => {
    const made = path.join(home, name);
    fs.mkdirSync(made);
    return made;
  };
  const root = folder('notebooks');
  const settingsFolder = folder('settings');
  writeFiles(root, files);
  writeSettings(settingsFolder, { ...SETTINGS, ...settings });

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const token = randomBytes(16).toString('hex');
  const child = spawn(
    python,
    [
      ...['-m', 'jupyterlab', '--no-browser', '--allow-root', '--expose-app-in-browser'],
      ...['--ServerApp.ip=127.0.0.1', `--ServerApp.port=${port}`, '--ServerApp.port_retries=0'],
      `--ServerApp.root_dir=${root}`
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        JUPYTER_TOKEN: token,
        JUPYTER_CONFIG_DIR: folder('config'),
        JUPYTER_DATA_DIR: folder('data'),
        JUPYTER_RUNTIME_DIR: folder('runtime'),
        JUPYTERLAB_SETTINGS_DIR: settingsFolder,
        JUPYTERLAB_WORKSPACES_DIR: folder('workspaces'),
        IPYTHONDIR: folder('ipython')
      }
    }
  );
  let log = '';
  const keep = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.once('error', error => keep(Buffer.from(String(error))));
  // A test run that is cut short must not leave a server behind.
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);

  const ask = (route: string, method = 'GET'): Promise<Response> =>
    fetch(`${url}${route}`, {
      method,
      headers: { Authorization: `token ${token}` },
      signal: AbortSignal.timeout(5000)
    });

  const stop = async (): Promise<void> => {
    if (!ended(child)) {
      // The same on every system: the server ends its kernels, then itself.
      await ask('/api/shutdown', 'POST').catch(() => undefined);
      if (!(await waitForEnd(child, 15_000))) {
        kill();
        await waitForEnd(child, 5000);
      }
    }
    process.removeListener('exit', kill);
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  const deadline = Date.now() + 90_000;
  for (;;) {
    const answer = await ask('/api/status').catch(() => undefined);
    if (answer?.ok) {
      break;
    }
    if (ended(child) || Date.now() > deadline) {
      await stop();
      throw new Error(`JupyterLab did not start. It printed:\n${log}`);
    }
    await pause(200);
  }

  const kernels = async (): Promise<string[]> => {
    const specs = (await (await ask('/api/kernelspecs')).json()) as {
      kernelspecs: Record<string, unknown>;
    };
    return Object.keys(specs.kernelspecs);
  };

  return { url, token, root, log: () => log, kernels, stop };
}
