import { explain, tail } from './scripts';

const what = 'installing the npm packages';

describe('the sentence for a failed command', () => {
  it.each([
    'npm error code ENOTFOUND\nnpm error network request to https://registry.npmjs.org/x failed',
    'npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED',
    'npm error code ETIMEDOUT',
    "WARNING: Retrying after connection broken by 'NewConnectionError('Failed to establish a new connection')'\nERROR: No matching distribution found for jupyterlab"
  ])('says that the registry is out of reach: %s', output => {
    expect(explain(what, output, 'exit code 1')).toMatch(
      /^The package registry could not be reached: installing the npm packages needs the network/
    );
  });

  it('says that the disk is full, even when other errors follow from it', () => {
    const output =
      'npm error code ENOSPC\nnpm error ENOSPC: no space left on device, write\nEACCES';
    expect(explain(what, output, 'exit code 1')).toMatch(/^The disk is full: installing the npm/);
  });

  it('says that a package is not the one that was asked for', () => {
    expect(explain(what, 'npm error code EINTEGRITY', 'exit code 1')).toMatch(/its hash differs/);
  });

  it('tells a lock file that does not fit from a network that fails', () => {
    const output =
      'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.';
    expect(explain(what, output, 'exit code 1')).toMatch(/^package-lock\.json does not fit/);
  });

  it('names the Python package that the index does not have', () => {
    const output = 'ERROR: No matching distribution found for jupyterlab<5,>=4.0.0';
    expect(explain(what, output, 'exit code 1')).toMatch(
      /^The Python package jupyterlab<5,>=4\.0\.0 /
    );
  });

  it('names the step and how it ended when the cause is unknown', () => {
    expect(explain(what, 'something else', 'exit code 7')).toBe(
      'Installing the npm packages failed (exit code 7).'
    );
  });
});

it('keeps the last lines of an output, without empty ones at the end', () => {
  expect(tail('a\nb\r\nc\n\n', 2)).toBe('b\nc');
});
