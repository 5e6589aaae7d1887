import { rangeError, show } from '../errors';
import type { Engine, EngineInfo, Variant } from './engine';
import { referenceEngine } from './reference/program';
import { PLAIN, RELAXED, WIDE } from './simd/bytes';
import { compileModule } from './simd/kernels';
import { createSimdEngine } from './simd/program';
import { compileRevectorized, isFaster } from './simd/revectorize';
import { agreesWithReference } from './verify';

const VARIANTS: readonly Variant[] = ['auto', 'relaxed', 'plain', 'reference'];

interface Choice {
  engine: Engine;
  reason: string;
}

/** An engine on a module, if the module is there and gets the reference's results. */
function checked(
  name: string,
  module: object | undefined,
  shared: () => object | undefined
): Engine | undefined {
  const engine = module && createSimdEngine(name, module, shared);
  return engine && agreesWithReference(engine) ? engine : undefined;
}

function findPlain(): Choice | undefined {
  const engine = checked('plain', compileModule(PLAIN), () => compileModule(PLAIN, 'shared'));
  return (
    engine && { engine, reason: 'this machine has WebAssembly SIMD, without the relaxed form' }
  );
}

function findRelaxed(): Choice | undefined {
  const module = compileModule(RELAXED);
  const shared = () => compileModule(RELAXED, 'shared');
  const engine = checked('relaxed', module, shared);
  if (!module || !engine) {
    return undefined;
  }
  // The wide build computes the same sums in the same order: which of the two runs changes no bit.
  const wide = compileRevectorized(() => compileModule(WIDE) ?? module);
  const wideShared = () => compileRevectorized(() => compileModule(WIDE, 'shared') ?? module);
  const wideEngine =
    wide && wide !== module && isFaster(wide, module) && checked('relaxed', wide, wideShared);
  return wideEngine
    ? { engine: wideEngine, reason: 'this machine has relaxed SIMD, and V8 joins pairs of vectors' }
    : { engine, reason: 'this machine has WebAssembly with relaxed SIMD' };
}

const once = <T>(find: () => T) => {
  let found: { value: T } | undefined;
  return () => (found ??= { value: find() }).value;
};
const relaxedChoice = once(findRelaxed);
const plainChoice = once(findPlain);

function best(): Choice {
  return (
    relaxedChoice() ??
    plainChoice() ?? {
      engine: referenceEngine,
      reason: 'there is no WebAssembly SIMD here; plain TypeScript runs everywhere'
    }
  );
}

/**
 * The engine for a network. Chosen by what the machine can do, never by timing: builds that round differently
 * must not change from run to run. (Of two builds that give the same bits the faster one is taken.)
 * @throws RangeError for an unknown variant, or one that cannot run here.
 */
export function selectEngine(variant: Variant = 'auto', precision = 'float32'): Engine {
  if (!VARIANTS.includes(variant)) {
    throw rangeError(
      'sequential',
      `\`variant\` must be one of ${VARIANTS.join(', ')}`,
      show(variant),
      "Leave it out for the fastest, or use 'plain' for the same bits on every machine."
    );
  }
  if (variant === 'reference' || precision === 'float64') {
    return referenceEngine;
  }
  const choice = { auto: best, relaxed: relaxedChoice, plain: plainChoice }[variant]();
  if (!choice) {
    throw rangeError(
      'sequential',
      `\`variant: '${variant}'\` needs a machine whose WebAssembly has it`,
      'one without',
      "Leave `variant` out, or use 'reference'."
    );
  }
  return choice.engine;
}

/**
 * Which engine computes the networks of this process by default, and why it was chosen.
 *
 * @example engineInfo() // { engine: 'relaxed', reason: … }
 */
export function engineInfo(): EngineInfo {
  const { engine, reason } = best();
  return { engine: engine.name, reason };
}
