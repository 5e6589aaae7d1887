const { execFileSync, spawn } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { ROOT, childEnvironment } = require('./places.cjs');
const { Problem, explain, tail } = require('./problem.cjs');

const WINDOWS = process.platform === 'win32';

/** Children that run now, with the milliseconds that each has to end itself after an interrupt. */
const running = new Map();
/** Endings under way, which the script awaits before it ends itself. */
const endings = new Set();
let interruptedBy = null;

/** Rows of [pid, parent's pid]. Slim containers have no `ps`, hence /proc first. */
function processTable() {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .flatMap(name => {
        try {
          // The command's name stands in parentheses and may hold any character.
          const rest = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').pop().split(' ');
          return [[Number(name), Number(rest[1])]];
        } catch {
          return []; // It ended in between.
        }
      });
  } catch {
    const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return text
      .trim()
      .split('\n')
      .map(line => line.trim().split(/\s+/).map(Number));
  }
}

/** All processes below `pid` in a table of [pid, parent's pid], children before grandchildren. */
function descendants(pid, table) {
  const found = [pid];
  for (const parent of found) {
    found.push(...table.filter(([, above]) => above === parent).map(([child]) => child));
  }
  return found.slice(1);
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false; // It has ended already.
  }
}

function waitForExit(child, milliseconds) {
  if (child.exitCode !== null || child.signalCode !== null) {
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

/**
 * Ends a child and everything below it. Jupyter's kernels live in sessions of their own, so the
 * group's signal does not reach them: their pids are noted before, and whatever is left after
 * `grace` milliseconds is killed.
 */
function endTree(child, grace = 5000) {
  const ending = endTreeNow(child, grace).finally(() => endings.delete(ending));
  endings.add(ending);
  return ending;
}

/** Resolves when everything that was told to end has ended. */
const settled = () => Promise.all(endings);

async function endTreeNow(child, grace) {
  if (child.pid === undefined) {
    return;
  }
  if (WINDOWS) {
    try {
      execFileSync('taskkill', ['/PID', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    } catch {
      // It has ended already.
    }
    return;
  }
  let below = [];
  try {
    below = descendants(child.pid, processTable());
  } catch {
    // Without /proc and without `ps` only the group can be ended.
  }
  signal(child.pid, 'SIGTERM');
  const ended = await waitForExit(child, grace);
  const deadline = Date.now() + (ended ? 500 : 0);
  while (below.some(pid => signal(pid, 0)) && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  below.forEach(pid => signal(pid, 'SIGKILL'));
  signal(-child.pid, 'SIGKILL');
}

/**
 * Starts a child in a process group of its own: Ctrl-C reaches this process alone, which then ends
 * the child in order. (In a terminal JupyterLab would otherwise ask back at the first Ctrl-C.)
 */
function start(
  command,
  args,
  { env = {}, stdio = ['ignore', 'inherit', 'inherit'], cwd = ROOT, grace = 5000 } = {}
) {
  // Before the child exists, because an interrupt between two steps must not start the next one.
  throwIfInterrupted();
  // npm is a batch file on Windows, which only a shell can start, and a shell needs the quotes.
  const shell = WINDOWS && /\.(cmd|bat)$/i.test(command);
  const child = spawn(shell ? `"${command}"` : command, args, {
    cwd,
    shell,
    stdio,
    env: childEnvironment(env),
    detached: !WINDOWS,
    windowsHide: true
  });
  running.set(child, grace);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Waits for a child; resolves to its exit code, or the number that shells give a signal. */
function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.once('error', error => {
      running.delete(child);
      reject(error);
    });
    child.once('close', (code, name) => resolve(code ?? (name === 'SIGKILL' ? 137 : 143)));
  });
}

/**
 * Runs a command of the set-up and keeps its output to itself, unless it fails. A command of our own
 * (`ownWords`) says what is wrong in its last lines; others are explained.
 * @throws Problem with a sentence and the last lines of the output.
 */
async function run(what, command, args, { ownWords = false, ...options } = {}) {
  let output = '';
  const child = start(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    grace: 1000
  });
  for (const stream of [child.stdout, child.stderr]) {
    // A bounded memory: only causes and last lines are ever read.
    stream.setEncoding('utf8').on('data', text => (output = (output + text).slice(-200_000)));
  }
  const code = await exitCode(child).catch(error => {
    throw new Problem(`${command} could not be started: ${error.message}.`);
  });
  await settled();
  throwIfInterrupted();
  if (code !== 0 && ownWords && output.trim()) {
    throw new Problem(tail(output, 5));
  }
  if (code !== 0) {
    throw new Problem(explain(what, output, `exit code ${code}`), { output: tail(output) });
  }
  return output;
}

function throwIfInterrupted() {
  if (interruptedBy) {
    throw new Problem(
      'Interrupted: what this run had begun was taken back; repeat the command to go on.',
      {
        exitCode: interruptedBy === 'SIGINT' ? 130 : 143
      }
    );
  }
}

/**
 * Lets Ctrl-C, SIGTERM and a closed terminal end the children; a second signal does not wait. The
 * code that awaited them sees the interrupt by `throwIfInterrupted`, and cleans up.
 */
function handleInterrupts() {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      const interruptedBefore = interruptedBy !== null;
      interruptedBy = interruptedBy ?? name;
      running.forEach((patience, child) => void endTree(child, interruptedBefore ? 0 : patience));
    });
  }
  // The last resort, for an exception of our own: nothing may outlive this process.
  process.on('exit', () =>
    running.forEach((_, child) => signal(WINDOWS ? child.pid : -child.pid, 'SIGKILL'))
  );
}

module.exports = {
  descendants,
  endTree,
  exitCode,
  handleInterrupts,
  interrupted: () => interruptedBy !== null,
  run,
  settled,
  start,
  throwIfInterrupted
};
