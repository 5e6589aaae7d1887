import type { WasmMemory } from './kernels';

const PAGE = 65536;
/** Whole cache lines keep vectors of different buffers apart. */
const LINE = 64;

/**
 * Addresses in one WebAssembly memory. What is learned lies below, at places that never change; what depends
 * on the number of rows lies above and is laid out anew when more rows come.
 */
export class Layout {
  #next: number;

  /** @param start the first free address */
  constructor(start: number) {
    this.#next = start;
  }

  /** Room for `count` numbers of 4 bytes, and for a vector read or written past its end. */
  claim(count: number): number {
    const address = this.#next;
    this.#next = Math.ceil((address + count * 4 + 16) / LINE) * LINE;
    return address;
  }

  get end(): number {
    return this.#next;
  }

  get pages(): number {
    return Math.ceil(this.#next / PAGE);
  }
}

/** Float32 view of `count` numbers at `address`; dead after the memory has grown. */
export const floats = (memory: WasmMemory, address: number, count: number) =>
  new Float32Array(memory.buffer, address, count);

/** Grows a memory to at least `pages`. */
export function ensurePages(memory: WasmMemory, pages: number): void {
  const have = memory.buffer.byteLength / PAGE;
  if (pages > have) {
    try {
      memory.grow(pages - have);
    } catch (error) {
      throw new RangeError(
        `engine: the machine must have room for the network and its mini-batch, but they need ${((pages * PAGE) / 2 ** 30).toPrecision(3)} GiB.\n` +
          'Use fewer units, a smaller batch, or let other networks go.',
        { cause: error }
      );
    }
  }
}
