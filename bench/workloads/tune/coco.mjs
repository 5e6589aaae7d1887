// COCO's bbob functions for Node: coco.py evaluates them, a batch of everything that is waiting at a time.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { python } from './peers.mjs';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'coco.py');

/** Starts the server; `regret(function, instance, dimension, x)` is how far f(x) lies above the optimum. */
export function startCoco() {
  const server = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const sent = [];
  let waiting = [];
  server.on('exit', code => {
    const reason = new Error(`coco.py ended with ${code}.`);
    [...sent.flat(), ...waiting].forEach(({ reject }) => reject(reason));
  });
  createInterface({ input: server.stdout }).on('line', line => {
    const regrets = JSON.parse(line);
    sent.shift().forEach(({ resolve }, i) => resolve(regrets[i]));
  });
  function flush() {
    server.stdin.write(`${JSON.stringify(waiting.map(({ request }) => request))}\n`);
    sent.push(waiting);
    waiting = [];
  }
  return {
    regret: (...request) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) {
          setImmediate(flush);
        }
        waiting.push({ request, resolve, reject });
      }),
    end: () => server.stdin.end()
  };
}
