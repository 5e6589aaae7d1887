/** The compiled kernels of `kernel-lib/assembly`, typed. Addresses, strides and sizes as documented there. */
export interface Kernels {
  gemm(
    m: number, n: number, k: number,
    a: number, aRow: number, aColumn: number,
    b: number, bRow: number,
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
  relu(n: number, z: number, a: number): void;
  reluBackward(n: number, z: number, da: number, dz: number): void;
  softmaxRows(
    rows: number, classes: number, n: number, z: number, row: number,
    a: number, sums: number, shifts: number
  ): void; // prettier-ignore
  softmaxCrossEntropyBackward(
    rows: number,
    n: number,
    a: number,
    row: number,
    labels: number,
    dz: number
  ): void;
  gradientDescent(n: number, alpha: number, w: number, g: number): void;
  momentum(
    n: number,
    alpha: number,
    beta: number,
    fresh: number,
    w: number,
    g: number,
    v: number
  ): void;
  adam(
    n: number, alpha: number, beta1: number, beta2: number, epsilon: number, root: number,
    w: number, g: number, m: number, v: number
  ): void; // prettier-ignore
}

/** What little of WebAssembly is used; neither Node's types nor a browser's are assumed. */
interface WebAssemblyLike {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
  Memory: new (sizes: { initial: number }) => WasmMemory;
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
export function compileModule(base64: string): object | undefined {
  if (!modules.has(base64)) {
    const bytes = decode(base64);
    const host = wasm();
    modules.set(base64, host?.validate(bytes) ? new host.Module(bytes) : undefined);
  }
  return modules.get(base64);
}

/** An instance of its own, on a memory of its own. */
export function instantiate(
  module: object,
  pages: number
): { kernels: Kernels; memory: WasmMemory } {
  const host = wasm()!;
  const memory = new host.Memory({ initial: pages });
  const { exports } = new host.Instance(module, { env: { memory } });
  return { kernels: exports as Kernels, memory };
}
