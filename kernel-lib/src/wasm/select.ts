import type { Engine, EngineInfo } from './engine';
import { referenceEngine } from './reference/program';

/** The engine on which networks run. */
export function selectEngine(): Engine {
  return referenceEngine;
}

/**
 * Which engine computes the networks of this process, and why it was chosen.
 *
 * @example engineInfo() // { engine: 'reference', reason: … }
 */
export function engineInfo(): EngineInfo {
  return {
    engine: selectEngine().name,
    reason: 'plain TypeScript on typed arrays runs wherever JavaScript does'
  };
}
