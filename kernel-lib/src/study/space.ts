import { rangeError, show } from '../errors';
import type { AskContext, Dimension } from '../samplers/sampler';
import type { Scale } from '../scales/scale';
import type { Conditional } from '../scales/when';
import { hyperparametersOf, isScale, valueAt } from '../trials/names';
import type { ConfigOf, Space, SpaceNode } from '../trials/view';
import { verdict } from './constraint';

/** The space as samplers see it: axes of the unit cube, in the order of its names. */
export function dimensionsOf(space: Space): Dimension[] {
  return hyperparametersOf(space).map(({ name, value: scale }) => ({
    name,
    kind: kindOf(scale),
    size: scale.size,
    grid: points => scale.grid(points).map(value => scale.toUnit(value)),
    position: value => positionOf(scale, name, value),
    value: position => scale.fromUnit(position)
  }));
}

function positionOf(scale: Scale<unknown>, name: string, value: unknown): number {
  if ('condition' in scale && Number.isNaN(scale.toNumber(value))) {
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

type Group = Record<string, unknown> | unknown[];

/** The configuration at a point of the unit cube, without the hyperparameters that do not exist there. */
export function configAt<S extends Space>(space: S, point: readonly number[]): ConfigOf<S> {
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
      if (exists(node, name, config, above)) {
        put(into, key, node.fromUnit(point[above.length]));
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
