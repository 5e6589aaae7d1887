// Processes of tunelab's and of Optuna's that answer requests, a line each.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { preparePeers } from '../tune/peers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const COMMANDS = {
  tunelab: () => [process.execPath, path.join(here, 'worker.mjs')],
  optuna: () => [preparePeers().python, path.join(here, 'worker.py')]
};

/** Resolves once the process has opened the study of a journal (no file: none) and waits for requests. */
export async function start(runner, file, seed) {
  const [command, script] = COMMANDS[runner]();
  const child = spawn(command, [script, file, String(seed)], {
    stdio: ['pipe', 'pipe', 'inherit']
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error(`bench -- journal: the process of ${runner} ended before it answered.`);
    }
    return value;
  };
  await answer();
  return {
    ask: request => {
      child.stdin.write(`${request}\n`);
      return answer();
    },
    end: async () => {
      child.stdin.end();
      await once(child, 'exit');
    }
  };
}
