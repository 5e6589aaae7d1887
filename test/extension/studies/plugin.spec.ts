import { FakeFolder, fileOf, shellOf } from './fakes';
import type { ILabShell, ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import { STUDIES_COMMAND, studiesPlugin } from '../../../extension/studies/plugin';

function activated(factories: string[] = []) {
  const commands = new CommandRegistry();
  const opened = jest.fn();
  commands.addCommand('docmanager:open', { execute: opened });
  const docRegistry = { getWidgetFactory: (name: string) => (factories.includes(name) ? {} : undefined) }; // prettier-ignore
  const serviceManager = { contents: {}, serverSettings: {} };
  const added: Widget[] = [];
  const shell = {
    ...shellOf(),
    widgets: () => [Object.assign(new Widget(), { id: 'filebrowser', model: new FakeFolder([fileOf('a.journal', 1)]) })][Symbol.iterator](),
    add: (widget: Widget, area: string) => area === 'left' && added.push(widget),
    activateById: jest.fn()
  }; // prettier-ignore
  const palette = { addItem: jest.fn() };
  const restorer = { add: jest.fn() };
  void studiesPlugin.activate(
    { commands, docRegistry, serviceManager } as unknown as JupyterFrontEnd,
    shell as unknown as ILabShell,
    restorer as unknown as ILayoutRestorer,
    palette as unknown as ICommandPalette,
    null
  );
  return { commands, opened, added, shell, palette, restorer };
}

describe('the plugin of the study browser', () => {
  it('does nothing where there is no sidebar of JupyterLab', () => {
    const commands = new CommandRegistry();
    void studiesPlugin.activate({ commands } as JupyterFrontEnd, null, null, null, null);
    expect(commands.listCommands()).toEqual([]);
  });

  it('adds a panel with a name that comes back after a reload, and a command that shows it', async () => {
    const { commands, added, shell, palette, restorer } = activated();
    const [browser] = added;
    expect(browser.title.caption).toBe('Studies of tunelab');
    expect(restorer.add).toHaveBeenCalledWith(browser, browser.id);
    const [[{ command }]] = palette.addItem.mock.calls;
    expect(command).toBe(STUDIES_COMMAND);
    expect(commands.label(command)).toBe('Show studies');
    await commands.execute(command);
    expect(shell.activateById).toHaveBeenCalledWith(browser.id);
    browser.dispose();
  });

  it.each([
    ['as a journal', ['tunelab journal'], { path: 'here/a.journal', factory: 'tunelab journal' }],
    ['as whatever JupyterLab takes it for', [], { path: 'here/a.journal' }]
  ])('opens a file %s', async (_, factories, args) => {
    const { added, opened } = activated(factories);
    Widget.attach(added[0], document.body);
    await new Promise(resolve => setTimeout(resolve, 50));
    added[0].node.querySelector('button')!.click();
    await Promise.resolve();
    expect(opened.mock.calls[0][0]).toEqual(args);
    added[0].dispose();
  });
});
