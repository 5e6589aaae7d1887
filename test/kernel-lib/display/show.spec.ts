import { DISPLAY_SYMBOL, KERNEL_SYMBOL } from 'tunelab/dist/host';
import type { Kernel, MimeBundle } from 'tunelab/dist/host';
import { figureBundle } from 'tunelab/dist/display/bundle';
import { show } from 'tunelab/dist/display/show';
import { findTslab } from 'tunelab/dist/display/tslab';
import type { Figure } from 'tunelab/dist/figures/figure';
import * as figures from 'tunelab/dist/figures/index';
import { FIGURE_MIME, parsePayload } from 'tunelab/dist/figures/payload';
import * as client from 'tunelab/dist/pictures/client';
import { histogramOfOne, study } from '../figures/examples';

// What is tested here is what becomes of a picture, not the picture.
jest.mock('tunelab/dist/pictures/client', () => ({ renderPicture: jest.fn() }));
jest.mock('tunelab/dist/display/tslab', () => ({ findTslab: jest.fn() }));

const draw = jest.mocked(client.renderPicture);
const tslab = jest.mocked(findTslab);

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const PLOTLY = 'application/vnd.plotly.v1+json';

function useKernel(display: Kernel['display']): void {
  const kernel: Kernel = {
    version: 1,
    kind: 'test',
    display,
    signal: new AbortController().signal,
    input: () => Promise.reject(new Error('nobody types in a test'))
  };
  (globalThis as { [KERNEL_SYMBOL]?: Kernel })[KERNEL_SYMBOL] = kernel;
}

beforeEach(() => {
  draw
    .mockReset()
    .mockImplementation((_, { width, height = 420 }) =>
      Promise.resolve({ svg: '<svg/>', png: PNG, width, height })
    );
  tslab.mockReset();
  Reflect.deleteProperty(globalThis, KERNEL_SYMBOL);
});

describe('figureBundle', () => {
  it('has what FORMAT.md lists, and no html', async () => {
    const figure = histogramOfOne();
    const { data, metadata } = await figureBundle(figure);
    expect(Object.keys(data).sort()).toEqual(
      [FIGURE_MIME, PLOTLY, 'image/png', 'text/plain'].sort()
    );
    expect(parsePayload(data[FIGURE_MIME])).toEqual(figure.payload);
    expect(data['image/png']).toBe(Buffer.from(PNG).toString('base64'));
    expect(data['text/plain']).toBe(figure.alt);
    expect(metadata!['image/png']).toEqual({ alt: figure.alt, width: 640, height: 420 });
  });

  it('asks for a picture of the size wanted, at two pixels for each of its own', async () => {
    await figureBundle(histogramOfOne(), { width: 300, height: 200 });
    expect(draw).toHaveBeenCalledWith(expect.anything(), { width: 300, height: 200, scale: 2 });
  });

  it('asks for a coarser picture of more than 1,000 marks', async () => {
    await figureBundle(figures.scatter(study(1001), { x: 'beta' }));
    expect(draw.mock.calls[0][1].scale).toBe(1);
  });

  it.each([
    [1000, true],
    [1001, false]
  ])('has the Plotly spec of %i marks: %p', async (count, has) => {
    const { data } = await figureBundle(figures.scatter(study(count), { x: 'beta' }));
    expect(PLOTLY in data).toBe(has);
  });

  it('says in its text why there is no picture, and keeps the rest', async () => {
    draw.mockRejectedValue(new Error('Pictures need the package jsdom.\nnpm install jsdom@26'));
    const figure = histogramOfOne();
    const { data } = await figureBundle(figure);
    expect(data['text/plain']).toBe(
      `${figure.alt}\nNo picture: Pictures need the package jsdom. npm install jsdom@26`
    );
    expect(data).not.toHaveProperty('image/png');
    expect(data).toHaveProperty([FIGURE_MIME]);
  });

  it('is what a figure gives as the last expression of a cell', async () => {
    const figure = histogramOfOne();
    expect(await figure[DISPLAY_SYMBOL]()).toEqual(await figureBundle(figure));
  });
});

describe('show', () => {
  it('hands the kernel a bundle that is still being made', async () => {
    const shown: (MimeBundle | Promise<MimeBundle>)[] = [];
    useKernel(bundle => {
      shown.push(bundle);
      return Promise.resolve();
    });
    await show(histogramOfOne());
    expect(shown[0]).toBeInstanceOf(Promise);
    expect((await shown[0]).data).toHaveProperty(['image/png']);
  });

  it('sends the whole bundle through stock tslab when there is no kernel of ours', async () => {
    const write = jest.fn();
    tslab.mockReturnValue(write);
    const figure = histogramOfOne();
    await show(figure);
    const bundle = await figureBundle(figure);
    expect(write).toHaveBeenCalledWith({ ...bundle, transient: {} }, false);
  });

  it('prints the words outside a notebook, and says once how to see more', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const figure = histogramOfOne();
    await show(figure);
    await show(figure);
    const lines = log.mock.calls.map(([line]) => line as string);
    log.mockRestore();
    expect(lines).toEqual([figure.alt, expect.stringContaining('drawn in a notebook'), figure.alt]);
    expect(draw).not.toHaveBeenCalled();
  });

  it.each<[string, unknown, object, RegExp]>([
    [
      'what is no figure',
      { title: 'x' },
      {},
      /must be a figure, a quiz or an exercise, but got \{title\}/
    ],
    ['nothing', undefined, {}, /must be a figure, a quiz or an exercise, but got undefined/],
    ['an unknown option', histogramOfOne(), { size: 3 }, /`size`/],
    ['a width of NaN', histogramOfOne(), { width: NaN }, /`width` must be from 100 to 4000/],
    ['a height of 0', histogramOfOne(), { height: 0 }, /`height` must be from 100 to 4000/]
  ])('refuses %s', async (_, figure, options, message) => {
    await expect(show(figure as Figure, options)).rejects.toThrow(message);
  });
});
