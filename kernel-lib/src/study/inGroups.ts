import type { Scale } from '../scales/scale';
import type { Space, SpaceNode } from '../trials/view';

type Tree = Map<string, Scale<unknown> | Tree>;

/**
 * Scales in the groups that their names speak of, since others write `optimizer.lr` as well; a group whose members are
 * called 0, 1, 2, … is a list. All stay beside each other if one cannot be put into a group: `a` and `a.b`.
 */
export function inGroups(
  named: readonly (readonly [name: string, scale: Scale<unknown>])[]
): Space {
  const tree: Tree = new Map();
  const fits = named.every(([name, scale]) => plant(tree, name.split('.'), scale));
  return Object.fromEntries(fits ? membersOf(tree) : named);
}

/** Puts a scale in its place. @returns whether there is one */
function plant(tree: Tree, [key, ...rest]: readonly string[], scale: Scale<unknown>): boolean {
  if (key === '' || (key === '__proto__' && rest.length > 0)) {
    return false;
  }
  const there = tree.get(key);
  if (rest.length === 0) {
    tree.set(key, scale);
    return there === undefined;
  }
  const group = there ?? new Map<string, Scale<unknown> | Tree>();
  tree.set(key, group);
  return group instanceof Map && plant(group, rest, scale);
}

function membersOf(tree: Tree): (readonly [string, SpaceNode])[] {
  return [...tree].map(([key, node]) => {
    if (!(node instanceof Map)) {
      return [key, node] as const;
    }
    const members = membersOf(node);
    const isList = members.every(([name], i) => name === String(i));
    return [
      key,
      isList ? members.map(([, member]) => member) : Object.fromEntries(members)
    ] as const;
  });
}
