// tunelab's kernel beside ipykernel and stock tslab, all in one run that takes turns. kernel.py speaks
// to them, with the Python of the project's environment. Options: BENCH_ROUNDS=n for fewer starts.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { digits, median, minimum } from '../statistics.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..');
const require = createRequire(import.meta.url);
const venv = process.env.TUNELAB_VENV ?? path.join(root, '.venv');
const python = path.join(
  venv,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'])
);
const OURS = 'tunelab';
const starts = Number(process.env.BENCH_ROUNDS ?? 9);

function writeSpec(folder, name, spec) {
  const place = path.join(folder, 'kernels', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, 'kernel.json'), JSON.stringify(spec));
}

/** The kernels under names that hide no installed one; each with the Node that runs it, if any. */
function prepare(folder) {
  const installed = path.join(venv, 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
  if (!existsSync(python) || !existsSync(installed)) {
    throw new Error(`There is no kernel in ${venv}: run \`npm run setup\` first.`);
  }
  const ours = JSON.parse(readFileSync(installed, 'utf8'));
  writeSpec(folder, 'bench-tunelab', ours);
  const kernels = [
    { name: OURS, spec: 'bench-tunelab', language: 'typescript', node: ours.argv[0] }
  ];
  if (path.relative(ours.argv[0], process.execPath) !== '') {
    // What the set-up's Node is worth: the same kernel on the one that runs this.
    const own = { ...ours, argv: [process.execPath, ...ours.argv.slice(1)] };
    writeSpec(folder, 'bench-tunelab-own', own);
    kernels.push({
      name: 'tunelab, own Node',
      spec: 'bench-tunelab-own',
      language: 'typescript',
      node: process.execPath
    });
  }
  const tslab = path.dirname(require.resolve('tslab/package.json'));
  const main = path.join(tslab, 'bin', 'tslab');
  writeSpec(folder, 'bench-stock', {
    argv: [process.execPath, main, 'kernel', '--config-path={connection_file}'],
    display_name: 'stock tslab',
    language: 'typescript'
  });
  kernels.push({
    name: 'stock tslab',
    spec: 'bench-stock',
    language: 'typescript',
    node: process.execPath
  });
  writeSpec(folder, 'bench-python', {
    argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
    display_name: 'ipykernel',
    language: 'python'
  });
  kernels.push({ name: 'ipykernel', spec: 'bench-python', language: 'python' });
  return kernels;
}

/** One row a measure: minimum and median of each kernel, and the ratio of medians to ours. */
function table({ samples }, names) {
  return Object.entries(samples).map(([measure, byKernel]) => {
    const row = { measure };
    for (const name of names) {
      const values = byKernel[name];
      row[name] = values ? `${digits(minimum(values))} / ${digits(median(values))}` : '–';
    }
    for (const name of names.slice(1)) {
      const mine = byKernel[OURS];
      const theirs = byKernel[name];
      row[`${OURS} : ${name}`] =
        mine && theirs && median(theirs) > 0 ? digits(median(mine) / median(theirs)) : '–';
    }
    return row;
  });
}

export async function run() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab-bench-'));
  try {
    const kernels = prepare(folder);
    for (const { name, node } of kernels) {
      const version = node && execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
      console.log(`${name}: ${version ?? 'Python'} ${node ?? python}`);
    }
    const settings = path.join(folder, 'settings.json');
    const rounds = { starts, requests: 60, declarations: 9, pings: 200, bursts: 3, burst: 1000 };
    writeFileSync(
      settings,
      JSON.stringify({ kernels, folder: path.join(root, 'notebooks'), rounds })
    );
    const done = spawnSync(python, [path.join(here, 'kernel.py'), settings], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        JUPYTER_PATH: folder,
        JUPYTER_RUNTIME_DIR: path.join(folder, 'runtime'),
        IPYTHONDIR: path.join(folder, 'ipython')
      }
    });
    if (done.status !== 0) {
      throw new Error(`kernel.py ended with ${done.status ?? done.signal}.`);
    }
    const result = JSON.parse(done.stdout);
    console.log('milliseconds unless said otherwise, minimum / median; ratios of medians');
    for (const note of result.notes) {
      console.log(`note: ${note}`);
    }
    return table(
      result,
      kernels.map(({ name }) => name)
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
