import { FakeFolder, FakeKernel, FakeNotebook, fileOf, shellOf, variables } from './fakes';
import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { samplers, scales, study } from 'tunelab';
import { Running } from '../../../extension/studies/running';
import { Stored } from '../../../extension/studies/stored';
import { StudyBrowser } from '../../../extension/studies/studyBrowser';

const trans = nullTranslator.load('jupyterlab_tunelab');
const HOSTILE = '<img src=x onerror=alert(1)>';

describe('the study browser', () => {
  const made: StudyBrowser[] = [];
  const browserOf = (folder: FakeFolder | null, ...notebooks: FakeNotebook[]) => {
    const [activate, open] = [jest.fn(), jest.fn()];
    const shell = shellOf(...notebooks);
    const running = new Running(shell, trans);
    const stored = new Stored(() => folder, async () => new Uint8Array(0)); // prettier-ignore
    const browser = new StudyBrowser({ running, stored, trans, activate, open });
    Widget.attach(browser, document.body);
    made.push(browser);
    const texts = () => Array.from(browser.node.querySelectorAll('button'), ({ textContent }) => textContent); // prettier-ignore
    const buttons = () => Array.from(browser.node.querySelectorAll('button'));
    const words = () =>
      Array.from(browser.node.querySelectorAll<HTMLElement>('.jp-TunelabStudies-words'))
        .filter(({ hidden }) => !hidden)
        .map(({ textContent }) => textContent);
    return { browser, shell, activate, open, texts, buttons, words };
  };
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 8; i++) await new Promise(resolve => setTimeout(resolve, 2));
    MessageLoop.flush();
  };
  const press = (key: string): void =>
    void document.activeElement!.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    );

  afterEach(() => {
    made.splice(0).forEach(one => one.dispose());
    variables.clear();
  });

  it('says in words what is not there', async () => {
    const { words } = browserOf(new FakeFolder([fileOf('notes.txt', 1)]));
    await settled();
    expect(words()).toEqual([
      'Nothing is alive in the kernels of open notebooks. A study appears here when a cell has made it.',
      "No journals are in this folder. `journal('study.journal')` keeps a study in one."
    ]);
    expect(browserOf(null).words()).toBeDefined();
  });

  it('says so where there is no file browser, and names notebooks that are not trusted', async () => {
    const { words } = browserOf(null, new FakeNotebook('foreign.ipynb', new FakeKernel(), false));
    await settled();
    expect(words()[0]).toContain('foreign.ipynb is not trusted: its kernel is not asked.');
    expect(words()[1]).toBe('No file browser shows a folder.');
  });

  it('shows studies and files as texts, and opens what is chosen', async () => {
    const space = { learningRate: scales.log(1e-4, 1) };
    variables.set('search', study({ name: HOSTILE, space, sampler: samplers.random(), seed: 1 }));
    const folder = new FakeFolder([
      fileOf(`${HOSTILE}.journal`, 16_000_000),
      fileOf('b.journal', 0)
    ]);
    const { browser, texts, buttons, activate, open } = browserOf(folder, new FakeNotebook('a.ipynb', new FakeKernel())); // prettier-ignore
    await settled();
    expect(texts()[0]).toBe(`${HOSTILE}study\u00a0· at rest\u00a0· 0 trials donesearch in a.ipynb`);
    expect(texts()[1]).toMatch(/^<img.*>\.journal15\.3 MB\s· /);
    expect(texts()[2]).toMatch(/^b\.journal0 B\s· /);
    expect(browser.node.querySelector('img')).toBeNull();
    buttons()[0].click();
    expect(activate.mock.calls).toEqual([['panel of a.ipynb']]);
    buttons()[2].click();
    expect(open.mock.calls).toEqual([['here/b.journal']]);
  });

  it('is one stop of the Tab key; arrows, Home and End go through all of it', async () => {
    const names = ['a', 'b', 'c'].map(name => fileOf(`${name}.journal`, 1));
    const { browser, buttons } = browserOf(new FakeFolder(names));
    await settled();
    const inReach = () => buttons().flatMap(({ tabIndex }, i) => (tabIndex === 0 ? [i] : []));
    expect(inReach()).toEqual([0]);
    MessageLoop.sendMessage(browser, Widget.Msg.ActivateRequest);
    const at = () => buttons().indexOf(document.activeElement as HTMLButtonElement);
    expect(at()).toBe(0);
    for (const [key, where] of [['ArrowUp', 0], ['ArrowDown', 1], ['End', 2], ['ArrowDown', 2], ['Home', 0], ['x', 0]] as const) {
      press(key);
      expect([key, at(), inReach()]).toEqual([key, where, [where]]);
    } // prettier-ignore
  });

  it('keeps the focus while lists change, and hands it on when its entry goes', async () => {
    const files = ['b', 'c'].map(name => fileOf(`${name}.journal`, 1));
    const folder = new FakeFolder(files);
    const { buttons } = browserOf(folder);
    await settled();
    const second = buttons()[1];
    second.focus();
    folder.show([fileOf('a.journal', 1), ...files]);
    await settled();
    expect(document.activeElement).toBe(second);
    expect(buttons().indexOf(second)).toBe(2);
    folder.show([files[0]]);
    await settled();
    expect(document.activeElement).toBe(buttons()[0]);
  });

  it('looks at nothing while it is hidden, and after its end', async () => {
    const kernel = new FakeKernel();
    const { browser, shell } = browserOf(new FakeFolder([]), new FakeNotebook('a.ipynb', kernel));
    await settled();
    expect(kernel.heard.at(-1)).toMatchObject({ type: 'list' });
    browser.hide();
    await settled();
    expect(kernel.heard.at(-1)).toEqual({ type: 'close', id: 'list' });
    browser.show();
    await settled();
    expect(kernel.heard.at(-1)).toMatchObject({ type: 'list' });
    browser.dispose();
    browser.dispose();
    await settled();
    expect(kernel.heard.at(-1)).toEqual({ type: 'close', id: 'list' });
    const said = kernel.heard.length;
    shell.layoutModified.emit();
    document.dispatchEvent(new Event('visibilitychange'));
    await settled();
    expect(kernel.heard).toHaveLength(said);
  });
});
