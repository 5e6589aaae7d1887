/** The plugin of JupyterLab that draws tunelab's figures. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { loadPlotly, loadWhenIdle } from './plotly';
import { FigureRenderer } from './renderer';
import { FigureView } from './view';
import type { ViewSettings } from './view';

const PLUGIN_ID = 'jupyterlab-tunelab:plugin';

// Lower wins. Below 0, where extensions for Plotly register, since our own type says more.
const RANK = -10;

const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: "Draws tunelab's figures in output areas.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [IThemeManager, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    themes: IThemeManager | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ): void => {
    const view = new FigureView();
    const trans = (translator ?? nullTranslator).load('jupyterlab_tunelab');
    rendermime.addFactory(
      {
        // Safe: the payload is checked field by field, and no markup of it reaches the page.
        safe: true,
        mimeTypes: [FIGURE_MIME],
        createRenderer: () => new FigureRenderer({ loadPlotly, view, trans })
      },
      RANK
    );
    void app.restored.then(() => loadWhenIdle(loadPlotly));
    themes?.themeChanged.connect(() => view.themeChanged());
    registry
      ?.load(PLUGIN_ID)
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

export default plugin;
