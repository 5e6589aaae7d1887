import { rangeError, show } from '../errors';
import type { Dimension } from '../samplers/sampler';
import type { Scale } from '../scales/scale';
import type { ConfigOf, Space } from '../trials/view';

/** @throws RangeError if the space is empty or holds something that is no scale. */
export function checkSpace(space: Space): void {
  const names = typeof space === 'object' && space !== null ? Object.keys(space) : [];
  if (names.length === 0) {
    throw rangeError(
      'study',
      '`space` must name at least one hyperparameter',
      show(space),
      'Pass for example { learningRate: scales.log(1e-4, 1) }.'
    );
  }
  const reserved = names.find(name => name === 'value' || name === 'number');
  if (reserved !== undefined) {
    throw rangeError(
      'study',
      "hyperparameters are not called `value` or `number`, which name a trial's result and place",
      `\`${reserved}\``,
      'Choose a name that says what it is, such as `dropout` or `layers`.'
    );
  }
  const wrong = names.find(name => typeof space[name]?.fromUnit !== 'function');
  if (wrong !== undefined) {
    throw rangeError(
      'study',
      'each hyperparameter needs a scale from `scales.*`',
      `${show(space[wrong])} for \`${wrong}\``,
      `Write ${wrong}: scales.linear(low, high), or another scale.`
    );
  }
}

/** The space as samplers see it: axes of the unit cube, in the order of its names. */
export function dimensionsOf(space: Space): Dimension[] {
  return Object.entries(space).map(([name, scale]) => ({
    name,
    kind: kindOf(scale),
    size: scale.size,
    grid: points => scale.grid(points).map(value => scale.toUnit(value)),
    position: value => scale.toUnit(value)
  }));
}

function kindOf({ kind, size }: Scale<unknown>): Dimension['kind'] {
  if (kind === 'choice') {
    return 'choice';
  }
  return size === Infinity ? 'continuous' : 'integer';
}

/** The configuration at a point of the unit cube. */
export function configAt<S extends Space>(space: S, point: readonly number[]): ConfigOf<S> {
  const entries = Object.entries(space).map(([name, scale], i) => [name, scale.fromUnit(point[i])]);
  return Object.fromEntries(entries) as ConfigOf<S>;
}
