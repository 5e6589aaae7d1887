import { rangeError, show, typeError } from '../errors';
import type { Dimension } from '../samplers/sampler';
import type { Scale } from '../scales/scale';
import type { Conditional } from '../scales/when';
import type { ConfigOf, Space } from '../trials/view';
import { verdict } from './constraint';

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
  // Conditions that cannot be read are found before the first trial.
  configAt(
    space,
    names.map(() => 0.5)
  );
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

/**
 * The configuration at a point of the unit cube, without the hyperparameters that do not exist there.
 * @param fixed values that are taken instead of the point's, by name
 */
export function configAt<S extends Space>(
  space: S,
  point: readonly number[],
  fixed?: Readonly<Record<string, unknown>>
): ConfigOf<S> {
  const config: Record<string, unknown> = {};
  Object.entries(space).forEach(([name, scale], i) => {
    if (exists(scale, name, config, space)) {
      config[name] = fixed && Object.hasOwn(fixed, name) ? fixed[name] : scale.fromUnit(point[i]);
    }
  });
  return config as ConfigOf<S>;
}

/** Whether values make a whole configuration: none is missing of a hyperparameter that exists there. */
export function isWhole(space: Space, values: Readonly<Record<string, unknown>>): boolean {
  const above: Record<string, unknown> = {};
  return Object.entries(space).every(([name, scale]) => {
    if (!exists(scale, name, above, space)) {
      return true;
    }
    above[name] = values[name];
    return Object.hasOwn(values, name);
  });
}

/**
 * Checks values that somebody chose for some of the hyperparameters.
 * @throws RangeError if a name is unknown, or a value does not lie on its scale.
 */
export function checkFixed(
  where: string,
  space: Space,
  values: unknown
): Readonly<Record<string, unknown>> {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw typeError(
      where,
      'a configuration is an object with values by name',
      show(values),
      `Pass for example { ${Object.keys(space)[0]}: … }.`
    );
  }
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(space, name)) {
      throw rangeError(
        where,
        `hyperparameters are ${Object.keys(space).join(', ')}`,
        `\`${name}\``,
        'Correct the name, or leave it out.'
      );
    }
    if (value !== undefined && !space[name].contains(value)) {
      throw rangeError(
        where,
        `\`${name}\` must be a value of its scale ${show(space[name].toJSON())}`,
        show(value),
        'Choose a value that the search itself could try.'
      );
    }
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function exists(
  scale: Scale<unknown>,
  name: string,
  above: Record<string, unknown>,
  space: Space
): boolean {
  if (!('condition' in scale)) {
    return true;
  }
  const names = Object.keys(space);
  const known = names.slice(0, names.indexOf(name));
  // A name that is misspelt, or stands below, would be undefined for ever: it is refused when it is read.
  const readable = new Proxy(above, {
    get(config, key) {
      if (typeof key === 'string' && !known.includes(key)) {
        throw rangeError(
          'study',
          `the condition of \`${name}\` may read what stands above it: ${known.join(', ') || 'nothing'}`,
          `\`${key}\``,
          'Correct the name, or move the hyperparameter that it reads up.'
        );
      }
      return config[key as string];
    }
  });
  const { condition } = scale as Conditional<unknown, Record<string, unknown>>;
  return verdict(`study, condition of \`${name}\``, condition(readable));
}
