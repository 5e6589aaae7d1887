import type { Kernels, WasmMemory } from '../simd/kernels';
import { shareKernels } from './kernels';
import { hasThreads, Pool } from './pool';

/** Threads that a network computes with. */
export interface Threads {
  readonly module: object;
  readonly count: number;
  /** Kernels that share their work. @param scratchBytes room of each thread */
  share(instance: { kernels: Kernels; memory: WasmMemory }, scratchBytes: number): Kernels;
  /** Ends what a call that was interrupted left under way: it must not write over what comes next. */
  quiet(): void;
}

/** One pool for each module and number of threads, kept for the next network. */
const pools = new Map<object, Map<number, Pool>>();
let networks = 0;

/** Tells the threads when a network is gone, so that they let go of its memory as well. */
const dropped = new FinalizationRegistry<{ pool: Pool; network: number }>(({ pool, network }) =>
  pool.forget(network)
);

/**
 * Threads on a build for shared memory; `undefined` where there are none, as in a browser: all runs in one thread
 * then and gives the same bits.
 */
export function startThreads(shared: () => object | undefined, count: number): Threads | undefined {
  const module = hasThreads() ? shared() : undefined;
  if (!module) {
    return undefined;
  }
  const ofModule = pools.get(module) ?? new Map<number, Pool>();
  pools.set(module, ofModule);
  const pool = ofModule.get(count) ?? new Pool(module, count);
  ofModule.set(count, pool);
  return {
    module,
    count,
    quiet: () => pool.begin(),
    share({ kernels, memory }, scratchBytes) {
      const network = { id: ++networks, memory };
      dropped.register(memory, { pool, network: network.id });
      return shareKernels(kernels, pool, network, scratchBytes);
    }
  };
}
