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
  return leavesOf(space, isScale) as Named<Scale<unknown>>[];
}

/** The names of all hyperparameters of a space, with dots. */
export function namesOf(space: Space): string[] {
  return hyperparametersOf(space).map(({ name }) => name);
}

/** All values of a configuration, without those that do not exist. */
export function namedValuesOf(config: object): Named<unknown>[] {
  const isValue = (node: unknown) => typeof node !== 'object' || node === null;
  return leavesOf(config, isValue).filter(({ value }) => value !== undefined);
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

/** Whether a node of a space is a hyperparameter's scale, and no group. */
export function isScale(node: unknown): node is Scale<unknown> {
  return typeof (node as Partial<Scale<unknown>> | null | undefined)?.fromUnit === 'function';
}

/** What stands in groups within groups, in its order. */
export function leavesOf(
  group: object,
  isLeaf: (node: unknown) => boolean,
  before: readonly string[] = []
): Named<unknown>[] {
  return Object.entries(group).flatMap(([key, value]: [string, unknown]) => {
    const path = [...before, key];
    return isLeaf(value)
      ? [{ name: path.join('.'), path, value }]
      : leavesOf(value as object, isLeaf, path);
  });
}
