import type { Kernels } from '../simd/kernels';
import { MOST_SHARES, type Pool } from './pool';
import { SHARE } from './worker';

/** Numbers of work, products or elements, below which a call is not worth sharing: about 5 µs. */
const LEAST = { products: 250_000, elements: 16_384, exponentials: 1024 };

/** A dimension of a call that may be cut: which argument holds it, and how addresses move along it. */
interface Cut {
  /** Place of the count among the arguments. */
  count: number;
  /** Shares are multiples of this, so that they end at vectors, blocks and cache lines. */
  unit: number;
  /** Places of addresses, and by how many bytes each moves for one step of the count. */
  moves: readonly (readonly [place: number, bytes: number])[];
}

/**
 * The kernels of one network, of which large calls are shared among the threads of a pool. Shares write to different
 * places, and every sum is made by one of them in its usual order: all bits are those of one thread.
 */
export function shareKernels(
  kernels: Kernels,
  pool: Pool,
  network: { id: number; memory: unknown },
  scratchBytes: number
): Kernels {
  const names = Object.keys(kernels);
  const all = kernels as unknown as Record<string, (...values: number[]) => void>;
  const { numbers } = pool;

  function own(share: number): void {
    const at = share * SHARE.numbers;
    const a = at + SHARE.arguments;
    const run = all[names[numbers[at + SHARE.kernel]]];
    // One by one: to spread them would cost as much as a small share.
    run(
      numbers[a], numbers[a + 1], numbers[a + 2], numbers[a + 3], numbers[a + 4], numbers[a + 5], numbers[a + 6],
      numbers[a + 7], numbers[a + 8], numbers[a + 9], numbers[a + 10], numbers[a + 11], numbers[a + 12]
    ); // prettier-ignore
  }

  function share(name: string, values: readonly number[], { count, unit, moves }: Cut): void {
    const total = values[count];
    const parts = Math.min(2 * pool.threads, MOST_SHARES, Math.ceil(total / unit));
    const size = Math.ceil(total / parts / unit) * unit;
    pool.begin();
    pool.know(network.id, network.memory);
    let shares = 0;
    for (let first = 0; first < total; first += size) {
      const at = shares++ * SHARE.numbers;
      numbers[at + SHARE.network] = network.id;
      numbers[at + SHARE.kernel] = names.indexOf(name);
      numbers[at + SHARE.stride] = name === 'gemm' ? scratchBytes : 0;
      numbers.set(values, at + SHARE.arguments);
      numbers[at + SHARE.arguments + count] = Math.min(size, total - first);
      for (const [place, bytes] of moves) {
        // An address of 0 says that there is none.
        if (values[place] !== 0) {
          numbers[at + SHARE.arguments + place] += first * bytes;
        }
      }
    }
    pool.run(shares, own);
  }

  /** A kernel that is shared where its work is at least `least`. */
  function shared(
    name: string,
    least: number,
    work: (v: number[]) => number,
    cut: (v: number[]) => Cut
  ) {
    const alone = all[name];
    return (...values: number[]) =>
      work(values) < least ? alone(...values) : share(name, values, cut(values));
  }

  const area = ([rows, n]: number[]) => rows * n;
  const [elements, exponentials] = [LEAST.elements, LEAST.exponentials];
  const columns =
    (...places: number[]) =>
    (): Cut => ({ count: 1, unit: 16, moves: places.map(place => [place, 4] as const) });
  const rows = (row: number, addresses: readonly number[], words: readonly number[] = []) => (v: number[]): Cut => ({
    count: 0,
    unit: 4,
    moves: [...addresses.map(place => [place, v[row]] as const), ...words.map(place => [place, 4] as const)]
  }); // prettier-ignore
  const sweep =
    (...places: number[]) =>
    (): Cut => ({ count: 0, unit: 16, moves: places.map(place => [place, 4] as const) });
  const first = ([n]: number[]) => n;

  const result: Record<string, (...values: number[]) => void> = {
    gemm: shared('gemm', LEAST.products, ([m, n, k]) => m * n * k, ([m, n, , , aRow, , , , bColumn, , cRow]) =>
      n > m
        ? { count: 1, unit: 16, moves: [[6, bColumn], [9, 4], [11, 4]] }
        : { count: 0, unit: 12, moves: [[3, aRow], [9, cRow]] }),
    batchMoments: shared('batchMoments', elements, area, columns(2, 4, 5)),
    normalize: shared('normalize', elements, area, columns(2, 4, 5, 6, 7, 9, 10)),
    normalizeBackward: shared('normalizeBackward', elements, area, columns(2, 4, 5, 6, 8, 9, 10)),
    softmaxRows: shared('softmaxRows', exponentials, ([count, , n]) => count * n, rows(4, [3, 5], [6, 7])),
    gradientDescent: shared('gradientDescent', elements, first, sweep(3, 4)),
    momentum: shared('momentum', elements, first, sweep(6, 7, 8)),
    rmsProp: shared('rmsProp', elements, first, sweep(5, 6, 7)),
    adam: shared('adam', elements, first, sweep(8, 9, 10, 11))
  }; // prettier-ignore
  for (const name of ['relu', 'leakyRelu', 'elu', 'gelu', 'geluTanh', 'tanh', 'sigmoid']) {
    result[name] = shared(name, elements, area, rows(2, [3, 4]));
    const back = `${name}Backward`;
    result[back] = shared(back, elements, area, rows(2, [3, 4, 5, 6]));
  }
  return { ...kernels, ...result } as unknown as Kernels;
}
