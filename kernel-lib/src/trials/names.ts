import type { Scale } from '../scales/scale';
import type { Space } from './view';

/** A hyperparameter of a space, or its value in a configuration, that may stand in groups within groups. */
export interface Named<T> {
  /** The names on the way to it, with dots: `optimizer.learningRate`, `units.0`. */
  readonly name: string;
  readonly path: readonly string[];
  readonly value: T;
}

/** All hyperparameters of a space with their scales, in its order, which is that of the unit cube. */
export function hyperparametersOf(space: Space): Named<Scale<unknown>>[] {
  return leaves(space, isScale) as Named<Scale<unknown>>[];
}

/** All values of a configuration, without those that do not exist. */
export function valuesOf(config: object): Named<unknown>[] {
  const isValue = (node: unknown) => typeof node !== 'object' || node === null;
  return leaves(config, isValue).filter(({ value }) => value !== undefined);
}

/** The value at a path of a configuration; `undefined` where there is none. */
export function valueAt(config: unknown, path: readonly string[]): unknown {
  let node = config;
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) {
      return undefined;
    }
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}

export function isScale(node: unknown): node is Scale<unknown> {
  return typeof (node as Partial<Scale<unknown>> | null | undefined)?.fromUnit === 'function';
}

function leaves(
  group: object,
  isLeaf: (node: unknown) => boolean,
  before: readonly string[] = []
): Named<unknown>[] {
  return Object.entries(group).flatMap(([key, value]: [string, unknown]) => {
    const path = [...before, key];
    return isLeaf(value)
      ? [{ name: path.join('.'), path, value }]
      : leaves(value as object, isLeaf, path);
  });
}
