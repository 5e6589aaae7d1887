import './domGaps';
import { FigureView } from '../../extension/view';
import { FigureRenderer } from '../../extension/renderer';
import { deferred, fakePlotly, makeRenderer, modelOf, scatter } from './fixtures';

interface Layout {
  datarevision: number;
  uirevision: string;
  autosize: boolean;
}

const layoutOf = (plotly: ReturnType<typeof fakePlotly>, call: number): Layout =>
  plotly.react.mock.calls[call][2] as Layout;
const plotOf = (renderer: FigureRenderer): HTMLElement =>
  renderer.node.querySelector('.jp-RenderedTunelab-plot')!;
const messageOf = (renderer: FigureRenderer): string | undefined =>
  renderer.node.querySelector('.jp-RenderedTunelab-message')?.textContent ?? undefined;

describe('FigureRenderer', () => {
  let errors: jest.SpyInstance;

  beforeEach(() => {
    errors = jest.spyOn(console, 'error');
  });

  afterEach(() => {
    expect(errors).not.toHaveBeenCalled();
    errors.mockRestore();
  });

  it('draws a payload with Plotly, fills the width and takes its height from the settings', async () => {
    const { renderer, plotly } = makeRenderer();
    await renderer.renderModel(modelOf(scatter()));
    expect(plotly.react).toHaveBeenCalledTimes(1);
    const [node, data] = plotly.react.mock.calls[0];
    expect(node).toBe(plotOf(renderer));
    expect(data.length).toBeGreaterThan(0);
    expect(layoutOf(plotly, 0)).toMatchObject({ autosize: true });
    expect(layoutOf(plotly, 0)).not.toHaveProperty('width');
    expect(layoutOf(plotly, 0)).not.toHaveProperty('height');
    expect(node.style.height).toBe('400px');
  });

  it('puts the alt text on the picture and hides its other layers from screen readers', async () => {
    const { renderer } = makeRenderer();
    await renderer.renderModel(modelOf(scatter()));
    const [first, second] = Array.from(renderer.node.querySelectorAll('.main-svg'));
    expect(first.getAttribute('role')).toBe('img');
    expect(first.getAttribute('aria-label')).toBe('Scatter of 2 trials. Best 0.1 in trial 1.');
    expect(second.getAttribute('aria-hidden')).toBe('true');
    // An image has no reachable children: the mode bar's buttons must stay outside.
    expect(plotOf(renderer).hasAttribute('role')).toBe(false);
  });

  it('has the alt text before Plotly is there', async () => {
    const loading = deferred<ReturnType<typeof fakePlotly>>();
    const { renderer } = makeRenderer({ loadPlotly: () => loading.promise });
    const rendered = renderer.renderModel(modelOf(scatter()));
    expect(plotOf(renderer).getAttribute('role')).toBe('img');
    expect(plotOf(renderer).getAttribute('aria-label')).toContain('Scatter of 2 trials');
    expect(plotOf(renderer).getAttribute('aria-busy')).toBe('true');
    loading.resolve(fakePlotly());
    await rendered;
    expect(plotOf(renderer).getAttribute('aria-busy')).toBe('false');
  });

  it('updates in place: same node, another datarevision, same uirevision so that a zoom stays', async () => {
    const { renderer, plotly } = makeRenderer();
    await renderer.renderModel(modelOf(scatter()));
    await renderer.renderModel(modelOf(scatter({ title: 'Random search: 3 trials' })));
    expect(plotly.react).toHaveBeenCalledTimes(2);
    expect(plotly.purge).not.toHaveBeenCalled();
    expect(plotly.react.mock.calls[1][0]).toBe(plotly.react.mock.calls[0][0]);
    expect(layoutOf(plotly, 1).datarevision).toBeGreaterThan(layoutOf(plotly, 0).datarevision);
    expect(layoutOf(plotly, 1).uirevision).toBe(layoutOf(plotly, 0).uirevision);
    // Another config makes Plotly draw anew, without the zoom.
    expect(plotly.react.mock.calls[1][3]).toEqual(plotly.react.mock.calls[0][3]);
  });

  it('forgets a zoom when an update shows another hyperparameter', async () => {
    const { renderer, plotly } = makeRenderer();
    await renderer.renderModel(modelOf(scatter()));
    const axes = { ...scatter().axes, y: { label: 'momentum', scale: 'oneMinusLog' as const } };
    await renderer.renderModel(modelOf(scatter({ axes })));
    expect(layoutOf(plotly, 1).uirevision).not.toBe(layoutOf(plotly, 0).uirevision);
  });

  it('draws only the newest of the updates that arrive while it is drawing', async () => {
    const { renderer, plotly } = makeRenderer();
    const slow = deferred<undefined>();
    plotly.react.mockImplementationOnce(() => slow.promise);
    const renders = [1, 2, 3, 4].map(i =>
      renderer.renderModel(modelOf(scatter({ title: `update ${i}` })))
    );
    slow.resolve(undefined);
    await Promise.all(renders);
    expect(plotly.react.mock.calls.length).toBeLessThanOrEqual(2);
    expect(JSON.stringify(plotly.react.mock.calls.at(-1)![2])).toContain('update 4');
  });

  it('draws again in the new colours when the theme changes', async () => {
    const { renderer, plotly, view } = makeRenderer();
    await renderer.renderModel(modelOf(scatter()));
    document.body.style.setProperty('--jp-content-font-color1', '#abcdef');
    view.themeChanged();
    await new Promise(resolve => setTimeout(resolve));
    document.body.style.removeProperty('--jp-content-font-color1');
    expect(plotly.react).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(plotly.react.mock.calls[0][2])).not.toContain('#abcdef');
    expect(JSON.stringify(plotly.react.mock.calls[1][2])).toContain('#abcdef');
  });

  it('changes its height when the setting changes', async () => {
    const { renderer, plotly, view } = makeRenderer();
    await renderer.renderModel(modelOf(scatter()));
    view.configure({ height: 300 });
    await new Promise(resolve => setTimeout(resolve));
    expect(plotOf(renderer).style.height).toBe('300px');
    expect(plotly.react).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['nothing', undefined, 'payload'],
    ['a text', 'hello', 'payload'],
    ['an unknown kind', scatter({ kind: 'cake' as 'figure' }), 'kind'],
    ['a newer version', scatter({ version: 99 as 1 }), 'version'],
    [
      'a column that does not exist',
      scatter({ series: [{ name: 's', x: 'nowhere', y: 'y' }] }),
      'nowhere'
    ],
    [
      'damaged base64',
      scatter({ columns: { x: { dtype: 'float64', length: 2, data: '!!' } } }),
      'columns'
    ],
    ['no axes', { ...scatter(), axes: null }, 'axes']
  ])(
    'answers %s with a sentence that names the field, and does not draw',
    async (_, payload, word) => {
      const { renderer, plotly } = makeRenderer();
      await expect(renderer.renderModel(modelOf(payload))).resolves.toBeUndefined();
      expect(messageOf(renderer)).toContain('This figure cannot be drawn');
      expect(messageOf(renderer)).toContain(word);
      expect(plotOf(renderer).hidden).toBe(true);
      expect(plotly.react).not.toHaveBeenCalled();
    }
  );

  it('shows markup in a damaged payload as text', async () => {
    const { renderer } = makeRenderer();
    const kind = '<img src=x onerror=alert(1)>' as 'figure';
    await renderer.renderModel(modelOf(scatter({ kind })));
    expect(messageOf(renderer)).toContain('<img src=x onerror=alert(1)>');
    expect(renderer.node.querySelector('img')).toBeNull();
  });

  it('shows the stored picture when the payload is of a newer version', async () => {
    const { renderer } = makeRenderer();
    await renderer.renderModel(
      modelOf(scatter({ version: 99 as 1 }), { 'image/png': 'iVBORw0KGgo=\n' })
    );
    expect(renderer.node.querySelector('img')!.src).toMatch(/^data:image\/png;base64,iVBORw0KGgo=/);
  });

  it('shows no picture that is not base64', async () => {
    const { renderer } = makeRenderer();
    await renderer.renderModel(modelOf({}, { 'image/png': '"><script>alert(1)</script>' }));
    expect(messageOf(renderer)).toBeDefined();
    expect(renderer.node.querySelector('img')).toBeNull();
  });

  it('takes the message away when a good payload follows, and the plot when a bad one does', async () => {
    const { renderer, plotly } = makeRenderer();
    await renderer.renderModel(modelOf({}));
    await renderer.renderModel(modelOf(scatter()));
    expect(messageOf(renderer)).toBeUndefined();
    expect(plotOf(renderer).hidden).toBe(false);
    expect(plotly.react).toHaveBeenCalledTimes(1);
    await renderer.renderModel(modelOf({}));
    await renderer.renderModel(modelOf(null));
    expect(renderer.node.querySelectorAll('.jp-RenderedTunelab-message')).toHaveLength(1);
    expect(plotly.purge).toHaveBeenCalledTimes(1);
  });

  it('says so when Plotly cannot be loaded, and tries again at the next update', async () => {
    const plotly = fakePlotly();
    const loadPlotly = jest
      .fn<Promise<ReturnType<typeof fakePlotly>>, []>()
      .mockRejectedValueOnce(new Error('Loading chunk 42 failed'))
      .mockResolvedValue(plotly);
    const { renderer } = makeRenderer({ loadPlotly });
    await renderer.renderModel(modelOf(scatter()));
    expect(messageOf(renderer)).toContain('Loading chunk 42 failed');
    await renderer.renderModel(modelOf(scatter()));
    expect(messageOf(renderer)).toBeUndefined();
    expect(plotly.react).toHaveBeenCalledTimes(1);
  });

  it('says so when Plotly fails to draw', async () => {
    const { renderer, plotly } = makeRenderer();
    plotly.react.mockRejectedValueOnce(new Error('something is wrong with axis scaling'));
    await renderer.renderModel(modelOf(scatter()));
    expect(messageOf(renderer)).toContain('something is wrong with axis scaling');
  });

  it('draws an update that came while an older one failed', async () => {
    const { renderer, plotly } = makeRenderer();
    const slow = deferred<undefined>();
    plotly.react.mockImplementationOnce(() => slow.promise);
    const first = renderer.renderModel(modelOf(scatter({ title: 'old' })));
    await Promise.resolve();
    const second = renderer.renderModel(modelOf(scatter({ title: 'new' })));
    slow.reject(new Error('old and broken'));
    await Promise.all([first, second]);
    expect(messageOf(renderer)).toBeUndefined();
    expect(JSON.stringify(plotly.react.mock.calls.at(-1)![2])).toContain('new');
  });

  it('can be disposed twice, and purges the plot once', async () => {
    const { renderer, plotly } = makeRenderer();
    await renderer.renderModel(modelOf(scatter()));
    renderer.dispose();
    renderer.dispose();
    expect(renderer.isDisposed).toBe(true);
    expect(plotly.purge).toHaveBeenCalledTimes(1);
  });

  it('does not draw when it is disposed while Plotly is loading', async () => {
    const loading = deferred<ReturnType<typeof fakePlotly>>();
    const plotly = fakePlotly();
    const { renderer } = makeRenderer({ loadPlotly: () => loading.promise });
    const rendered = renderer.renderModel(modelOf(scatter()));
    renderer.dispose();
    loading.resolve(plotly);
    await expect(rendered).resolves.toBeUndefined();
    expect(plotly.react).not.toHaveBeenCalled();
  });

  it('purges what Plotly still drew when it is disposed in the middle of drawing', async () => {
    const { renderer, plotly } = makeRenderer();
    const slow = deferred<undefined>();
    plotly.react.mockImplementationOnce(() => slow.promise);
    const rendered = renderer.renderModel(modelOf(scatter()));
    await Promise.resolve();
    renderer.dispose();
    slow.resolve(undefined);
    await rendered;
    expect(plotly.purge.mock.invocationCallOrder.at(-1)).toBeGreaterThan(
      plotly.react.mock.invocationCallOrder[0]
    );
  });

  it('neither draws nor throws when it is asked to render after dispose', async () => {
    const view = new FigureView();
    const { renderer, plotly } = makeRenderer({ view });
    renderer.dispose();
    await renderer.renderModel(modelOf(scatter()));
    view.themeChanged();
    expect(plotly.react).not.toHaveBeenCalled();
  });
});

describe('FigureRenderer, where the browser tells what is seen and how wide it is', () => {
  let see: (seen: boolean) => void;
  let resize: () => void;
  const disconnect = jest.fn();

  beforeEach(() => {
    disconnect.mockClear();
    Object.assign(globalThis, {
      IntersectionObserver: class {
        observe = (): void => undefined;
        disconnect = disconnect;
        constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
          see = isIntersecting => callback([{ isIntersecting }]);
        }
      },
      ResizeObserver: class {
        observe = (): void => undefined;
        disconnect = disconnect;
        constructor(callback: () => void) {
          resize = callback;
        }
      }
    });
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'IntersectionObserver');
    Reflect.deleteProperty(globalThis, 'ResizeObserver');
  });

  it('is drawn when it comes into view, with the newest payload, and not before', async () => {
    const { renderer, plotly } = makeRenderer();
    await renderer.renderModel(modelOf(scatter({ title: 'old' })));
    await renderer.renderModel(modelOf(scatter({ title: 'new' })));
    expect(plotly.react).not.toHaveBeenCalled();
    see(true);
    await new Promise(resolve => setTimeout(resolve));
    expect(plotly.react).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(plotly.react.mock.calls[0][2])).toContain('new');
    // Scrolling away and back costs nothing.
    see(false);
    see(true);
    await new Promise(resolve => setTimeout(resolve));
    expect(plotly.react).toHaveBeenCalledTimes(1);
  });

  it('is fitted to its output area when the width changes, and only then', async () => {
    const { renderer, plotly } = makeRenderer();
    const width = jest.spyOn(plotOf(renderer), 'clientWidth', 'get').mockReturnValue(700);
    await renderer.renderModel(modelOf(scatter()));
    see(true);
    await new Promise(resolve => setTimeout(resolve));
    resize();
    expect(plotly.Plots.resize).not.toHaveBeenCalled();
    width.mockReturnValue(500);
    resize();
    resize();
    expect(plotly.Plots.resize).toHaveBeenCalledTimes(1);
    // Hidden: Plotly cannot fit what has no width.
    width.mockReturnValue(0);
    resize();
    expect(plotly.Plots.resize).toHaveBeenCalledTimes(1);
  });

  it('stops watching when it is disposed', () => {
    const { renderer } = makeRenderer();
    renderer.dispose();
    expect(disconnect).toHaveBeenCalledTimes(2);
  });
});
