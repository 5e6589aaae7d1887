// A Python script that answers each line of its input by one line, both JSON.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { preparePeers } from './peers.mjs';

const folder = path.dirname(fileURLToPath(import.meta.url));

/** For peers whose time is not measured: their matrices are small, and threads only wait for each other. */
export const ONE_THREAD = { OMP_NUM_THREADS: '1' };

/** Starts `script`: `ask(request)` resolves with its answer, and rejects when the script has ended without one. */
export function startBridge(script, env = {}) {
  const server = spawn(preparePeers().python, [path.join(folder, script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONWARNINGS: 'ignore', ...env }
  });
  const waiting = [];
  let ended;
  function end(reason) {
    ended ??= new Error(`${script} ended: ${reason}.`);
    waiting.splice(0).forEach(({ reject }) => reject(ended));
  }
  server.on('error', error => end(error.message));
  server.on('exit', (code, signal) => end(signal ?? `code ${code}`));
  // What could not be written is said by the end of the script.
  server.stdin.on('error', () => undefined);
  createInterface({ input: server.stdout }).on('line', line =>
    waiting.shift().resolve(JSON.parse(line))
  );
  return {
    ask: request =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(ended);
          return;
        }
        waiting.push({ resolve, reject });
        server.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    end: () => server.stdin.end()
  };
}
