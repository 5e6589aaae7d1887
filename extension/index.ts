/** The plugins of JupyterLab: outputs and journals here, lectures in a folder of their own. */
import { ILayoutRestorer } from '@jupyterlab/application';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { FigureControls } from './controls/figureControls';
import { Answers } from './forms/answers';
import { FormRenderer } from './forms/formRenderer';
import { FIGURES_PLUGIN } from './ids';
import { openJournals } from './journal/open';
import { lecturesPlugin } from './lectures/plugin';
import { OutputRenderer } from './output';
import { RunControls } from './panda/runControls';
import { loadPlotly, loadWhenIdle } from './plotly';
import { FigureRenderer } from './renderer';
import { studiesPlugin } from './studies/plugin';
import { FigureView } from './view';
import type { ViewSettings } from './view';

// Lower wins. Below 0, where extensions for Plotly register, since our own type says more.
const RANK = -10;

export const figuresPlugin: JupyterFrontEndPlugin<void> = {
  id: FIGURES_PLUGIN,
  description: "Draws tunelab's figures and forms in output areas, and opens journals of studies.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [IThemeManager, ISettingRegistry, ITranslator, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    themes: IThemeManager | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const view = new FigureView();
    const trans = (translator ?? nullTranslator).load('jupyterlab_tunelab');
    const answers = new Answers();
    const form = (): FormRenderer => new FormRenderer({ rendermime, answers, trans });
    const figure = (): FigureRenderer => {
      const renderer = new FigureRenderer({ loadPlotly, view, trans });
      // They live as long as the renderer, whose signals hold them.
      new FigureControls(renderer, { loadPlotly, trans });
      new RunControls(renderer, trans);
      return renderer;
    };
    rendermime.addFactory(
      {
        // Safe: the payload is checked field by field, and no markup of it reaches the page.
        safe: true,
        mimeTypes: [FIGURE_MIME],
        createRenderer: () => new OutputRenderer({ figure, form })
      },
      RANK
    );
    openJournals(app, { trans, figure, height: () => view.height, restorer });
    void app.restored.then(() => loadWhenIdle(loadPlotly));
    themes?.themeChanged.connect(() => view.themeChanged());
    registry
      ?.load(FIGURES_PLUGIN)
      .then(settings => {
        const read = (): void => view.configure(settings.composite as Partial<ViewSettings>);
        settings.changed.connect(read);
        read();
      })
      .catch((error: unknown) => {
        console.warn('The settings of jupyterlab-tunelab could not be read; defaults hold.', error);
      });
  }
};

export default [figuresPlugin, lecturesPlugin, studiesPlugin];
