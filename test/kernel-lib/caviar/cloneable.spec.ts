import vm from 'node:vm';
import { checkCloneable } from 'tunelab/dist/caviar/cloneable';

class Layer {
  units = 3;
}

describe('a context', () => {
  const loop: Record<string, unknown> = { a: 1 };
  loop.loop = loop;
  it.each([
    [undefined],
    [{ a: [1, 'b', null, undefined, 3n, new Date(0), /x/] }],
    [{ train: { x: new Float32Array(3), y: new Uint8Array(new SharedArrayBuffer(3)) } }],
    [new Map([['a', new Set([new Error('e')])]])],
    [Object.assign(Object.create(null) as object, { a: 1 })],
    [vm.runInNewContext('({ a: [new Map([[1, 2]])] })')],
    [loop]
  ])('of plain data can be copied: %#', context => {
    expect(() => checkCloneable(context)).not.toThrow();
    expect(() => structuredClone(context)).not.toThrow();
  });

  it.each([
    [() => 1, 'a function at context'],
    [{ data: [{ load: Math.max }] }, 'a function named max at context.data[0].load'],
    [{ a: Symbol('b') }, 'Symbol(b) at context.a'],
    [
      { net: { layer: new Layer() } },
      /at context\.net\.layer.*\n.*object of Layer would have no methods/
    ],
    [{ a: new Map([['b', new WeakMap()]]) }, 'context.a.get("b")'],
    [{ a: Promise.resolve() }, 'context.a']
  ])('is refused with the path of what cannot: %#', (context, told) => {
    expect(() => checkCloneable(context)).toThrow(told);
  });
});
