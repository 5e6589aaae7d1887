import type { Scale, ScaleDescription } from '../scales/scale';
import type { Choice, Distribution } from './distribution';
import type { Json, StoredParameter } from './operation';

/**
 * The distribution of Optuna's that is nearest to a scale: a beta on 1 - 10^-r is a linear float there. Which scale
 * it was stands in the study's attribute `tunelab:space`.
 */
export function distributionOf(scale: Scale<unknown>): Distribution {
  const description = scale.toJSON();
  const { kind, choices, step = 1 } = description;
  if (kind === 'choice') {
    return { kind: 'categorical', choices: choices! };
  }
  const [low, high] = [scale.fromUnit(0), scale.fromUnit(1)] as [number, number];
  if (kind === 'integer' || (kind === 'quantized' && [low, high, step].every(Number.isInteger))) {
    return { kind: 'int', low, high, log: false, step };
  }
  return {
    kind: 'float',
    low,
    high,
    log: kind === 'log',
    step: kind === 'quantized' ? step : null
  };
}

/** A value of a scale as it is stored: in its own units, a choice by its place. */
export function toStored(scale: Scale<unknown>, value: unknown): number {
  return scale.kind === 'choice' ? scale.toNumber(value) : (value as number);
}

/** The value that was stored. */
export function fromStored({ value, distribution }: StoredParameter): Choice {
  return distribution.kind === 'categorical' ? distribution.choices[value] : value;
}

/** A scale's description as JSON, without what was left undefined. */
export function describeScale(scale: Scale<unknown>): { [key: string]: Json } {
  return JSON.parse(JSON.stringify(scale.toJSON())) as { [key: string]: Json };
}

/** The description of the scale that is nearest to a distribution, for studies that tell nothing else. */
export function describeDistribution(distribution: Distribution): ScaleDescription {
  if (distribution.kind === 'categorical') {
    return { kind: 'choice', choices: [...distribution.choices] };
  }
  const { kind, low, high, log, step } = distribution;
  if (log) {
    return { kind: 'log', low, high };
  }
  if (kind === 'int' && step === 1) {
    return { kind: 'integer', low, high };
  }
  return step === null ? { kind: 'linear', low, high } : { kind: 'quantized', low, high, step };
}
