import {
  Python,
  choosePython,
  findNpm,
  nodeProblem,
  pythonCandidates,
  venvPython
} from './scripts';

function python(command: string, version: [number, number, number], venv = true): Python {
  return { command, args: [], version, executable: `/bin/${command}`, venv };
}

/** A machine on which only these Pythons start. */
function machine(...pythons: Python[]) {
  return ([command]: string[]) => pythons.find(each => each.command === command) ?? null;
}

const candidates = pythonCandidates({}, 'linux');

describe('the check of Node', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.12.0', 'v22.20.0', 'v24.0.0', 'v26.1.0'])(
    'accepts %s',
    version => {
      expect(nodeProblem(version)).toBeNull();
    }
  );

  it.each(['v16.20.2', 'v18.20.4', 'v20.18.3', 'v21.7.0', 'v22.11.0'])(
    'refuses %s in a sentence that names it and what to install',
    version => {
      expect(nodeProblem(version)).toMatch(
        new RegExp(`^Node\\.js ${version} is too old: .*20\\.19 or later.*https://nodejs\\.org`)
      );
    }
  );
});

describe('the search for Python', () => {
  it('takes python3 before any other', () => {
    const found = choosePython(
      candidates,
      {},
      machine(python('python', [3, 12, 0]), python('python3', [3, 11, 2]))
    );
    expect(found.command).toBe('python3');
  });

  it('passes over a python3 that is too old for a later one beside it', () => {
    const probe = machine(python('python3', [3, 9, 6]), python('python3.12', [3, 12, 1]));
    expect(choosePython(candidates, {}, probe).command).toBe('python3.12');
  });

  it('accepts 3.10.0 and refuses 3.9 and 2.7 as too old, with the version and the remedy', () => {
    const probe = (version: [number, number, number]) => machine(python('python', version));
    expect(choosePython(candidates, {}, probe([3, 10, 0])).command).toBe('python');
    expect(() => choosePython(candidates, {}, probe([3, 9, 18]))).toThrow(
      /Python 3\.9\.18 \(\/bin\/python\) is too old: .*3\.10 or later.*TUNELAB_PYTHON/
    );
    expect(() => choosePython(candidates, {}, probe([2, 7, 18]))).toThrow(
      /Python 2\.7\.18 .*too old/
    );
  });

  it('names the Debian package when venv or ensurepip is missing', () => {
    expect(() =>
      choosePython(candidates, {}, machine(python('python3', [3, 11, 2], false)))
    ).toThrow(/Python 3\.11\.2 .* lacks .*venv and ensurepip.*apt-get install python3-venv/);
  });

  it('says that there is none, and how to get one', () => {
    expect(() => choosePython(candidates, {}, machine())).toThrow(
      /Python was not found: install Python 3\.10 or later/
    );
  });

  it('asks only the Python that TUNELAB_PYTHON names, and blames the variable when it does not start', () => {
    const env = { TUNELAB_PYTHON: '/opt/no python' };
    const chosen = pythonCandidates(env, 'linux');
    expect(chosen).toEqual([['/opt/no python']]);
    expect(() => choosePython(chosen, env, machine(python('python3', [3, 11, 2])))).toThrow(
      /TUNELAB_PYTHON names \/opt\/no python, but no Python starts/
    );
  });

  it('asks the launcher first on Windows, and finds Python in Scripts there', () => {
    expect(pythonCandidates({}, 'win32')[0]).toEqual(['py', '-3']);
    expect(venvPython('C:\\a b\\.venv', 'win32')).toBe('C:\\a b\\.venv\\Scripts\\python.exe');
    expect(venvPython('/a b/.venv', 'linux')).toBe('/a b/.venv/bin/python');
  });
});

describe('the search for npm', () => {
  const only = (...files: string[]) => ({ existsSync: (file: string) => files.includes(file) });

  it('takes the npm that runs the script, with the same Node', () => {
    const env = { npm_execpath: '/x/npm/bin/npm-cli.js' };
    expect(findNpm(env, 'linux', '/x/node', only('/x/npm/bin/npm-cli.js'))).toEqual([
      '/x/node',
      '/x/npm/bin/npm-cli.js'
    ]);
  });

  it('does not take another package manager for npm', () => {
    const env = { npm_execpath: '/x/pnpm.cjs', PATH: '/usr/bin' };
    expect(findNpm(env, 'linux', '/x/node', only('/x/pnpm.cjs', '/usr/bin/npm'))).toEqual([
      '/usr/bin/npm'
    ]);
  });

  it('finds npm beside node.exe on Windows', () => {
    const script = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js';
    const node = 'C:\\Program Files\\nodejs\\node.exe';
    expect(findNpm({}, 'win32', node, only(script))).toEqual([node, script]);
  });

  it('says what to install when there is none', () => {
    expect(() => findNpm({ PATH: '/usr/bin' }, 'linux', '/x/node', only())).toThrow(
      /npm was not found: install it/
    );
  });
});
