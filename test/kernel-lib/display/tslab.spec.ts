import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { compiled } from '../compiled';

// In a Node of its own, because jest keeps the modules of its tests in a cache of its own.
describe('findTslab', () => {
  const { target, remove } = compiled('tslab', ['display']);

  const cwd = path.join(target, 'display');

  function run(code: string): string {
    const script = `const { findTslab } = require('./tslab.js'); ${code}`;
    return execFileSync(process.execPath, ['-e', script], { cwd, encoding: 'utf8' }).trim();
  }

  afterAll(remove);

  it('finds the display of the tslab that is loaded', () => {
    const real = JSON.stringify(require.resolve('tslab/dist/jupyter.js'));
    expect(
      run(`const jupyter = require(${real});
        jupyter.lastWriteDisplayData = ({ data }) => console.log(data['text/plain']);
        findTslab()({ data: { 'text/plain': 'shown' }, transient: {} }, false);`)
    ).toBe('shown');
  });

  it('finds nothing in plain Node', () => {
    expect(run(`console.log(findTslab())`)).toBe('undefined');
  });

  it('finds nothing in a tslab that runs no cell', () => {
    const real = JSON.stringify(require.resolve('tslab/dist/jupyter.js'));
    expect(run(`require(${real}); console.log(findTslab())`)).toBe('undefined');
  });
});
