/** The plugin of JupyterLab that offers the lectures, the tour and commands for the settings. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { LabIcon } from '@jupyterlab/ui-components';
import lectureSvg from '../../style/lecture.svg';
import { FIGURES_PLUGIN } from '../ids';
import type { FigureColors } from '../view';
import { fetchLectures, fetchNotebook } from './catalogue';
import { chooseLecture } from './chooseLecture';
import { copyInto } from './copy';
import { Tour } from './tour';

const CATEGORY = 'tunelab';
const TOUR_SEEN = 'jupyterlab-tunelab:tour';

/** Commands, as others may call them. */
export const LECTURE_COMMANDS = {
  /** Lets the reader choose a lecture and copies it into `cwd`. */
  open: 'tunelab:lectures',
  /** Copies the lecture `name` into `cwd`. */
  copy: 'tunelab:copy-lecture',
  tour: 'tunelab:tour',
  /** Sets the colours of figures to `theme`. */
  theme: 'tunelab:figure-theme',
  settings: 'tunelab:settings'
} as const;

/** The folder that a command is for: of the launcher, of the document at hand, or the first one. */
function folderOf(app: JupyterFrontEnd, cwd: unknown): string {
  if (typeof cwd === 'string') {
    return cwd;
  }
  const current = app.shell.currentWidget as { context?: { path?: unknown } } | null;
  const path = current?.context?.path;
  return typeof path === 'string' ? path.split('/').slice(0, -1).join('/') : '';
}

export const lecturesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-tunelab:lectures',
  description: "Opens tunelab's lectures, a tour, and settings of figures.",
  autoStart: true,
  optional: [ILauncher, ICommandPalette, ISettingRegistry, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    registry: ISettingRegistry | null,
    state: IStateDB | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyterlab_tunelab');
    const { commands, serviceManager } = app;
    const icon = new LabIcon({ name: 'jupyterlab-tunelab:lecture', svgstr: lectureSvg });
    let tour: Tour | null = null;

    const startTour = (): void => {
      tour?.end();
      tour = new Tour(trans, () => {
        void state?.save(TOUR_SEEN, true).catch(() => undefined);
      });
    };

    /** What fails is said in a dialog, which also closes by Escape. */
    const orSay = async (title: string, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        await showErrorMessage(title, error instanceof Error ? error.message : String(error));
      }
    };

    const copy = async (name: string, folder: string): Promise<void> => {
      const notebook = await fetchNotebook(name);
      const path = await copyInto(serviceManager.contents, folder, name, notebook);
      await commands.execute('docmanager:open', { path });
      // With the first lecture comes the tour, once.
      if (state && (await state.fetch(TOUR_SEEN).catch(() => true)) === undefined) {
        startTour();
      }
    };

    commands.addCommand(LECTURE_COMMANDS.open, {
      label: args => (args.isPalette ? trans.__('Lectures…') : trans.__('Lectures')),
      caption: trans.__('Copy a lecture into this folder and open it'),
      icon: args => (args.isPalette ? undefined : icon),
      execute: ({ cwd }) =>
        orSay(trans.__('The lectures cannot be opened'), async () => {
          const chosen = await chooseLecture(await fetchLectures(), trans);
          if (chosen) {
            await copy(chosen.name, folderOf(app, cwd));
          }
        })
    });
    commands.addCommand(LECTURE_COMMANDS.copy, {
      label: trans.__('Copy a lecture'),
      execute: ({ name, cwd }) =>
        orSay(trans.__('The lecture cannot be copied'), () =>
          copy(String(name), folderOf(app, cwd))
        )
    });
    commands.addCommand(LECTURE_COMMANDS.tour, {
      label: trans.__('A short tour'),
      execute: startTour
    });
    commands.addCommand(LECTURE_COMMANDS.settings, {
      label: trans.__('Settings of figures'),
      isVisible: () => commands.hasCommand('settingeditor:open'),
      execute: () => commands.execute('settingeditor:open', { query: 'tunelab' })
    });
    const themes: Record<FigureColors, string> = {
      follow: trans.__('Figures: follow the theme'),
      light: trans.__('Figures: always light'),
      dark: trans.__('Figures: always dark')
    };
    commands.addCommand(LECTURE_COMMANDS.theme, {
      label: ({ theme }) => themes[theme as FigureColors] ?? trans.__('Colours of figures'),
      isVisible: () => registry !== null,
      execute: async ({ theme }) => {
        if (Object.hasOwn(themes, String(theme))) {
          await registry?.set(FIGURES_PLUGIN, 'theme', String(theme));
        }
      }
    });

    launcher?.add({
      command: LECTURE_COMMANDS.open,
      category: trans.__('Other'),
      rank: 10
    });
    for (const command of [
      LECTURE_COMMANDS.open,
      LECTURE_COMMANDS.tour,
      LECTURE_COMMANDS.settings
    ]) {
      palette?.addItem({ command, category: CATEGORY, args: { isPalette: true } });
    }
    for (const theme of Object.keys(themes)) {
      palette?.addItem({ command: LECTURE_COMMANDS.theme, category: CATEGORY, args: { theme } });
    }
  }
};
