// A runner: a process that answers a line by a line.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Whether processes can be held to one core; there is `taskset` on Linux only. */
export const canPin =
  process.platform === 'linux' && spawnSync('taskset', ['-V'], { stdio: 'ignore' }).status === 0;

/**
 * Starts `{ command, args, pinned, env }`. `ask({ build: file })` resolves to the answer; it rejects when the runner says that
 * it cannot, or ends, with the last line that it wrote about it.
 */
export function startRunner({ command, args, pinned, env }) {
  const [file, ...rest] =
    pinned && canPin ? ['taskset', '-c', '0', command, ...args] : [command, ...args];
  const child = spawn(file, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env }
  });
  let complaint = '';
  child.stderr.on('data', text => (complaint = `${complaint}${text}`.slice(-2000)));
  // A runner that has ended is told by its exit.
  child.stdin.on('error', () => {});
  let waiting;
  const settle = (how, value) => {
    waiting?.[how](value);
    waiting = undefined;
  };
  createInterface({ input: child.stdout }).on('line', line => {
    // Some libraries greet on standard output.
    if (!line.startsWith('{')) {
      return;
    }
    const answer = JSON.parse(line);
    settle(
      answer.error === undefined ? 'resolve' : 'reject',
      answer.error === undefined ? answer : new Error(answer.error)
    );
  });
  const ended = new Promise(resolve => {
    child.on('error', error => settle('reject', error));
    child.on('close', (code, signal) => {
      const lines = complaint.trim().split('\n');
      const last = lines.findLast(line => /Error|No module/.test(line)) ?? lines.at(-1);
      settle('reject', new Error(`it ended with ${code ?? signal}: ${last}`));
      resolve();
    });
  });
  return {
    ask(question) {
      return new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null) {
          reject(new Error('it has ended'));
          return;
        }
        waiting = { resolve, reject };
        child.stdin.write(`${JSON.stringify(question)}\n`);
      });
    },
    async stop() {
      child.stdin.end();
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    }
  };
}
