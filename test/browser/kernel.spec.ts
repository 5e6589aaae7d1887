import { codeNotebook } from './notebooks';
import type { CellResult, NotebookPage } from './page';
import { labSession } from './session';

jest.setTimeout(180_000);

/** The processes of the kernel: the one of the user's code, and the server that started it. */
const PROCESSES = '`${process.pid} ${process.ppid}`';

const NOTEBOOKS = {
  'fails.ipynb': [
    'const depth = (n: number): number => n;\ndepth(1)',
    'const wrong = depth(2);\nthrow new RangeError(`wrong on purpose: ${wrong}`);',
    "console.log('never run')"
  ],
  'interrupt.ipynb': ['let survivor = 41;', 'for (;;) {}', 'survivor + 1'],
  'restart.ipynb': ['let count = 1; count', 'count += 1; count', PROCESSES]
};

const value = ({ outputs }: CellResult): unknown =>
  outputs.find(({ output_type }) => output_type === 'execute_result')?.data?.['text/plain'];

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Resolves when none of the processes is there any more. */
async function ended(pids: number[]): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline) {
      throw new Error(`Of the processes ${pids.join()} there are still ${pids.filter(isAlive)}.`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe("JupyterLab's menus and the kernel", () => {
  let notebook: NotebookPage;

  const session = labSession(() => {
    const files = Object.entries(NOTEBOOKS).map(([name, cells]) => [name, codeNotebook(cells)]);
    return { files: Object.fromEntries(files) as Record<string, string> };
  });

  const open = async (name: keyof typeof NOTEBOOKS): Promise<void> => {
    notebook = await session.open(name);
    await notebook.idle();
  };

  /** Waits until a code cell shows `text` left of it. */
  const prompted = (index: number, text: string): Promise<void> =>
    notebook.prompt(index).getByText(text, { exact: true }).waitFor();

  /** The kernel's processes as code cell `index` gave them; none while it has no output. */
  const processes = async (index: number): Promise<number[]> => {
    const pids = /^'(.*)'$/.exec(String(value((await notebook.results())[index])));
    return pids ? pids[1].split(' ').map(Number) : [];
  };

  /** @returns the new processes, as the last cell gives them */
  const restartAndRunAll = async (last: number, before: number[]): Promise<number[]> => {
    await notebook.choose('Kernel', 'Restart Kernel and Run All Cells…');
    await notebook.answer('Restart');
    const deadline = Date.now() + 60_000;
    for (;;) {
      await prompted(last, `[${last + 1}]:`);
      await notebook.idle();
      // On a busy machine that is still so from the run before.
      const pids = await processes(last);
      if ((pids.length > 0 && pids.join() !== before.join()) || Date.now() > deadline) {
        return pids;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  };

  it('mark the cell that failed, and the cells after it are not run', async () => {
    await open('fails.ipynb');
    await notebook.choose('Run', 'Run All Cells');
    await notebook.cell(1).getByText('RangeError: wrong on purpose: 2').first().waitFor();
    await notebook.idle();
    await prompted(1, '[2]:');
    await prompted(2, '[ ]:');
    await notebook.screenshot('kernel-failed-cell');
    const [first, failed, after] = await notebook.results();
    expect(value(first)).toBe('1');
    expect(failed).toMatchObject({
      executionCount: 2,
      outputs: [{ output_type: 'error', ename: 'RangeError', evalue: 'wrong on purpose: 2' }]
    });
    expect(after).toEqual({ executionCount: null, outputs: [] });
    // The queue is not stopped for good.
    await notebook.runCell(2);
    await notebook.cell(2).getByText('never run', { exact: true }).last().waitFor();
    await prompted(2, '[3]:');
  });

  it('interrupt a loop that never pauses and keep the variables; restart clears them', async () => {
    await open('interrupt.ipynb');
    await notebook.choose('Run', 'Run All Cells');
    await prompted(0, '[1]:');
    await prompted(1, '[*]:');
    await notebook.choose('Kernel', 'Interrupt Kernel');
    await prompted(1, '[2]:');
    await notebook.idle();
    await notebook.screenshot('kernel-interrupted');
    const [, stopped, after] = await notebook.results();
    expect(stopped.outputs).toMatchObject([{ output_type: 'error', ename: 'Interrupted' }]);
    expect(after).toEqual({ executionCount: null, outputs: [] });
    await notebook.runCell(2);
    await prompted(2, '[3]:');
    await notebook.idle();
    expect(value((await notebook.results())[2])).toBe('42');

    await notebook.choose('Kernel', 'Restart Kernel…');
    await notebook.answer('Restart');
    await notebook.idle();
    await notebook.runCell(2);
    await prompted(2, '[1]:');
    await notebook.idle();
    const [lost] = (await notebook.results())[2].outputs;
    expect(lost).toMatchObject({ output_type: 'error' });
    expect(lost.evalue).toContain("Cannot find name 'survivor'");
  });

  it('restart and run all cells, in new processes, and shut both of them down', async () => {
    await open('restart.ipynb');
    const seen: number[][] = [];
    for (let round = 0; round < 2; round++) {
      seen.push(await restartAndRunAll(2, seen[round - 1] ?? []));
      const cells = await notebook.results();
      expect(cells.map(({ executionCount }) => executionCount)).toEqual([1, 2, 3]);
      expect(cells.slice(0, 2).map(value)).toEqual(['1', '2']);
      expect(seen[round].map(isAlive)).toEqual([true, true]);
    }
    await ended(seen[0]);
    await notebook.choose('Kernel', 'Shut Down Kernel');
    await notebook.page.getByText('No Kernel', { exact: true }).first().waitFor();
    await ended(seen[1]);
    await notebook.screenshot('kernel-shut-down');
  });
});
