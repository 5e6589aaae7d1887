import zlib from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { deflateRuns, encodePixels } from 'tunelab/dist/figures/plotly/png';

describe('the PNG of cells', () => {
  it('has the pixels that it was made of, in colours', () => {
    const data = Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => (i * 37) % 256);
    const read = PNG.sync.read(Buffer.from(encodePixels({ width: 5, height: 3, data })));
    const colors = Array.from({ length: 15 }, (_, i) =>
      Array.from(read.data.subarray(4 * i, 4 * i + 3))
    );
    expect(colors.flat()).toEqual(Array.from(data));
  });

  it('has the pixels that it was made of, with a palette and its opacities', () => {
    const palette = [
      [0, 0, 0, 0],
      [250, 10, 20, 255],
      [1, 2, 3, 128]
    ] as const;
    const data = Uint8Array.from([0, 1, 2, 2, 1, 0]);
    const read = PNG.sync.read(Buffer.from(encodePixels({ width: 3, height: 2, data, palette })));
    expect(Array.from(read.data)).toEqual(Array.from(data).flatMap(i => [...palette[i]]));
  });

  it('is small where cells are large', () => {
    const data = Uint8Array.from({ length: 600 * 600 }, (_, i) => Math.floor((i % 600) / 60));
    const palette = Array.from({ length: 10 }, (_, i) => [i, i, i, 255] as const);
    expect(encodePixels({ width: 600, height: 600, data, palette }).length).toBeLessThan(6000);
  });

  it('packs bytes so that zlib unpacks the same', () => {
    const bytes = fc.array(fc.nat(3), { maxLength: 2000 });
    fc.assert(
      fc.property(bytes, fc.constantFrom(1, 3, 4), (values, distance) => {
        const data = Uint8Array.from(values, value => value * 80);
        const packed = deflateRuns(data, distance);
        expect(Array.from(zlib.inflateSync(packed))).toEqual(Array.from(data));
      })
    );
  });
});
