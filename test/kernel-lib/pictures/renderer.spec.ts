import { PNG } from 'pngjs';
import * as figures from 'tunelab/dist/figures/index';
import { sceneFigure } from 'tunelab/dist/figures/scene/store';
import { rasterize } from 'tunelab/dist/pictures/rasterize';
import { Renderer } from 'tunelab/dist/pictures/renderer';
import type { Picture } from 'tunelab/dist/pictures/renderer';
import * as examples from '../figures/examples';
import { ink } from '../../ink';

const SIZE = { width: 640, height: 420, scale: 2 };
const TITLE = { left: 30, top: 4, right: 400, bottom: 34 };
// Below and beside the tick marks: only their labels leave ink here.
const X_TICKS = { left: 40, top: 375, right: 620, bottom: 388 };
const X_LABEL = { left: 200, top: 390, right: 500, bottom: 418 };
const Y_TICKS = { left: 26, top: 70, right: 50, bottom: 370 };
const Y_LABEL = { left: 2, top: 100, right: 24, bottom: 340 };

/** A figure of one series, without a legend, whose texts lie where the regions above are. */
const plain = examples.scatterOfValue;

describe('a picture', () => {
  const renderer = new Renderer();
  let picture: Picture;

  beforeAll(async () => {
    picture = await renderer.render(plain().payload, SIZE);
  });

  afterAll(() => renderer.close());

  it('is a PNG of two pixels for each CSS pixel', () => {
    const { width, height } = PNG.sync.read(Buffer.from(picture.png));
    expect([width, height, picture.width, picture.height]).toEqual([1280, 840, 640, 420]);
  });

  it.each([
    ['title', TITLE],
    ['x ticks', X_TICKS],
    ['x label', X_LABEL],
    ['y ticks', Y_TICKS],
    ['y label', Y_LABEL]
  ])('has ink in its %s', (_, region) => {
    expect(ink(picture.png, region)).toBeGreaterThan(0.005);
  });

  it.each([
    ['title', TITLE],
    ['x ticks', X_TICKS],
    ['x label', X_LABEL],
    ['y ticks', Y_TICKS],
    ['y label', Y_LABEL]
  ])('has no ink in its %s when the font is missing: the test above can fail', (_, region) => {
    const blank = rasterize(picture.svg, { scale: 2, fontFile: null });
    expect(ink(blank, region)).toBe(0);
  });

  it('has a white background', () => {
    const { data } = PNG.sync.read(Buffer.from(picture.png));
    expect(Array.from(data.subarray(0, 4))).toEqual([255, 255, 255, 255]);
  });

  it.each(Object.entries(examples).filter(([name]) => /^(scatter|histogram|curves)/.test(name)))(
    '%s is clipped at no border',
    async (_, example) => {
      const { payload } = (example as typeof plain)();
      const { png } = await renderer.render(payload, SIZE);
      const { width, height } = SIZE;
      for (const border of [
        { left: 0, top: 0, right: width, bottom: 2 },
        { left: 0, top: height - 2, right: width, bottom: height },
        { left: 0, top: 0, right: 2, bottom: height },
        { left: width - 2, top: 0, right: width, bottom: height }
      ]) {
        expect(ink(png, border)).toBe(0);
      }
    }
  );

  it('makes room for long tick labels', async () => {
    const axis = {
      label: 'x',
      scale: 'category' as const,
      categories: ['a rather long category', 'b']
    };
    const study = examples.study(0, {
      space: { kind: { ...examples.space.activation, axis: () => axis } },
      trials: [examples.trial(0, { config: { kind: 'relu' } })]
    });
    const { payload } = figures.scatter(study, { x: 'number', y: 'kind' });
    const { png } = await renderer.render(payload, SIZE);
    expect(ink(png, { left: 0, top: 0, right: 2, bottom: 420 })).toBe(0);
    expect(ink(png, { left: 30, top: 200, right: 180, bottom: 380 })).toBeGreaterThan(0.005);
  });

  it('carries its words', () => {
    expect(picture.svg).toContain(`<title>${plain().alt}</title>`);
  });

  it('writes markup in names as text', async () => {
    const figure = figures.histogram([1, 2], { title: '<b>bold</b> & <script>alert(1)</script>' });
    const { svg } = await renderer.render(figure.payload, SIZE);
    expect(svg).not.toMatch(/<script|<b>/);
    // Plotly writes &#60; for &lt;.
    const title = /class="gtitle"[^>]*>([^<]*)</.exec(svg)?.[1];
    expect(title).toBe(
      '&#60;b&#62;bold&#60;/b&#62; &amp; &#60;script&#62;alert(1)&#60;/script&#62;'
    );
  });

  it('draws Greek letters', async () => {
    const draw = async (xLabel: string): Promise<number> =>
      ink(
        (await renderer.render(figures.histogram([1, 2], { xLabel }).payload, SIZE)).png,
        X_LABEL
      );
    expect(await draw('αβγεμσλ')).toBeGreaterThan((await draw(' ')) + 0.01);
  });

  it('is the same every time', async () => {
    const again = await renderer.render(plain().payload, SIZE);
    // Plotly numbers its clip paths at random.
    const svg = ({ svg }: Picture): string =>
      svg.replace(/(clip|defs-|legend|trace)[0-9a-f]{6}/g, '$1');
    expect(svg(again)).toBe(svg(picture));
    expect(Buffer.from(again.png).equals(Buffer.from(picture.png))).toBe(true);
  });

  it('draws 20,000 marks as one image, on which they look as marks do', async () => {
    const many = figures.scatter(examples.study(20_000), { x: 'learningRate', y: 'beta' });
    const { svg, png } = await renderer.render(many.payload, SIZE);
    expect(svg).toContain('href="data:image/png;base64,');
    expect(svg.match(/class="point"/g)!.length).toBeLessThan(20);
    expect(ink(png, { left: 120, top: 80, right: 500, bottom: 340 })).toBeGreaterThan(0.5);
  });

  it('puts marks of an image where single marks stand', async () => {
    const at = async (count: number): Promise<number[]> => {
      const ones = (value: number): number[] => new Array<number>(count).fill(value);
      const { payload } = sceneFigure({
        figure: 'scatter',
        title: '',
        alt: 'All marks at one place.',
        scene: {
          panels: [
            {
              row: 0,
              column: 0,
              x: { label: 'learning rate', scale: 'log', range: [1e-4, 1] },
              y: { label: 'beta', scale: 'oneMinusLog', range: [0.9, 0.999] },
              layers: [{ kind: 'points', name: 'trials', x: ones(0.1), y: ones(0.99), size: 8 }]
            }
          ]
        }
      });
      const { png } = await renderer.render(payload, SIZE);
      const image = PNG.sync.read(Buffer.from(png));
      let [sum, xs, ys] = [0, 0, 0];
      for (let y = 160; y < 680; y++) {
        for (let x = 200; x < 1000; x++) {
          // The mark is purple or yellow, the grid is grey.
          const [r, g, b] = image.data.subarray((y * image.width + x) * 4);
          if (Math.max(r, g, b) - Math.min(r, g, b) < 60) continue;
          [sum, xs, ys] = [sum + 1, xs + x, ys + y];
        }
      }
      return [xs / sum, ys / sum];
    };
    const [single, image] = [await at(50), await at(1500)];
    expect(image).toBeAllclose(single, { atol: 1, rtol: 0 });
  });
});
