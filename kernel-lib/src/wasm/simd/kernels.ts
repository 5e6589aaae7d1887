/** The compiled kernels of `kernel-lib/assembly`, typed. Addresses, strides and sizes as documented there. */
export interface Kernels extends ActivationKernels {
  gemm(
    m: number, n: number, k: number,
    a: number, aRow: number, aColumn: number,
    b: number, bRow: number, bColumn: number,
    c: number, cRow: number,
    bias: number,
    scratch: number
  ): void; // prettier-ignore
  transpose(
    rows: number,
    columns: number,
    from: number,
    fromRow: number,
    to: number,
    toRow: number
  ): void;
  copyRows(
    rows: number,
    columns: number,
    from: number,
    fromRow: number,
    to: number,
    toRow: number
  ): void;
  gatherRows(
    count: number,
    columns: number,
    order: number,
    from: number,
    to: number,
    toRow: number
  ): void;
  columnSums(rows: number, n: number, from: number, row: number, to: number): void;
  batchMoments(
    rows: number,
    n: number,
    z: number,
    row: number,
    mean: number,
    variance: number
  ): void;
  normalize(
    rows: number, n: number, z: number, row: number,
    mean: number, variance: number, gamma: number, beta: number, epsilon: number,
    zNorm: number, out: number
  ): void; // prettier-ignore
  normalizeBackward(
    rows: number, n: number, dOut: number, row: number, zNorm: number,
    variance: number, gamma: number, epsilon: number,
    dGamma: number, dBeta: number, dz: number
  ): void; // prettier-ignore
  settle(n: number, decay: number, batch: number, running: number): void;
  dropoutMask(
    rows: number, n: number, row: number, mask: number, units: number, column: number,
    keyA: number, keyB: number, threshold: number, scale: number
  ): void; // prettier-ignore
  multiply(rows: number, n: number, row: number, z: number, mask: number, a: number): void;
  softmaxRows(
    rows: number, classes: number, n: number, z: number, row: number,
    a: number, sums: number, shifts: number
  ): void; // prettier-ignore
  crossEntropies(
    rows: number, classes: number, n: number, z: number, row: number,
    sums: number, shifts: number, labels: number, logs: number, smoothing: number
  ): number; // prettier-ignore
  rightRows(
    rows: number, classes: number, n: number, z: number, row: number, shifts: number, labels: number
  ): number; // prettier-ignore
  softmaxCrossEntropyBackward(
    rows: number, classes: number, n: number, a: number, row: number,
    labels: number, dz: number, share: number, smoothing: number
  ): void; // prettier-ignore
  squaredErrors: RowLosses;
  logisticLosses: RowLosses;
  differences(
    rows: number, n: number, row: number, a: number, targets: number, d: number, share: number
  ): void; // prettier-ignore
  gradientDescent(n: number, alpha: number, decay: number, w: number, g: number): void;
  momentum(
    n: number, alpha: number, beta: number, fresh: number, nesterov: boolean, decay: number,
    w: number, g: number, v: number
  ): void; // prettier-ignore
  rmsProp(
    n: number, alpha: number, past: number, epsilon: number, decay: number,
    w: number, g: number, s: number
  ): void; // prettier-ignore
  adam(
    n: number, alpha: number, beta1: number, beta2: number, epsilon: number, root: number,
    decay: number, keep: number, w: number, g: number, m: number, v: number
  ): void; // prettier-ignore
  squaredNorm(n: number, g: number): number;
  scale(n: number, factor: number, g: number): void;
  clampEach(n: number, limit: number, g: number): void;
  shortenColumns(inputs: number, units: number, w: number, limit: number, factors: number): void;
}

type RowLosses = (
  rows: number, units: number, n: number, row: number, a: number, targets: number, sums: number
) => void; // prettier-ignore

/** What activations are called in the assembly. */
export type ActivationName =
  'relu' | 'leakyRelu' | 'elu' | 'gelu' | 'geluTanh' | 'tanh' | 'sigmoid';

type ActivationKernels = {
  [
    name in ActivationName
  ]: (
    rows: number, n: number, row: number, z: number, a: number, constant: number
  ) => void; // prettier-ignore
} & {
  [
    name in `${ActivationName}Backward`
  ]: (
    rows: number, n: number, row: number,
    z: number, a: number, da: number, dz: number, constant: number
  ) => void; // prettier-ignore
};

/** What little of WebAssembly is used; neither Node's types nor a browser's are assumed. */
interface WebAssemblyLike {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
  Memory: new (sizes: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const wasm = () => (globalThis as { WebAssembly?: WebAssemblyLike }).WebAssembly;

/** Base64 to bytes, with what Node and browsers both have. */
function decode(base64: string): Uint8Array {
  const text = (globalThis as unknown as { atob(base64: string): string }).atob(base64);
  return Uint8Array.from(text, character => character.charCodeAt(0));
}

const modules = new Map<string, object | undefined>();

/** The compiled module of some bytes, made once; `undefined` where this machine cannot run it. */
export function compileModule(
  base64: string,
  form: 'alone' | 'shared' = 'alone'
): object | undefined {
  const key = form + base64;
  if (!modules.has(key)) {
    const bytes = decode(base64);
    if (form === 'shared') {
      bytes[placeOfLimits(bytes)] = SHARED;
    }
    const host = wasm();
    modules.set(key, host?.validate(bytes) ? new host.Module(bytes) : undefined);
  }
  return modules.get(key);
}

/** What stands before the limits of a memory that is imported: with a largest size, and shared as well. */
const [LIMITED, SHARED] = [1, 3];

/** Where the module says what memory it imports: after the name, "memory", and 2 for the kind. */
function placeOfLimits(bytes: Uint8Array): number {
  const before = [...'memory'].map(letter => letter.charCodeAt(0)).concat(2, LIMITED);
  const found = bytes.findIndex((_, at) => before.every((byte, i) => bytes[at + i] === byte));
  return found + before.length - 1;
}

/** Pages that the builds allow at most: all that 32 bits can address. */
const MOST_PAGES = 65536;

/** An instance of its own, on a memory of its own. @param shared for modules compiled to that form */
export function instantiate(
  module: object,
  pages: number,
  shared = false
): { kernels: Kernels; memory: WasmMemory } {
  const host = wasm()!;
  const memory = new host.Memory({ initial: pages, maximum: MOST_PAGES, shared });
  const { exports } = new host.Instance(module, { env: { memory } });
  return { kernels: exports as Kernels, memory };
}
