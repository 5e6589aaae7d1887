import { rangeError, show } from '../errors';
import type { AskContext, Dimension } from '../samplers/sampler';
import type { Scale } from '../scales/scale';
import type { Conditional } from '../scales/when';
import { hyperparametersOf, isScale, valueAt } from '../trials/names';
import type { ConfigOf, Space, SpaceNode } from '../trials/view';
import { verdict } from './constraint';

/** The space as samplers see it: axes of the unit cube, in the order of its names. */
export function dimensionsOf(space: Space): Dimension[] {
  return hyperparametersOf(space).map(({ name, path, value: scale }) => ({
    name,
    path,
    kind: kindOf(scale),
    size: scale.size,
    grid: points => scale.grid(points).map(value => scale.toUnit(value)),
    position: value => positionOf(scale, name, value),
    contains: value => scale.contains(value),
    value: position => scale.fromUnit(position)
  }));
}

function positionOf(scale: Scale<unknown>, name: string, value: unknown): number {
  if ('condition' in scale && isMissing(scale, value)) {
    return NaN;
  }
  if (!scale.contains(value)) {
    throw rangeError(
      'study',
      `each trial's \`${name}\` must lie in the study's space`,
      show(value),
      'The space changed since the trials were made: use the one that they were made with.'
    );
  }
  return scale.toUnit(value);
}

/** Whether a value says that the hyperparameter does not exist: in lists JSON writes null for that. */
function isMissing(scale: Scale<unknown>, value: unknown): boolean {
  return value === undefined || ('condition' in scale && Number.isNaN(scale.toNumber(value)));
}

/** The value of a hyperparameter in a configuration; `undefined` where it has none. */
export function valueIn(config: object, path: readonly string[], scale: Scale<unknown>): unknown {
  const value = valueAt(config, path);
  return isMissing(scale, value) ? undefined : value;
}

/** Which hyperparameters exist at a point, in their order; `undefined` for a space in which all always do. */
export function existenceIn(space: Space): AskContext['existing'] {
  const hyperparameters = hyperparametersOf(space);
  if (!hyperparameters.some(({ value: scale }) => 'condition' in scale)) {
    return undefined;
  }
  return point => {
    const config = configAt(space, point);
    return hyperparameters.map(({ path }) => valueAt(config, path) !== undefined);
  };
}

function kindOf({ kind, size }: Scale<unknown>): Dimension['kind'] {
  if (kind === 'choice') {
    return 'choice';
  }
  return size === Infinity ? 'continuous' : 'integer';
}

/**
 * The configuration at a point of the unit cube, without the hyperparameters that do not exist there.
 * @param fixed values that are taken instead of the point's
 */
export function configAt<S extends Space>(
  space: S,
  point: readonly number[],
  fixed?: object
): ConfigOf<S> {
  const among = fixed && valueAmong(space, fixed);
  return configFrom(space, (scale, name, config, above) => {
    if (!exists(scale, name, config, above)) {
      return undefined;
    }
    const given = among?.(scale, name, config, above);
    return given === undefined ? scale.fromUnit(point[above.length]) : given;
  });
}

/** Whether values make a whole configuration: none is missing of a hyperparameter that exists there. */
export function isWhole(space: Space, values: object): boolean {
  const among = valueAmong(space, values);
  let whole = true;
  configFrom(space, (scale, name, config, above) => {
    // Behind what is missing, conditions would read values that are not there.
    if (!whole || !exists(scale, name, config, above)) {
      return undefined;
    }
    const value = among(scale, name, config, above);
    whole = value !== undefined;
    return value;
  });
  return whole;
}

/** Whether values are a whole configuration of the space; what it does not name is left aside. */
export function liesIn(space: Space, values: object): boolean {
  const misfits = hyperparametersOf(space).some(({ path, value: scale }) => {
    const value = valueAt(values, path);
    return value !== undefined && !scale.contains(value);
  });
  return !misfits && isWhole(space, values);
}

/** The values that a configuration gives, for `configFrom`. */
export function valueAmong(space: Space, values: object): ValueOf {
  const named = hyperparametersOf(space);
  return (scale, _name, _config, above) => valueIn(values, named[above.length].path, scale);
}

/**
 * A hyperparameter's value, given what stands above it and the names of that; `undefined` where it has none.
 */
type ValueOf = (
  scale: Scale<unknown>,
  name: string,
  config: object,
  above: readonly string[]
) => unknown;

type Group = Record<string, unknown> | unknown[];

/** A configuration in the groups of its space, of the hyperparameters that have a value. */
export function configFrom<S extends Space>(space: S, valueOf: ValueOf): ConfigOf<S> {
  const config = {};
  const above: string[] = [];
  fill(config, space, '');
  return config as ConfigOf<S>;

  function fill(into: Group, group: Space | readonly SpaceNode[], before: string): void {
    for (const [key, node] of Object.entries(group) as [string, SpaceNode][]) {
      const name = before + key;
      if (!isScale(node)) {
        const inner = Array.isArray(node) ? [] : {};
        put(into, key, inner);
        fill(inner, node, `${name}.`);
        continue;
      }
      const value = valueOf(node, name, config, above);
      if (value !== undefined) {
        put(into, key, value);
      }
      above.push(name);
    }
  }
}

/** A list says `undefined` for what does not exist between others, so that each keeps its place. */
function put(into: Group, key: string, value: unknown): void {
  if (!Array.isArray(into)) {
    into[key] = value;
    return;
  }
  while (into.length < Number(key)) {
    into.push(undefined);
  }
  into.push(value);
}

function exists(
  scale: Scale<unknown>,
  name: string,
  config: object,
  above: readonly string[]
): boolean {
  if (!('condition' in scale)) {
    return true;
  }
  const { condition } = scale as Conditional<unknown, object>;
  return verdict(`study, condition of \`${name}\``, condition(readable(config, '', name, above)));
}

/** A name that is misspelt, or stands below, would be undefined for ever: it is refused when it is read. */
function readable<G extends object>(
  group: G,
  before: string,
  name: string,
  above: readonly string[]
): G {
  return new Proxy(group, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      // A list's length and methods are no hyperparameters.
      if (typeof key !== 'string' || (Array.isArray(target) && !/^\d+$/.test(key))) {
        return value;
      }
      const read = before + key;
      if (typeof value === 'object' && value !== null) {
        return readable(value, `${read}.`, name, above);
      }
      if (!above.includes(read)) {
        throw rangeError(
          'study',
          `the condition of \`${name}\` may read what stands above it: ${above.join(', ') || 'nothing'}`,
          `\`${read}\``,
          'Correct the name, or move the hyperparameter that it reads up.'
        );
      }
      return value;
    }
  });
}
