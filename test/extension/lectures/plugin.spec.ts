import type { IStateDB } from '@jupyterlab/statedb';
import '../domGaps';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import type { ILauncher } from '@jupyterlab/launcher';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { CommandRegistry } from '@lumino/commands';
import { LECTURE_COMMANDS, lecturesPlugin } from '../../../extension/lectures/plugin';
import {} from '../forms/fixtures';

/** JupyterLab's state as a map. */
function stateOf(entries: Record<string, unknown> = {}) {
  const kept = new Map(Object.entries(entries));
  const state = {
    fetch: jest.fn((key: string) => Promise.resolve(kept.get(key))),
    save: jest.fn(async (key: string, value: unknown) => {
      kept.set(key, JSON.parse(JSON.stringify(value)));
    })
  };
  return { kept, state: state as unknown as IStateDB };
}

const LECTURE = { name: '01-x.ipynb', title: 'One', summary: 'About one.' };
const FILES: Record<string, unknown> = {
  'index.json': [LECTURE, { name: '../../etc/passwd', title: 'no' }],
  '01-x.ipynb': { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }
};

function activated(documentPath?: string) {
  const commands = new CommandRegistry();
  const opened = jest.fn();
  commands.addCommand('docmanager:open', { execute: opened });
  const contents = {
    get: jest.fn(async () => ({ content: [] })),
    newUntitled: jest.fn(async ({ path }: { path: string }) => ({
      path: `${path}/Untitled.ipynb`
    })),
    save: jest.fn(async () => undefined),
    rename: jest.fn(async (_: string, path: string) => ({ path })),
    delete: jest.fn(async () => undefined)
  };
  const currentWidget = documentPath ? { context: { path: documentPath } } : null;
  const app = { commands, serviceManager: { contents }, shell: { currentWidget } };
  const launcher = { add: jest.fn() };
  const palette = { addItem: jest.fn() };
  const registry = { set: jest.fn(async () => undefined) };
  const { state, kept } = stateOf();
  void lecturesPlugin.activate(
    app as unknown as JupyterFrontEnd,
    launcher as unknown as ILauncher,
    palette as unknown as ICommandPalette,
    registry as unknown as ISettingRegistry,
    state,
    null
  );
  return { commands, opened, contents, launcher, palette, registry, kept };
}

const dialog = (): HTMLElement | null => document.querySelector('.jp-Dialog');
const tour = (): HTMLElement | null => document.querySelector('.jp-TunelabTour');
async function until<T>(found: () => T | null): Promise<T> {
  for (let i = 0; i < 200 && !found(); i++) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  return found()!;
}
const press = (name: string): void =>
  Array.from(dialog()!.querySelectorAll('button'))
    .find(({ textContent }) => textContent === name)!
    .click();

describe('the plugin of the lectures', () => {
  const asked: string[] = [];

  beforeEach(() => {
    PageConfig.setOption('fullLabextensionsUrl', '/base/lab/extensions');
    asked.length = 0;
    globalThis.fetch = jest.fn(async (url: string) => {
      asked.push(url);
      const file = FILES[url.split('/').pop()!];
      return file
        ? { ok: true, json: async () => file }
        : { ok: false, status: 404, statusText: 'Not Found' };
    }) as unknown as typeof fetch;
  });

  afterEach(() => document.body.replaceChildren());

  it('works where there is nothing but an application', () => {
    const app = { commands: new CommandRegistry(), serviceManager: {}, shell: {} };
    void lecturesPlugin.activate(app as unknown as JupyterFrontEnd, null, null, null, null, null);
    expect(app.commands.hasCommand(LECTURE_COMMANDS.open)).toBe(true);
  });

  it('has a card in the launcher and entries in the palette', () => {
    const { launcher, palette, commands } = activated();
    const [[card]] = launcher.add.mock.calls as [[ILauncher.IItemOptions]];
    expect(commands.label(card.command, { cwd: '' })).toBe('Lectures');
    const labels = (palette.addItem.mock.calls as [{ command: string; args: object }][]).map(
      ([{ command, args }]) => commands.label(command, args as never)
    );
    expect(labels).toEqual([
      'Lectures…',
      'A short tour',
      'Settings of figures',
      'Figures: follow the theme',
      'Figures: always light',
      'Figures: always dark'
    ]);
  });

  it('copies the chosen lecture into the folder of the launcher and opens it; the tour comes with the first', async () => {
    const { commands, opened, contents, kept } = activated();
    const done = commands.execute(LECTURE_COMMANDS.open, { cwd: 'mine' });
    expect((await until(dialog)).textContent).toContain('OneAbout one.');
    expect(dialog()!.querySelectorAll('input')).toHaveLength(1);
    press('Copy and open');
    await done;
    expect(asked).toEqual([
      '/base/lab/extensions/jupyterlab-tunelab/lectures/index.json',
      '/base/lab/extensions/jupyterlab-tunelab/lectures/01-x.ipynb'
    ]);
    expect(contents.rename).toHaveBeenCalledWith('mine/Untitled.ipynb', 'mine/01-x.ipynb');
    expect(opened.mock.calls[0][0]).toEqual({ path: 'mine/01-x.ipynb' });
    expect(tour()).not.toBeNull();
    Array.from(tour()!.querySelectorAll('button'))[0].click();
    await until(() => kept.get('jupyterlab-tunelab:tour') ?? null);
    await commands.execute(LECTURE_COMMANDS.copy, { name: '01-x.ipynb', cwd: 'mine' });
    expect(tour()).toBeNull();
    await commands.execute(LECTURE_COMMANDS.tour);
    expect(tour()).not.toBeNull();
  });

  it('does nothing when the reader goes back', async () => {
    const { commands, contents } = activated();
    const done = commands.execute(LECTURE_COMMANDS.open, { cwd: '' });
    await until(dialog);
    press('Cancel');
    await done;
    expect(contents.newUntitled).not.toHaveBeenCalled();
  });

  it('copies beside the document at hand when it is called from the palette', async () => {
    const { commands, contents } = activated('notes/today.ipynb');
    await commands.execute(LECTURE_COMMANDS.copy, { name: '01-x.ipynb' });
    expect(contents.newUntitled).toHaveBeenCalledWith({ path: 'notes', type: 'notebook' });
  });

  it('says what went wrong', async () => {
    const { commands } = activated();
    const done = commands.execute(LECTURE_COMMANDS.copy, { name: 'none.ipynb', cwd: '' });
    expect((await until(dialog)).textContent).toContain('none.ipynb: 404 Not Found');
    dialog()!.querySelector('button')!.click();
    await done;
  });

  it('sets the colours of figures, to nothing else than there is', async () => {
    const { commands, registry } = activated();
    await commands.execute(LECTURE_COMMANDS.theme, { theme: 'dark' });
    await commands.execute(LECTURE_COMMANDS.theme, { theme: 'toString' });
    expect(registry.set.mock.calls).toEqual([['jupyterlab-tunelab:plugin', 'theme', 'dark']]);
  });
});
