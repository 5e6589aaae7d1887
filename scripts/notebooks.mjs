// `npm run notebooks`: the set-up, then every lecture executed with nbconvert, some at a time, and written as HTML.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as util from 'node:util';
import entry from './parts/entry.cjs';
import places from './parts/places.cjs';
import problem from './parts/problem.cjs';
import processes from './parts/processes.cjs';
import { setUp } from './setup.mjs';

const HELP = `Sets up what is needed, then executes the lecture notebooks and writes them as HTML.

  npm run notebooks                         all of them
  npm run notebooks -- 02 11                those whose names contain 02 or 11
  npm run notebooks -- --write              stores the outputs in notebooks/ as well

Options
  --out DIR        folder for HTML and executed notebooks   (default notebooks-html)
  --jobs N         how many at a time                       (default the number of cores)
  --timeout S      seconds that one cell may take           (default 300)
  --write          the executed notebooks replace those in notebooks/
  --report FILE    how many passed and failed, as JSON

Exits with 1 if a cell fails; its source and error are shown.
`;

const FOLDER = path.join(places.ROOT, 'notebooks');

function parse(given) {
  let parsed;
  try {
    parsed = util.parseArgs({
      args: given,
      allowPositionals: true,
      options: {
        out: { type: 'string', default: 'notebooks-html' },
        jobs: { type: 'string', default: String(os.availableParallelism()) },
        timeout: { type: 'string', default: '300' },
        write: { type: 'boolean', default: false },
        report: { type: 'string' },
        help: { type: 'boolean', default: false }
      }
    });
  } catch (error) {
    throw new problem.Problem(
      `${error.message.split('. ')[0]}. \`npm run notebooks -- --help\` lists the options.`,
      { exitCode: 2 }
    );
  }
  const { values, positionals } = parsed;
  const number = (name, least) => {
    const value = Number(values[name]);
    if (!(value >= least)) {
      throw new problem.Problem(
        `--${name} must be a number from ${least}, but got ${values[name]}.`,
        { exitCode: 2 }
      );
    }
    return value;
  };
  return { ...values, jobs: number('jobs', 1), timeout: number('timeout', 1), names: positionals };
}

/** The notebooks whose names contain one of `names`, or all. */
function chosen(names) {
  const all = fs
    .readdirSync(FOLDER)
    .filter(name => name.endsWith('.ipynb'))
    .sort();
  const unknown = names.find(part => !all.some(name => name.includes(part)));
  if (unknown !== undefined) {
    throw new problem.Problem(
      `No notebook has ${unknown} in its name. There are ${all.join(', ')}.`,
      { exitCode: 2 }
    );
  }
  return names.length === 0 ? all : all.filter(name => names.some(part => name.includes(part)));
}

/** Runs one notebook; resolves to what the program beside this says, or to the failure of that program. */
async function execute(name, { python, env, out, timeout }) {
  const base = path.parse(name).name;
  const script = path.join(places.ROOT, 'scripts', 'parts', 'executeNotebook.py');
  const files = [path.join(out, name), path.join(out, `${base}.html`)];
  const args = [script, path.join(FOLDER, name), ...files, String(timeout)];
  const child = processes.start(python, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', text => (said += text));
  child.stderr
    .setEncoding('utf8')
    .on('data', text => (complained = (complained + text).slice(-20_000)));
  const code = await processes.exitCode(child);
  processes.throwIfInterrupted();
  const last = said.trim().split('\n').at(-1);
  return code === 0 && last
    ? { name, ...JSON.parse(last) }
    : { name, failure: { error: complained.trim() || `exit code ${code}` } };
}

/** A text as Jupyter stores it, a line each: so a change shows where it is. */
const lines = text =>
  [text]
    .flat()
    .join('')
    .match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Outputs without what depends on the moment: into how many pieces a text came, and by which name a kernel knows a figure. */
function settled(outputs) {
  const kept = [];
  for (const output of outputs) {
    const before = kept.at(-1);
    if (output.output_type === 'stream' && before?.name === output.name) {
      before.text = lines([before.text, output.text].flat());
    } else {
      kept.push(output.text === undefined ? output : { ...output, text: lines(output.text) });
    }
    delete output.data?.['application/vnd.tunelab.v1+json']?.live;
  }
  return kept;
}

/**
 * A notebook as it is stored: of each figure the picture and tunelab's own data. The SVG and Plotly's data say the same
 * again, at several times the size.
 */
function store(name, out) {
  const notebook = JSON.parse(fs.readFileSync(path.join(out, name), 'utf8'));
  const said = ['image/svg+xml', 'application/vnd.plotly.v1+json'];
  const without = types =>
    Object.fromEntries(Object.entries(types).filter(([type]) => !said.includes(type)));
  for (const cell of notebook.cells) {
    cell.source = lines(cell.source);
    if (cell.outputs) cell.outputs = settled(cell.outputs);
  }
  for (const output of notebook.cells.flatMap(cell => cell.outputs ?? [])) {
    if (output.data?.['image/png']) {
      output.data = without(output.data);
      output.metadata = without(output.metadata);
    }
  }
  fs.writeFileSync(path.join(FOLDER, name), `${JSON.stringify(notebook, null, 1)}\n`);
}

function report({ name, cells, seconds, slowest, failure }) {
  const took = seconds === undefined ? '' : `${seconds.toFixed(1)} s`;
  if (!failure) {
    const slow =
      slowest?.seconds > 10
        ? `, the slowest number ${slowest.cell} with ${slowest.seconds.toFixed(1)} s`
        : '';
    console.log(`  ${name.padEnd(36)} ${took.padStart(8)}, ${cells} cells${slow}`);
    return;
  }
  const where = failure.cell ? ` in cell ${failure.cell}` : '';
  console.log(`  ${name.padEnd(36)} ${took.padStart(8)}  FAILED${where}`);
  const indent = text => util.stripVTControlCharacters(text).replace(/^/gm, '    | ');
  if (failure.source) {
    console.log(`${indent(failure.source)}\n    |`);
  }
  console.log(indent(failure.error));
}

void entry.runScript(async () => {
  const options = parse(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const names = chosen(options.names);
  const { python, venv } = await setUp();
  const out = path.resolve(places.ROOT, options.out);
  fs.mkdirSync(out, { recursive: true });
  const env = { TUNELAB_VENV: venv, JUPYTER_PATH: places.jupyterPath(venv) };
  console.log(`Notebooks, ${options.jobs} at a time`);
  const began = Date.now();
  const waiting = [...names];
  const results = [];
  const lane = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const result = await execute(name, { python, env, out, timeout: options.timeout });
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, names.length) }, lane));
  const failed = results.filter(({ failure }) => failure);
  if (options.write) {
    for (const { name, failure } of results) {
      if (!failure) store(name, out);
    }
  }
  if (options.report) {
    const counts = { passed: results.length - failed.length, failed: failed.length, skipped: 0 };
    fs.writeFileSync(options.report, JSON.stringify(counts));
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(
    `${results.length - failed.length} of ${results.length} notebooks ran, ${failed.length} failed (${seconds} s). HTML: ${out}`
  );
  return failed.length === 0 ? 0 : 1;
});
