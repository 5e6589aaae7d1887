import { drawCrowd, placesOf, splitCrowded } from 'tunelab/dist/figures/marks/crowd';
import type { MarkTrace } from 'tunelab/dist/figures/marks/crowd';
import { MarkImage, stampOf } from 'tunelab/dist/figures/marks/markImage';
import { sceneSpec } from 'tunelab/dist/figures/spec';
import type { Scene } from 'tunelab/dist/figures/scene/scene';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function sceneOf(...counts: number[]): Scene {
  return {
    panels: [
      {
        row: 0,
        column: 0,
        x: { label: 'x', scale: 'linear' },
        y: { label: 'y', scale: 'linear' },
        layers: counts.map(count => ({
          kind: 'points' as const,
          name: `${count} marks`,
          x: range(count),
          y: range(count),
          text: i => `mark ${i}`
        }))
      }
    ]
  };
}

describe('splitCrowded', () => {
  it('leaves a figure of few marks as it is', () => {
    const spec = sceneSpec(sceneOf(3000, 2000));
    expect(splitCrowded(spec, 5000)).toEqual({ spec, crowds: [] });
  });

  it('takes the crowded traces out, says which they were, and leaves the best trial to Plotly', () => {
    const whole = sceneSpec(sceneOf(5001, 1), { asked: true });
    const { spec, crowds } = splitCrowded(whole, 5000);
    expect(crowds.map(({ index, trace }) => [index, trace.x.length])).toEqual([[0, 5001]]);
    expect(spec.data).toHaveLength(whole.data.length);
    expect(spec.data[0]).toMatchObject({ x: [null], y: [null] });
    expect(spec.data[1]).toBe(whole.data[1]);
    // Their words are asked for one by one.
    expect(whole.hover.get(0)!(4321)).toBe('mark 4321');
  });

  it('takes many panels of a few marks each for a crowd, too', () => {
    const { crowds } = splitCrowded(sceneSpec(sceneOf(...Array<number>(60).fill(100))), 5000);
    expect(crowds).toHaveLength(60);
  });
});

describe('placesOf', () => {
  it('is where Plotly puts a value: from the left, and from the top', () => {
    const axis = { type: 'linear', range: [10, 20] as const, _length: 300 };
    expect([10, 15, 20].map(placesOf(axis, 'x', 2))).toEqual([0, 300, 600]);
    expect([10, 15, 20].map(placesOf(axis, 'y', 1))).toEqual([300, 150, 0]);
  });

  it('reads a log axis in powers of ten, and a reversed one backwards', () => {
    expect(placesOf({ type: 'log', range: [-2, 0], _length: 100 }, 'x', 1)(0.1)).toBeCloseTo(50);
    expect(placesOf({ type: 'linear', range: [4, 0], _length: 100 }, 'x', 1)(1)).toBe(75);
  });
});

describe('drawCrowd', () => {
  const axes = {
    x: { type: 'linear', range: [0, 20] as const, _length: 20 },
    y: { type: 'linear', range: [0, 20] as const, _length: 20 }
  };
  const traceOf = (changes: Partial<MarkTrace>): MarkTrace => ({
    ...{ type: 'scatter', mode: 'markers', x: [5], y: [15], xaxis: 'x', yaxis: 'y' },
    marker: { color: '#ff0000', size: 6, symbol: 'circle', opacity: 1 },
    ...changes
  });
  const pixel = (image: MarkImage, x: number, y: number): number[] =>
    Array.from(image.pixels().slice((y * image.width + x) * 4, (y * image.width + x) * 4 + 4));

  it('lays a mark where the axes say, in its colour, and nothing elsewhere', () => {
    const image = new MarkImage(20, 20);
    drawCrowd(image, traceOf({}), axes, 1, undefined);
    expect(pixel(image, 5, 5)).toEqual([255, 0, 0, 255]);
    expect(pixel(image, 15, 15)[3]).toBe(0);
    image.clear();
    expect(pixel(image, 5, 5)[3]).toBe(0);
  });

  it('takes colours of values from the scale, and grey where a value is missing', () => {
    const marker = { color: [1, null], coloraxis: 'coloraxis', size: 6, symbol: 'circle' };
    const scale = { cmin: 0, cmax: 1, colorscale: [[0, '#000000'], [1, '#00ff00']] as [number, string][] }; // prettier-ignore
    const image = new MarkImage(20, 20);
    drawCrowd(image, traceOf({ x: [5, 15], y: [15, 5], marker }), axes, 1, scale);
    expect(pixel(image, 5, 5)).toEqual([0, 255, 0, 255]);
    expect(pixel(image, 15, 15)).toEqual([125, 133, 144, 255]);
  });

  it('lays the later mark over the earlier one, and lets what is below shine through', () => {
    const draw = (opacity: number): number[] => {
      const image = new MarkImage(20, 20);
      for (const color of ['#0000ff', '#ff0000']) {
        const marker = { color, size: 6, symbol: 'circle', opacity };
        drawCrowd(image, traceOf({ marker }), axes, 1, undefined);
      }
      return pixel(image, 5, 5);
    };
    expect(draw(1)).toEqual([0, 0, 255, 255]);
    // Half blue over half red: 0.5 blue + 0.25 red, of an alpha of 0.75.
    expect(draw(0.5)).toEqual([85, 0, 170, 191]);
    const image = new MarkImage(20, 20);
    const marker = { color: [0, 1], coloraxis: 'coloraxis', size: 6, symbol: 'circle' };
    const colorscale: [number, string][] = [[0, '#ff0000'], [1, '#0000ff']]; // prettier-ignore
    drawCrowd(image, traceOf({ x: [5, 5], y: [15, 15], marker }), axes, 1, { cmin: 0, cmax: 1, colorscale }); // prettier-ignore
    expect(pixel(image, 5, 5)).toEqual([0, 0, 255, 255]);
  });

  it('draws only some of the marks where time is short', () => {
    const image = new MarkImage(20, 20);
    drawCrowd(image, traceOf({ x: [5, 15], y: [15, 5] }), axes, 1, undefined, 2);
    expect([pixel(image, 5, 5)[3], pixel(image, 15, 15)[3]]).toEqual([0, 255]);
  });

  it('leaves out marks that have no place or lie far away, and cuts those at the border', () => {
    const image = new MarkImage(20, 20);
    const x = [NaN, null, Infinity, 1e300, -1e9, 0];
    drawCrowd(image, traceOf({ x, y: x.map(() => 10) }), axes, 1, undefined);
    const covered = image.pixels().filter((value, i) => i % 4 === 3 && value > 0).length;
    expect(covered).toBeGreaterThan(0);
    expect(covered).toBeLessThan(40);
  });
});

describe('stampOf', () => {
  const covered = (alphas: Float32Array): number => alphas.reduce((sum, alpha) => sum + alpha, 0);

  it('covers the area of a circle, wherever within a pixel it lies', () => {
    for (const { alphas } of stampOf('circle', 8, 1, 1).phases) {
      expect(Math.abs(covered(alphas) / (Math.PI * 16) - 1)).toBeLessThan(0.02);
    }
  });

  it.each(['x-thin', 'diamond-open'])('has a %s of the same form at each density', symbol => {
    const [one, two] = [1, 2].map(density => stampOf(symbol, 12, density, 1).phases[0].alphas);
    // Twice as long and twice as wide, but for the smooth border.
    expect(covered(two) / covered(one)).toBeGreaterThan(3.3);
    expect(covered(two) / covered(one)).toBeLessThan(4.3);
  });
});
