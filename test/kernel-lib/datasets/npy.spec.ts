import fc from 'fast-check';
import { datasets } from 'tunelab';
import { outcome } from './outcome';

// What numpy 2 writes: header, then numbers; all headers below fill 128 bytes (118 of text).
function file(header: string, numbers: number[], version = 1): Uint8Array {
  const text = header.padEnd(version === 1 ? 117 : 115) + '\n';
  const length = version === 1 ? [text.length, 0] : [text.length, 0, 0, 0];
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    version,
    0,
    ...length,
    ...Buffer.from(text),
    ...numbers // prettier-ignore
  ]);
}
const describeArray = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`;
// np.save(file, np.array([[1.5, -2], [0, 3e30]], '<f4'))
const FLOATS =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAAwAAAAAAXdhdy';
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

describe('datasets.readNpy', () => {
  it.each([
    ['f4', FLOATS, Float32Array.of(1.5, -2, 0, 3e30), [2, 2]],
    [
      // np.save(file, np.asfortranarray(np.arange(12, dtype='<f8').reshape(2, 3, 2)))
      'f8 in Fortran order',
      'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAABhAAAAAAAAAAEAAAAAAAAAgQAAAAAAAABBAAAAAAAAAJEAAAAAAAADwPwAAAAAAABxAAAAAAAAACEAAAAAAAAAiQAAAAAAAABRAAAAAAAAAJkA=',
      Float64Array.from({ length: 12 }, (_, i) => i),
      [2, 3, 2]
    ],
    [
      // np.save(file, np.array([-3, 2**31 - 1]))
      'i8',
      'k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAr9/////////////38AAAAA',
      Int32Array.of(-3, 2 ** 31 - 1),
      [2]
    ],
    [
      // np.save(file, np.array([True, False]))
      'b1',
      'k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAA==',
      Uint8Array.of(1, 0),
      [2]
    ],
    [
      // np.save(file, np.array(7, '<i4'))
      'i4 without axes',
      'k05VTVBZAQB2AHsnZGVzY3InOiAnPGk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoHAAAA',
      Int32Array.of(7),
      []
    ],
    [
      // np.lib.format.write_array(file, np.array([[1, 2, 3]], 'u1'), version=(2, 0))
      'u1 in format 2',
      'k05VTVBZAgB0AAAAeydkZXNjcic6ICd8dTEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAgM=',
      Uint8Array.of(1, 2, 3),
      [1, 3]
    ]
  ])('reads what numpy wrote: %s', (_, base64, data, shape) => {
    expect(datasets.readNpy(bytes(base64))).toEqual({ data, shape });
  });

  it('reads what writeNpy wrote, of any type and shape, from any offset', () => {
    const values = fc.oneof(
      fc.float32Array(),
      fc.float64Array(),
      fc.int8Array(),
      fc.int16Array(),
      fc.int32Array(),
      fc.uint8Array(),
      fc.uint16Array()
    );
    fc.assert(
      fc.property(values, fc.boolean(), fc.nat(9), (data, flat, offset) => {
        const shape = flat ? [data.length] : [1, data.length, 1];
        const written = datasets.writeNpy(data, shape);
        expect(written.length - data.byteLength).toBe(128);
        const shifted = new Uint8Array(offset + written.length);
        shifted.set(written, offset);
        expect(datasets.readNpy(shifted.subarray(offset))).toEqual({ data, shape });
      })
    );
  });

  it('writes the very bytes that numpy writes', () => {
    const written = datasets.writeNpy(Float32Array.of(1.5, -2, 0, 3e30), [2, 2]);
    expect(written).toEqual(bytes(FLOATS));
    expect(Buffer.from(datasets.writeNpy(Int32Array.of(1))).toString('latin1')).toContain(
      "'shape': (1,), }"
    );
    // prettier-ignore
    expect(() => datasets.writeNpy(Float32Array.of(1, 2), [3])).toThrow(/\[1, 2\] in the shape \[3\]/);
    expect(() => datasets.writeNpy([1, 2] as never)).toThrow(/a typed array/);
  });

  it.each([
    ['an empty file', new Uint8Array(0), /0 bytes that begin with ""/],
    [
      'another file',
      Uint8Array.from(Buffer.from('PK\x03\x04 an archive of numpy')),
      /\.npz archive/
    ],
    ['a newer format', file(describeArray('<f4', '1,'), [0, 0, 0, 0], 3), /but got format 3\.0/],
    [
      'a header beyond the end',
      file('', []).subarray(0, 60),
      /a header of 118 bytes in a file of 60/
    ],
    ['a header that says nothing', file('{}', []), /but got the header "{}"/],
    ['a shape that is none', file(describeArray('<f4', '-1,'), []), /but got the header/],
    ['big endian numbers', file(describeArray('>f4', '1,'), [0, 0, 0, 0]), /">f4".\n.*astype/],
    ['complex numbers', file(describeArray('<c8', '0,'), []), /type "<c8"/],
    ['Python objects', file(describeArray('|O', '1,'), [0]), /type "\|O"/],
    ['what is no type but a method', file(describeArray('|s1', '0,'), []), /type "\|s1"/],
    [
      'structured arrays',
      file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", []),
      /numbers of type "{'descr': \[/
    ],
    [
      'a file cut off',
      file(describeArray('<f4', '2,'), [0, 0, 0, 0]),
      /8 bytes must follow.*got 4/
    ],
    ['bytes left over', file(describeArray('|u1', '2,'), [0, 0, 0]), /2 bytes must follow.*got 3/],
    [
      'shapes beyond all memory',
      file(describeArray('<f8', '2000000, 10000'), []),
      /2000000 x 10000 \(f8\), which would need 149 GiB/
    ],
    [
      'shapes beyond all numbers',
      file(describeArray('<f8', `${'9'.repeat(30)}, 9`), []),
      /would need/
    ],
    [
      'whole numbers of 64 bits',
      file(describeArray('<i8', '1,'), [0, 0, 0, 128, 0, 0, 0, 0]),
      /2147483648 at index 0/
    ]
  ])('refuses %s', (_, source, message) => {
    expect(() => datasets.readNpy(source)).toThrow(message);
  });
});

describe('a damaged file', () => {
  it('is read or refused with an error of its own, whichever bytes are wrong', () => {
    const good = bytes(FLOATS);
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1 });
    fc.assert(
      fc.property(damage, fc.nat(good.length), (changes, length) => {
        const source = good.slice(0, length + 20);
        changes.forEach(([at, value]) => (source[at] = value));
        const found = outcome(() => datasets.readNpy(source));
        const fits =
          typeof found === 'string'
            ? /^datasets\.readNpy: [^]*, but got /.test(found)
            : found.data.length === found.shape.reduce((a, b) => a * b, 1);
        expect([fits, found]).toEqual([true, found]);
      }),
      { numRuns: 2000 }
    );
  });
});

describe('datasets.npy', () => {
  const x = datasets.writeNpy(Float32Array.of(0, 1, 2, 3, 4, 5), [3, 2]);

  it('reads features and classes', () => {
    expect(datasets.npy({ x, y: datasets.writeNpy(Int32Array.of(1, 0, 1)) })).toEqual({
      x: Float32Array.of(0, 1, 2, 3, 4, 5),
      y: Int32Array.of(1, 0, 1),
      rows: 3,
      features: 2,
      classes: 2
    });
  });

  it('reads features and targets', () => {
    const one = datasets.npy({ x, targets: datasets.writeNpy(Float64Array.of(1, 2, 3)) });
    expect([one.outputs, ...one.targets]).toEqual([1, 1, 2, 3]);
    const two = datasets.npy({ x, targets: datasets.writeNpy(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]) }); // prettier-ignore
    expect([two.outputs, ...two.targets]).toEqual([2, 1, 2, 3, 4, 5, 6]);
  });

  it('knows images by their axes, with or without a channel', () => {
    const y = datasets.writeNpy(Uint8Array.of(0, 1));
    const read = (...shape: number[]) =>
      datasets.npy({ x: datasets.writeNpy(new Uint8Array(12), shape), y });
    expect([read(2, 2, 3).image, read(2, 2, 3).features]).toEqual([[2, 3], 6]);
    expect(read(2, 1, 2, 3).image).toEqual([2, 3]);
    expect(read(2, 2, 3, 1).image).toEqual([2, 3]);
    expect(read(2, 6)).not.toHaveProperty('image');
    expect(read(2, 2, 1, 3)).not.toHaveProperty('image');
  });

  it.each([
    ['nothing to predict', { x }, /there must be `x`, and `y`.*got `x`/],
    ['both', { x, y: x, targets: x }, /but got `x`, `y`, `targets`/],
    [
      'features in one row',
      { x: datasets.writeNpy(Float32Array.of(1, 2)), y: x },
      /`x` must have the shape \(examples, features\).*got \(2\)/
    ],
    ['classes in two columns', { x, y: x }, /`y` must have the shape \(examples\).*got \(3, 2\)/],
    [
      'another number of labels',
      { x, y: datasets.writeNpy(Int32Array.of(1, 2)) },
      /3 rows and 2 labels/
    ],
    [
      'classes with fractions',
      { x, y: datasets.writeNpy(Float32Array.of(0, 1, 0.5)) },
      /0\.5 in row 2/
    ],
    [
      'NaN',
      {
        x: datasets.writeNpy(Float32Array.of(1, NaN), [2, 1]),
        y: datasets.writeNpy(Int32Array.of(0, 1))
      },
      /NaN in row 1, column 0/
    ],
    [
      'no rows',
      {
        x: datasets.writeNpy(new Float32Array(0), [0, 2]),
        y: datasets.writeNpy(new Int32Array(0))
      },
      /without empty axes, but got \(0, 2\)/
    ],
    ['an unknown file', { x, labels: x }, /but got `labels`/]
  ])('refuses %s', (_, files, message) => {
    expect(() => datasets.npy(files as never)).toThrow(message);
  });
});
