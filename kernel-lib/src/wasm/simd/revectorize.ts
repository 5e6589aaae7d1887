import { nodeModule, nodeProcess, now } from '../../host';
import { instantiate } from './kernels';

/** Optimise at once and to the end. */
const EAGER = ['no-liftoff', 'no-wasm-lazy-compilation'];

/**
 * Flags by Node's major version: the ones under which this was tried. The feature is an experiment of V8's, and
 * in a version nobody has tried it could end the process: Node 26 aborts unless inlining is off as well.
 */
const FLAGS: Readonly<Record<number, readonly string[]>> = {
  24: ['experimental-wasm-revectorize', ...EAGER],
  26: ['experimental-wasm-revectorize', ...EAGER, 'no-wasm-inlining']
};

const opposite = (flag: string) => (flag.startsWith('no-') ? flag.slice(3) : `no-${flag}`);

/**
 * Compiles with V8's revectorization, to the end and at once, so that what is checked afterwards is the
 * optimised code; the flags, all with their usual values before, are
 * taken back. In other versions of Node nothing is changed.
 * @returns the module, or `undefined` where this cannot be had
 */
export function compileRevectorized(compile: () => object): object | undefined {
  const flags = FLAGS[Number(nodeProcess()?.versions?.node?.split('.')[0])] ?? [];
  const v8 = nodeModule<{ setFlagsFromString(flag: string): void }>('v8');
  if (!v8 || flags.length === 0) {
    return undefined;
  }
  flags.forEach(flag => v8.setFlagsFromString(`--${flag}`));
  try {
    return compile();
  } finally {
    flags.forEach(flag => v8.setFlagsFromString(`--${opposite(flag)}`));
  }
}

/** Rounds of a comparison of speeds: never fewer, and never more. */
const [LEAST_ROUNDS, MOST_ROUNDS] = [16, 400];
/** One is faster beyond doubt by this factor; joined pairs of vectors give nearly 2. */
const CLEARLY = 1.3;

/**
 * Whether a module multiplies matrices faster than another; for builds that give the same bits, so that a wrong
 * answer of the clock costs time and changes nothing else. Takes about 1 ms, and up to 20 where the rest of the machine,
 * or two builds alike, leave it in doubt.
 */
export function isFaster(one: object, other: object): boolean {
  const [m, n, k] = [48, 64, 256];
  const [a, b, c, scratch] = [65536, 2 * 65536, 4 * 65536, 5 * 65536];
  const runs = [one, other].map(module => {
    const { kernels } = instantiate(module, 8);
    return () => kernels.gemm(m, n, k, a, k * 4, 4, b, n * 4, 4, c, n * 4, 0, scratch);
  });
  const best = [Infinity, Infinity];
  // Interleaved minima: the rest of the machine must not decide.
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    runs.forEach((run, i) => {
      const began = now();
      run();
      best[i] = Math.min(best[i], now() - began);
    });
    const clear = Math.max(...best) > CLEARLY * Math.min(...best);
    if (clear && round >= LEAST_ROUNDS) {
      break;
    }
  }
  return best[0] < best[1];
}
