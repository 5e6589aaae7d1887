import { rangeError, show } from '../errors';
import type { Engine, EngineInfo, Variant } from './engine';
import { referenceEngine } from './reference/program';
import { PLAIN, RELAXED } from './simd/bytes';
import { createSimdEngine } from './simd/program';
import { agreesWithReference } from './verify';

const VARIANTS: readonly Variant[] = ['auto', 'relaxed', 'plain', 'reference'];
const BYTES = { relaxed: RELAXED, plain: PLAIN };
const found = new Map<string, Engine | undefined>();

/** The engine on a build, if this machine runs it and gets the reference's results with it. */
function simdEngine(name: 'relaxed' | 'plain'): Engine | undefined {
  if (!found.has(name)) {
    const engine = createSimdEngine(name, BYTES[name]);
    found.set(name, engine && agreesWithReference(engine) ? engine : undefined);
  }
  return found.get(name);
}

function best(): { engine: Engine; reason: string } {
  const relaxed = simdEngine('relaxed');
  if (relaxed) {
    return { engine: relaxed, reason: 'this machine has WebAssembly with relaxed SIMD' };
  }
  const plain = simdEngine('plain');
  return plain
    ? { engine: plain, reason: 'this machine has WebAssembly SIMD, without the relaxed form' }
    : {
        engine: referenceEngine,
        reason: 'there is no WebAssembly SIMD here; plain TypeScript runs everywhere'
      };
}

/**
 * The engine for a network. Chosen by what the machine can do, never by timing: builds that round differently
 * must not change from run to run.
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
  const engine = variant === 'auto' ? best().engine : simdEngine(variant);
  if (!engine) {
    throw rangeError(
      'sequential',
      `\`variant: '${variant}'\` needs a machine whose WebAssembly has it`,
      'one without',
      "Leave `variant` out, or use 'reference'."
    );
  }
  return engine;
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
