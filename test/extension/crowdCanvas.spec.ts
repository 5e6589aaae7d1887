import './domGaps';
import type { Crowd } from 'tunelab/dist/figures/marks/crowd';
import { CrowdCanvas } from '../../extension/crowdCanvas';
import { HoverWords } from '../../extension/hoverWords';

const crowdOf = (index: number, x: number[], y: number[]): Crowd => ({
  index,
  trace: {
    ...{ type: 'scatter', mode: 'markers', x, y, xaxis: 'x', yaxis: 'y' },
    marker: { color: '#ff0000', size: 4, symbol: 'circle' }
  }
});

/** A plot of 600 x 400 pixels as Plotly leaves it, with one panel of 500 x 300 at (50, 20). */
function plot(data: { visible: unknown }[] = []) {
  const host = document.createElement('div');
  const node = document.createElement('div');
  host.append(node);
  node.innerHTML =
    '<svg><g class="plot"><g class="scatterlayer"><g class="trace"></g></g></g></svg>';
  node.getBoundingClientRect = () => ({ left: 100, top: 10, width: 600, height: 400 }) as DOMRect;
  const listeners = new Map<string, () => void>();
  const axis = (length: number, offset: number) => ({
    ...{ type: 'linear', range: [0, 10], _length: length, _offset: offset }
  });
  const panel = {
    xaxis: axis(500, 50),
    yaxis: axis(300, 20),
    plot: { node: () => node.querySelector('.plot') }
  };
  Object.assign(node, {
    on: (name: string, listener: () => void) => listeners.set(name, listener),
    _fullLayout: { _plots: { xy: panel } },
    _fullData: data
  });
  return { host, node, listeners, panel, crowd: new CrowdCanvas(node) };
}

// jsdom draws nothing; what is drawn is tested beside the code that draws, and in a browser.
const context = {
  createImageData: (width: number, height: number) => ({
    data: new Uint8ClampedArray(4 * width * height)
  }),
  putImageData: jest.fn()
};

describe('CrowdCanvas', () => {
  beforeEach(() => {
    context.putImageData.mockClear();
    jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
  });

  afterEach(() => jest.restoreAllMocks());

  it('draws below the marks of Plotly, in a sheet as large as the panel', () => {
    const { node, crowd } = plot();
    crowd.update([crowdOf(0, [5], [5])]);
    crowd.draw();
    const layer = node.querySelector('.scatterlayer')!;
    expect(layer.firstElementChild!.tagName).toBe('foreignObject');
    expect(layer.firstElementChild!.getAttribute('width')).toBe('500');
    expect(context.putImageData).toHaveBeenCalledTimes(1);
  });

  it('draws again after Plotly has, and brings back a sheet that was taken away', () => {
    const { node, crowd, listeners } = plot();
    crowd.update([crowdOf(0, [5], [5])]);
    crowd.listen();
    node.querySelector('.scatterlayer')!.replaceChildren();
    listeners.get('plotly_afterplot')!();
    expect(node.querySelectorAll('canvas')).toHaveLength(1);
  });

  it('draws once a frame while a reader pans', async () => {
    const { crowd, listeners } = plot();
    crowd.update([crowdOf(0, [5], [5])]);
    crowd.listen();
    for (let i = 0; i < 10; i++) listeners.get('plotly_relayouting')!();
    await new Promise(resolve => requestAnimationFrame(resolve));
    expect(context.putImageData).toHaveBeenCalledTimes(1);
  });

  it('gives its sheets back, and has none left for a figure without crowds', () => {
    const { node, crowd } = plot();
    crowd.update([crowdOf(0, [5], [5])]);
    crowd.draw();
    crowd.release();
    expect(node.querySelector('canvas')).toBeNull();
    crowd.draw();
    expect(node.querySelector('canvas')).not.toBeNull();
    crowd.update([]);
    expect(node.querySelector('canvas')).toBeNull();
    expect(crowd.isEmpty).toBe(true);
  });

  it('finds the mark under the pointer, the uppermost of several, where the axes are now', () => {
    const { crowd, panel } = plot();
    crowd.update([crowdOf(3, [1, 5], [5, 5]), crowdOf(7, [9, 9], [9, 9])]);
    // (5, 5) is in the middle of the panel: 100 + 50 + 250, 10 + 20 + 150.
    expect(crowd.markAt(402, 178)).toEqual({ trace: 3, index: 1 });
    expect(crowd.markAt(600, 60)).toEqual({ trace: 7, index: 1 });
    expect(crowd.markAt(450, 178)).toBeUndefined();
    expect(crowd.markAt(102, 178)).toBeUndefined();
    panel.xaxis.range = [0, 2];
    expect(crowd.markAt(400, 180)).toEqual({ trace: 3, index: 0 });
  });

  it('does not answer for marks that the legend has switched off', () => {
    const { crowd } = plot([{ visible: 'legendonly' }]);
    crowd.update([crowdOf(0, [5], [5])]);
    expect(crowd.markAt(400, 180)).toBeUndefined();
  });

  it('lets HoverWords speak for its marks, but not while something is dragged', () => {
    const { host, node, crowd } = plot();
    const words = new HoverWords(node, host, crowd);
    crowd.update([crowdOf(4, [5], [5])]);
    words.update(new Map([[4, i => `<b>mark ${i}</b>`]]));
    const box = host.querySelector<HTMLElement>('.jp-RenderedTunelab-hover')!;
    const move = (buttons: number): boolean =>
      node.dispatchEvent(new MouseEvent('mousemove', { clientX: 400, clientY: 180, buttons }));
    move(0);
    expect(box.textContent).toBe('<b>mark 0</b>');
    expect(box.hidden).toBe(false);
    move(1);
    expect(box.hidden).toBe(true);
  });
});
