import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { datasets, fit, layers, load, loadFile, optimizers, predict, save, saveFile, sequential } from 'tunelab'; // prettier-ignore

const { train, test } = datasets.digits({ seed: 1 });
const optimizer = optimizers.adam({ learningRate: 0.003 });
const make = () =>
  sequential(
    [layers.dense(12), layers.batchNorm({ decay: 0.8 }), layers.relu(), layers.dense(10), layers.softmax()],
    { inputs: 64, seed: 4 }
  ); // prettier-ignore

function header(bytes: Uint8Array): Record<string, { dtype: string; shape: number[]; data_offsets: number[] }> {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
} // prettier-ignore

/** A file with another header in front of the same numbers. */
function withHeader(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const text = new TextEncoder().encode(change(new TextDecoder().decode(bytes.subarray(8, 8 + length))));
  const result = new Uint8Array(8 + text.length + bytes.length - 8 - length);
  new DataView(result.buffer).setBigUint64(0, BigInt(text.length), true);
  result.set(text, 8);
  result.set(bytes.subarray(8 + length), 8 + text.length);
  return result;
} // prettier-ignore

describe('save and load', () => {
  it('give a network back that says the same, to the bit', async () => {
    const network = make();
    await fit(network, train, { epochs: 2, optimizer });
    const copy = load(save(network));
    expect(copy).toMatchObject({ layers: network.layers, inputs: 64, steps: network.steps });
    expect(predict(copy, test.x, { typed: true })).toEqual(predict(network, test.x, { typed: true }));
  }); // prettier-ignore

  it('keep the state of the optimizer: training goes on as if it had never stopped', async () => {
    const network = make();
    await fit(network, train, { epochs: 2, optimizer });
    const copy = load(save(network));
    const go = { epochs: 1, optimizer, seed: 9 };
    expect((await fit(copy, train, go)).stepLosses).toEqual((await fit(network, train, go)).stepLosses);
  }); // prettier-ignore

  it('work for a network that was never trained, and in float64', () => {
    const network = sequential([layers.dense(3)], { inputs: 2, precision: 'float64' });
    const copy = load(save(network));
    expect(copy.precision).toBe('float64');
    expect(predict(copy, [[1, 2]])).toEqual(predict(network, [[1, 2]]));
  });

  it('keep the bias before batch norm where there was one: files of before, and `bias: true`', () => {
    const kept = sequential([layers.dense(3, { bias: true }), layers.batchNorm(), layers.dense(2)], { inputs: 4 });
    kept.parameters[1].values.set([1, 2, 3]);
    const copy = load(save(kept));
    expect(copy.layers).toEqual(kept.layers);
    expect(Array.from(copy.parameters[1].values)).toEqual([1, 2, 3]);
  }); // prettier-ignore

  it('write the layout that safetensors asks for: aligned, contiguous, named by layer', () => {
    const bytes = save(make());
    const { __metadata__: metadata, ...tensors } = header(bytes);
    expect(tensors['0.weights']).toMatchObject({ dtype: 'F32', shape: [64, 12] });
    expect(Object.keys(tensors)).toEqual([
      '0.weights', '1.gamma', '1.beta', '1.runningMean', '1.runningVariance', '3.weights', '3.bias'
    ]); // prettier-ignore
    let end = 0;
    for (const { data_offsets: offsets } of Object.values(tensors)) {
      expect(offsets[0]).toBe(end);
      end = offsets[1];
    }
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(8 + length + end).toBe(bytes.length);
    expect(JSON.parse((metadata as unknown as { tunelab: string }).tunelab)).toMatchObject({ version: 1, inputs: 64 }); // prettier-ignore
  });

  it('go through files, which appear whole', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab save '));
    const file = path.join(folder, 'network.safetensors');
    const network = make();
    await saveFile(network, file);
    expect(readdirSync(folder)).toEqual(['network.safetensors']);
    expect(predict(await loadFile(file), test.x)).toEqual(predict(network, test.x));
    rmSync(folder, { recursive: true });
  });

  const bytes = save(make());
  const huge = bytes.slice();
  new DataView(huge.buffer).setBigUint64(0, 2n ** 60n, true);
  it.each([
    ['an empty file', new Uint8Array(0), /begins with 8 bytes/],
    ['a header longer than the file', huge, /must lie inside it, but got a header of 115292150460684\d+ bytes/],
    ['a file cut short', bytes.slice(0, bytes.length - 4), /lie inside the file with as many bytes as its shape asks for.*"3.bias"/],
    ['another kind of file', new TextEncoder().encode('\x50\0\0\0\0\0\0\0' + 'x'.repeat(100)), /must be JSON/],
    ['an array larger than the file', withHeader(bytes, text => text.replace('[64,12]', '[64000000,12000000]')), /as many bytes as its shape asks for/],
    ['more units than the file has weights for', withHeader(bytes, text => text.replace('\\"units\\":12', '\\"units\\":120000000')), /layer 0 \(dense\) must have `weights` of shape \(64, 120000000\), but got shape \(64, 12\)/],
    ['a missing array', withHeader(bytes, text => text.replace('"1.gamma"', '"1.gamme"')), /must have `gamma` of shape \(12\), but got none/],
    ['a decay that is no number', withHeader(bytes, text => text.replace('\\"decay\\":0.8', '\\"decay\\":8')), /0 <= decay < 1/],
    ['an unknown layer', withHeader(bytes, text => text.replace('\\"type\\":\\"relu\\"', '\\"type\\":\\"rely\\"')), /made by `layers\.\*`, but got {type} as layer 2/],
    ['a later version', withHeader(bytes, text => text.replace('\\"version\\":1', '\\"version\\":2')), /must have version 1, but got version 2/],
    ['a file of somebody else', withHeader(bytes, text => text.replace('"tunelab"', '"format"')), /metadata `tunelab`/]
  ])('refuse %s', (_, damaged, message) => {
    expect(() => load(damaged)).toThrow(message);
  }); // prettier-ignore

  it('refuse a path or a text where bytes must be, and say what reads files', () => {
    for (const wrong of ['digits.safetensors', undefined, new ArrayBuffer(8)]) {
      expect(() => load(wrong as unknown as Uint8Array)).toThrow(/^load: .* loadFile\(path\)/s);
    }
  });
});
