/** The plugin of JupyterLab that shows studies in the left sidebar; where there is no such sidebar it does nothing. */
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { LabIcon } from '@jupyterlab/ui-components';
import studiesSvg from '../../style/studies.svg';
import { JOURNAL_FACTORY } from '../journal/recognize';
import { FileSource } from '../journal/source';
import { folderShown } from './folder';
import { HEAD } from './heads';
import { Running } from './running';
import { Stored } from './stored';
import { StudyBrowser } from './studyBrowser';

/** Shows the study browser. */
export const STUDIES_COMMAND = 'tunelab:studies';
const ID = 'jp-tunelab-studies';

export const studiesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-tunelab:studies',
  description: 'Lists studies of open kernels and of this folder.',
  autoStart: true,
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    { commands, docRegistry, serviceManager }: JupyterFrontEnd,
    shell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    if (!shell) {
      return;
    }
    const trans = (translator ?? nullTranslator).load('jupyterlab_tunelab');
    const server = { contents: serviceManager.contents, settings: serviceManager.serverSettings };
    const browser = new StudyBrowser({
      trans,
      running: new Running(shell, trans),
      stored: new Stored(
        () => folderShown(shell),
        path => new FileSource(server, () => path).read(0, HEAD)
      ),
      activate: id => shell.activateById(id),
      open: path => {
        const factory = docRegistry.getWidgetFactory(JOURNAL_FACTORY);
        void commands.execute('docmanager:open', {
          path,
          ...(factory && { factory: JOURNAL_FACTORY })
        });
      }
    });
    browser.id = ID;
    browser.title.icon = new LabIcon({ name: 'jupyterlab-tunelab:studies', svgstr: studiesSvg });
    browser.title.caption = trans.__('Studies of tunelab');
    restorer?.add(browser, ID);
    shell.add(browser, 'left', { rank: 350, type: 'Studies' });
    commands.addCommand(STUDIES_COMMAND, {
      label: trans.__('Show studies'),
      caption: trans.__('Studies and runs of open notebooks, and journals of this folder'),
      execute: () => shell.activateById(ID)
    });
    palette?.addItem({ command: STUDIES_COMMAND, category: 'tunelab' });
  }
};
