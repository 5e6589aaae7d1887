// Who takes part: tunelab's builds and the peers, each by the process that runs it.
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import kernelNode from '../../scripts/parts/kernelNode.cjs';
import { peersFolder, peersPython } from '../peers/install.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'runners');
const script = name => path.join(folder, name);
const major = version => Number(version.replace(/^v/, '').split('.')[0]);

export const OURS = 'tunelab';
export const OWN_PLAIN = `node${major(process.version)} plain`;

/** The fast Node: that of the set-up, or the one that runs this if it is new enough. */
export function fastNode() {
  const chosen = kernelNode.chooseKernelNode(process);
  const brought = chosen.pack && kernelNode.executable(chosen.pack);
  return brought && existsSync(brought) ? brought : chosen.node;
}

/** Names that appear in the tables, how many cores it may use, and how it is started. */
function ours() {
  const node = fastNode();
  const variant = `node${major(kernelNode.versionOf(node))}`;
  const entry = (name, command, build, threads) => ({
    runner: OURS,
    variant: name,
    threads,
    pinned: threads === 1,
    command,
    args: [script('tunelab.mjs'), build, String(threads)]
  });
  return [
    entry(variant, node, 'auto', 1),
    entry(variant, node, 'auto', 2),
    entry(OWN_PLAIN, process.execPath, 'plain', 1)
  ];
}

function python() {
  const command = peersPython();
  const entry = (runner, file, variant, threads, args) => ({
    runner,
    variant,
    threads,
    pinned: threads === 1,
    command,
    args: [script(file), ...args]
  });
  const torch = (mode, threads) =>
    entry('PyTorch', 'torch_runner.py', mode, threads, [mode, String(threads)]);
  const jax = (mode, threads) => entry('JAX', 'jax_runner.py', mode, threads, [mode]);
  return [
    ...['eager', 'compiled'].flatMap(mode => [torch(mode, 1), torch(mode, 2)]),
    // Without a pin JAX takes what cores there are.
    ...['step', 'scan'].flatMap(mode => [jax(mode, 1), jax(mode, os.cpus().length)]),
    entry('scikit-learn', 'sklearn_runner.py', 'partial_fit', 1, [])
  ];
}

function javaScript() {
  const peers = peersFolder();
  const entry = (runner, file, variant) => ({
    runner,
    variant,
    threads: 1,
    pinned: true,
    javaScript: true,
    command: process.execPath,
    args: [script(file), peers]
  });
  return [
    entry('TensorFlow.js', 'tfjs_runner.mjs', 'wasm'),
    entry('jax-js', 'jaxjs_runner.mjs', 'wasm')
  ];
}

/** All runners; `leftOut` gets the name and reason of those that cannot take part. */
export function allRunners(leftOut) {
  const runners = ours();
  for (const [name, find] of [
    ['the peers in Python', python],
    ['the peers in JavaScript', javaScript]
  ]) {
    try {
      runners.push(...find());
    } catch (error) {
      leftOut.push({ runner: name, reason: error.message });
    }
  }
  return runners;
}

export const nameOf = ({ runner, variant, threads }) =>
  `${runner} ${variant}, ${threads} thread${threads > 1 ? 's' : ''}`;
