import { makeRenderer } from '../fixtures';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { JournalPanel } from '../../../extension/journal/panel';
import { MemoryFile, studyLine, trialLines } from './files';

jest.setTimeout(60_000);

const trans = nullTranslator.load('jupyterlab_tunelab');

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`It did not come to this: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

let panel: JournalPanel | undefined;
afterEach(() => {
  panel?.dispose();
  panel = undefined;
});

function opened(file: MemoryFile) {
  const renderers: ReturnType<typeof makeRenderer>[] = [];
  const figure = () => {
    const made = makeRenderer();
    renderers.push(made);
    return made.renderer;
  };
  panel = new JournalPanel({ source: file, trans, figure, height: () => 400 });
  Widget.attach(panel, document.body);
  const { node } = panel;
  const part = (name: string): HTMLElement => node.querySelector(`.jp-TunelabJournal-${name}`)!;
  const says = (text: string): Promise<void> =>
    until(`${text}, but: ${part('words').textContent}`, () => part('words').textContent!.includes(text)); // prettier-ignore
  return { node, part, says, renderers };
}

describe('the document of a journal', () => {
  it('shows counts, the best trial, figures and the table, and follows what is written', async () => {
    const file = new MemoryFile(studyLine('search') + trialLines(0, 3));
    const { part, node, renderers } = opened(file);
    await until('three trials', () => part('counts').textContent === '3 trials: 3 complete');
    expect(part('title').textContent).toBe('search');
    expect(part('best').textContent).toBe('Best trial 0: value: 0 (x: 0)');
    await until('drawings', () => renderers.every(({ plotly }) => plotly.react.mock.calls.length > 0)); // prettier-ignore
    expect(renderers.map(({ renderer }) => renderer.payload!.figure)).toEqual(['history', 'scatter']); // prettier-ignore
    expect(node.querySelectorAll('tbody tr')).toHaveLength(3);
    const lines = trialLines(3, 2).split('\n');
    file.append(`${lines.slice(0, 3).join('\n')}\n${lines[3]}\n`);
    await until('a running trial', () => part('counts').textContent === '5 trials: 4 complete, 1 running'); // prettier-ignore
    await until('its row', () => node.querySelectorAll('tbody tr').length === 5);
    expect(part('words').textContent).toBe('');
  });

  it('lets the reader choose among several studies', async () => {
    const file = new MemoryFile(studyLine('one') + trialLines(0, 3) + studyLine('two'));
    const { part } = opened(file);
    await until('three trials', () => part('counts').textContent === '3 trials: 3 complete');
    const select = part('picker').querySelector('select')!;
    expect([...select.options].map(({ value }) => value)).toEqual(['one', 'two']);
    select.value = 'two';
    select.dispatchEvent(new Event('change'));
    await until('the other study', () => part('title').textContent === 'two');
    await until('its counts', () => part('counts').textContent === '0 trials');
  });

  it('says in words how each file stands that is not as usual', async () => {
    const file = new MemoryFile('no journal');
    const { says, part } = opened(file);
    await says('This file is not a journal');
    expect(part('figures').classList).toContain('lm-mod-hidden');
    file.write('');
    await says('The file is empty');
    file.write(studyLine() + trialLines(0, 2));
    await until('two trials', () => part('counts').textContent === '2 trials: 2 complete');
    file.append('%%%\n');
    await says('1 line could not be read and was left out: no JSON.');
    file.write(studyLine('other'));
    await says('cut or replaced');
    file.remove();
    await says('not there any more');
    expect(part('title').textContent).toBe('other');
    file.write(`${studyLine()}{"op_code":1,"worker_id":"w","study_id":0}\n`);
    await says('There is no study in this journal.');
    file.write(
      `${studyLine()}{"op_code":2,"worker_id":"w","study_id":0,"user_attr":{"tunelab:space":{"version":9}}}\n`
    );
    await says('must be of version 1, but got version 9');
    expect(part('figures').classList).toContain('lm-mod-hidden');
    const answers = jest.spyOn(file, 'state').mockRejectedValue(new Error('Service Unavailable'));
    await says('The file cannot be read now (Service Unavailable).');
    answers.mockRestore();
    await says('must be of version 1');
  });

  it('asks nothing while it is hidden, and nothing more once it is closed', async () => {
    const file = new MemoryFile(studyLine());
    const { part } = opened(file);
    await until('the study', () => part('title').textContent === 's');
    panel!.hide();
    await new Promise(resolve => setTimeout(resolve, 600));
    const state = jest.spyOn(file, 'state');
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(state).not.toHaveBeenCalled();
    panel!.show();
    await until('a look', () => state.mock.calls.length > 0);
    panel!.dispose();
    await new Promise(resolve => setTimeout(resolve, 50));
    state.mockClear();
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(state).not.toHaveBeenCalled();
  });
});
