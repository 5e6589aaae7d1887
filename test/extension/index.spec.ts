import './domGaps';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IThemeManager } from '@jupyterlab/apputils';
import { DocumentRegistry } from '@jupyterlab/docregistry';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { figuresPlugin } from '../../extension/index';
import { OutputRenderer } from '../../extension/output';
import { FigureRenderer } from '../../extension/renderer';
import { modelOf } from './fixtures';
import { QUIZ } from './forms/fixtures';

// Never restored: nothing is loaded beforehand.
const restored = new Promise(() => undefined);
const serviceManager = { contents: {}, serverSettings: {} };

function activate(
  themes: IThemeManager | null = null,
  settings: ISettingRegistry | null = null
): RenderMimeRegistry {
  const rendermime = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
  const docRegistry = new DocumentRegistry();
  const app = { restored, docRegistry, serviceManager } as unknown as JupyterFrontEnd;
  void figuresPlugin.activate(app, rendermime, themes, settings, null, null);
  return rendermime;
}

describe('the plugin', () => {
  it('makes our type the preferred one of a bundle, also in an untrusted notebook', () => {
    const rendermime = activate();
    rendermime.addFactory(
      { safe: true, mimeTypes: ['application/vnd.plotly.v1+json'], createRenderer: jest.fn() },
      0
    );
    const bundle = {
      'text/plain': '',
      'image/png': '',
      'image/svg+xml': '',
      'application/vnd.plotly.v1+json': {},
      [FIGURE_MIME]: {}
    };
    expect(rendermime.preferredMimeType(bundle, 'ensure')).toBe(FIGURE_MIME);
    expect(rendermime.preferredMimeType(bundle, 'any')).toBe(FIGURE_MIME);
  });

  it('works without themes, settings and translations', async () => {
    const renderer = activate().createRenderer(FIGURE_MIME) as OutputRenderer;
    await renderer.renderModel(modelOf({}));
    expect(renderer.content).toBeInstanceOf(FigureRenderer);
    expect(renderer.node.textContent).toContain('This figure cannot be drawn');
  });

  it('shows a figure or a form, as the payload says, in one output', async () => {
    const output = activate().createRenderer(FIGURE_MIME) as OutputRenderer;
    await output.renderModel(modelOf(QUIZ));
    expect(output.node.textContent).toContain('Start again');
    const form = output.content!;
    await output.renderModel(modelOf({ kind: 'table' }));
    expect(form.isDisposed).toBe(true);
    expect(output.node.textContent).toContain('this version draws the kind `figure`');
    output.dispose();
    await output.renderModel(modelOf(QUIZ));
  });

  it('only warns when the settings cannot be read', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const settings = { load: () => Promise.reject(new Error('no such plugin')) };
    activate(null, settings as unknown as ISettingRegistry);
    await new Promise(resolve => setTimeout(resolve));
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  it('passes settings and their changes on to its renderers', async () => {
    const owner = {};
    const settings = {
      composite: { height: 300 },
      changed: new Signal<object, void>(owner)
    };
    const registry = { load: () => Promise.resolve(settings) };
    const rendermime = activate(null, registry as unknown as ISettingRegistry);
    await new Promise(resolve => setTimeout(resolve));
    const output = rendermime.createRenderer(FIGURE_MIME) as OutputRenderer;
    await output.renderModel(modelOf({}));
    const renderer = output.content as FigureRenderer;
    expect(renderer.view.height).toBe(300);
    settings.composite = { height: 500 };
    settings.changed.emit();
    expect(renderer.view.height).toBe(500);
  });
});
