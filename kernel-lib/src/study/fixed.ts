import { rangeError, show, typeError } from '../errors';
import { isScale, namesOf } from '../trials/names';
import type { ConfigOf, Space, SpaceNode } from '../trials/view';
import { configFrom, valueAmong } from './space';

/**
 * Checks values that somebody chose for some of the hyperparameters.
 * @returns them in the groups of the space
 * @throws RangeError if a name is unknown, or a value does not lie on its scale.
 */
export function checkFixed<S extends Space>(where: string, space: S, values: unknown): ConfigOf<S> {
  checkGroup(where, space, space, values, '');
  return configFrom(space, valueAmong(space, values as object));
}

function checkGroup(
  where: string,
  space: Space,
  group: Space | readonly SpaceNode[],
  values: unknown,
  before: string
): void {
  const list = Array.isArray(group);
  if (typeof values !== 'object' || values === null || (Array.isArray(values) && !list)) {
    throw typeError(
      where,
      before === ''
        ? 'a configuration is an object with values by name'
        : `\`${before.slice(0, -1)}\` is a group of hyperparameters`,
      show(values),
      `Pass values for some of ${namesOf(space).join(', ')}, in the groups of the space.`
    );
  }
  for (const [key, value] of Object.entries(values) as [string, unknown][]) {
    const name = before + key;
    if (!Object.hasOwn(group, key)) {
      throw rangeError(
        where,
        `hyperparameters are ${namesOf(space).join(', ')}`,
        `\`${name}\``,
        'Correct the name, or leave it out.'
      );
    }
    const node = (group as Readonly<Record<string, SpaceNode>>)[key];
    if (value === undefined) {
      continue;
    }
    if (!isScale(node)) {
      checkGroup(where, space, node, value, `${name}.`);
    } else if (!node.contains(value)) {
      throw rangeError(
        where,
        `\`${name}\` must be a value of its scale ${show(node.toJSON())}`,
        show(value),
        'Choose a value that the search itself could try.'
      );
    }
  }
}
