// `npm test`: the set-up, then every check; goes on after a failed one, so that all failures show.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import argumentsOf from './parts/arguments.cjs';
import chromium from './parts/chromium.cjs';
import entry from './parts/entry.cjs';
import places from './parts/places.cjs';
import processes from './parts/processes.cjs';
import results from './parts/results.cjs';
import { setUp } from './setup.mjs';

const HELP = `Sets up what is needed, then runs lint, format, types, jest and the kernel's tests.

  npm test                          all checks but the long ones
  npm test -- --without-browser     without the checks that need Chromium
  npm run test:all                  with the long forms
  npm test -- test/setup            anything else goes to jest, here as a filter of its files

Environment variables
  TUNELAB_CHROMIUM  the Chromium or Chrome for the browser checks
  TUNELAB_PYTHON    the Python (3.10 or later) that makes .venv
`;

// The whole run has a budget of 12 minutes, the long forms one of an hour: a step that takes this long hangs.
const STEP_LIMIT = 20 * 60_000;
const LONG_STEP_LIMIT = 80 * 60_000;

const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;

async function exitCodeOf(command, args, env, limit = STEP_LIMIT) {
  const child = processes.start(command, args, { env });
  const timer = setTimeout(() => {
    console.error(`This step was ended after ${limit / 60_000} minutes.`);
    void processes.endTree(child);
  }, limit);
  const code = await processes.exitCode(child);
  clearTimeout(timer);
  await processes.settled();
  processes.throwIfInterrupted();
  return code;
}

const readIfThere = file => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null);

/** The steps in order; each runs and resolves to its counts. */
function steps({ python, reports, env, options }) {
  const limit = options.all ? LONG_STEP_LIMIT : STEP_LIMIT;
  const node = (name, ...args) =>
    exitCodeOf(process.execPath, places.tool(name, ...args), env, limit);
  const check = (title, ...command) => ({
    title,
    run: async () => results.countCheck(await node(...command))
  });
  const jest = (title, projects, ...extra) => ({
    title,
    mayBeEmpty: options.jest.length > 0,
    run: async () => {
      const file = path.join(reports, `${title}.json`);
      const ignored = options.withoutBrowser
        ? ['--testPathIgnorePatterns', '/node_modules/', '<rootDir>/test/browser/']
        : [];
      const report = ['--json', `--outputFile=${file}`, '--passWithNoTests', '--no-watchman'];
      const chosen = ['--selectProjects', ...projects];
      const code = await node('jest', ...options.jest, ...report, ...extra, ...ignored, ...chosen);
      return results.countJest(JSON.parse(readIfThere(file)), code);
    }
  });
  const pytest = (title, folder) => ({
    title,
    run: async () => {
      const file = path.join(reports, `${title}.xml`);
      const quiet = ['-q', '-p', 'no:cacheprovider', `--junitxml=${file}`];
      const code = await exitCodeOf(python, ['-m', 'pytest', folder, ...quiet], env, limit);
      return results.countPytest(readIfThere(file), code);
    }
  });
  const notebooks = {
    title: 'lectures',
    run: async () => {
      const file = path.join(reports, 'notebooks.json');
      const script = path.join(places.ROOT, 'scripts', 'notebooks.mjs');
      const out = path.join(places.ROOT, 'test-results', 'notebooks');
      const args = [script, '--report', file, '--out', out];
      await exitCodeOf(process.execPath, args, env);
      return JSON.parse(readIfThere(file)) ?? results.countCheck(1);
    }
  };
  return [
    {
      title: 'checks',
      run: async () => {
        const checks = [
          check('lint', 'eslint', '.', '--max-warnings', '0'),
          check('format', 'prettier', '--check', '--log-level', 'warn', '.'),
          check('types', 'tsc', '-p', 'tsconfig.test.json')
        ];
        const counts = await Promise.all(checks.map(({ run }) => run()));
        return counts.reduce(results.add);
      }
    },
    jest('units', ['library', 'extension'], '--maxWorkers=100%'),
    // Each of these starts servers, kernels and browsers of its own, on ports and in folders of its own.
    jest('system', ['system'], '--maxWorkers=2'),
    ...(options.all ? [jest('long', ['long'], '--runInBand')] : []),
    // What is named on the command line is for jest alone.
    ...(options.jest.length > 0 ? [] : [notebooks]),
    pytest('kernel', 'test/kernel'),
    ...(options.all ? [pytest('clients', 'test/long')] : [])
  ];
}

async function runAll(list) {
  let total = results.NOTHING;
  const table = [];
  for (const step of list) {
    const began = Date.now();
    console.log(`\n=== ${step.title}`);
    const counts = await step.run();
    const ran = counts.passed + counts.failed + counts.skipped;
    if (ran === 0 && !step.mayBeEmpty) {
      console.log(`No test was found in the step "${step.title}", which counts as a failure.`);
      counts.failed = 1;
    }
    table.push(`  ${step.title.padEnd(8)} ${results.closingLine(counts)} (${seconds(began)})`);
    console.log(`=== ${table.at(-1).trim()}`);
    total = results.add(total, counts);
  }
  return { total, table };
}

void entry.runScript(async () => {
  const options = argumentsOf.testArguments(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const began = Date.now();
  const { venv, python } = await setUp();
  await argumentsOf.requireJestArguments(options.jest);
  const env = {
    TUNELAB_VENV: venv,
    JUPYTER_PATH: places.jupyterPath(venv),
    PYTHONDONTWRITEBYTECODE: '1',
    NODE_ENV: 'test',
    ...(options.withoutBrowser
      ? { TUNELAB_CHROMIUM: '' }
      : { TUNELAB_CHROMIUM: await chromium.provideChromium(console.log) })
  };
  const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab-test-'));
  try {
    const { total, table } = await runAll(steps({ python, reports, env, options }));
    console.log(`\nAll steps (${seconds(began)})\n${table.join('\n')}`);
    if (options.withoutBrowser) {
      console.log('  The browser checks were left out (--without-browser).');
    }
    console.log(`\n${results.closingLine(total)}`);
    return results.exitCodeOf(total);
  } finally {
    fs.rmSync(reports, { recursive: true, force: true });
  }
});
