import path from 'node:path';
import { jupyterArguments, jupyterPath, requireJestArguments, testArguments } from './scripts';

const root = path.resolve('/home/ada/a folder');
const notebooks = path.join(root, 'notebooks');
const place = { root, isRoot: false, exists: () => true };

describe('the arguments of `npm start`', () => {
  it('open the first lecture in the folder of the lectures, a space in its name included', () => {
    expect(jupyterArguments([], place)).toEqual([
      `--ServerApp.root_dir=${notebooks}`,
      '--LabApp.default_url=/lab/tree/01-tuning-process.ipynb'
    ]);
  });

  it('look for that lecture where it is, and open none if it is missing', () => {
    const asked: string[] = [];
    const exists = (file: string) => asked.push(file) < 0;
    expect(jupyterArguments([], { ...place, exists })).toEqual([
      `--ServerApp.root_dir=${notebooks}`
    ]);
    expect(asked).toEqual([path.join(notebooks, '01-tuning-process.ipynb')]);
  });

  it('pass on what was given, in its order, at the end', () => {
    const given = ['--no-browser', '--port', '8899', '--IdentityProvider.token=a b'];
    expect(jupyterArguments(given, place).slice(-4)).toEqual(given);
  });

  it('allow root only to root, and never say twice what was given', () => {
    expect(jupyterArguments([], { ...place, isRoot: true })).toContain('--allow-root');
    expect(jupyterArguments([], place)).not.toContain('--allow-root');
    const given = ['--allow-root', '--notebook-dir', '/x', '--LabApp.default_url=/tree'];
    expect(jupyterArguments(given, { ...place, isRoot: true })).toEqual(given);
  });

  it('open the notebook that was named instead of the first lecture', () => {
    expect(jupyterArguments(['notebooks/02.ipynb'], place)).toEqual([
      `--ServerApp.root_dir=${notebooks}`,
      'notebooks/02.ipynb'
    ]);
  });
});

describe('the arguments of `npm test`', () => {
  it('keep its own options from jest and pass on the others', () => {
    expect(testArguments(['--all', 'test/setup', '--without-browser', '-t', 'name'])).toEqual({
      all: true,
      withoutBrowser: true,
      help: false,
      jest: ['test/setup', '-t', 'name']
    });
  });

  it.each([
    ['one of its own, mistyped', '--wihout-browser', 'Unrecognized option "wihout-browser".'],
    ["one of jest's, mistyped", '--coverag', 'Did you mean "coverage"?']
  ])('are refused with a sentence where there is %s', async (_, option, sentence) => {
    const refused = requireJestArguments(['test/setup', option]);
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.toThrow(
      'The options of `npm test` are --all, --without-browser, --help; all others are jest'
    );
  });

  it("pass jest's options, files and patterns", async () => {
    const given = ['test/setup', '-t', 'a name', '--verbose', '--maxWorkers=2', '--no-cache', '-u'];
    await expect(requireJestArguments(given)).resolves.toBeUndefined();
  });
});

describe('JUPYTER_PATH', () => {
  it('names the environment first, so that no other kernelspec called tslab wins', () => {
    const venv = path.join(root, '.venv');
    const own = path.join(venv, 'share', 'jupyter');
    expect(jupyterPath(venv, '/elsewhere')).toBe([own, '/elsewhere'].join(path.delimiter));
    expect(jupyterPath(venv, '')).toBe(own);
  });
});
