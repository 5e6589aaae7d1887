import type { Scale } from '../scales/scale';
import type { Direction, Trial } from './trial';

/**
 * The hyperparameters to search, by name; groups of them may stand within groups, as objects or lists. Elsewhere
 * a member of a group is named with a dot: `optimizer.learningRate`, `units.0`.
 */
export interface Space {
  readonly [name: string]: SpaceNode;
}

/** A hyperparameter's scale, or a group of hyperparameters. */
export type SpaceNode = Scale<unknown> | Space | readonly SpaceNode[];

/** The type of one configuration drawn from a space, in groups as the space is. */
export type ConfigOf<S extends Space | readonly SpaceNode[]> = {
  -readonly [K in keyof S]: S[K] extends Scale<infer T>
    ? T
    : S[K] extends Space | readonly SpaceNode[]
      ? ConfigOf<S[K]>
      : never;
};

/** The names of a space's hyperparameters, with dots where they stand in groups. */
export type NameOf<S extends Space> = string extends keyof S
  ? string
  : { [K in keyof S & string]: NamesBelow<K, S[K]> }[keyof S & string];

// Below the fifth group any name will do: without an end, compilers would unroll `Space` for ever.
type NamesBelow<Before extends string, Node, Depth extends 0[] = []> =
  Node extends Scale<unknown>
    ? Before
    : Depth['length'] extends 4
      ? `${Before}.${string}`
      : Node extends readonly (infer Member)[]
        ? NamesBelow<`${Before}.${number}`, Member, [...Depth, 0]>
        : string extends keyof Node
          ? string
          : {
              [K in keyof Node & string]: NamesBelow<`${Before}.${K}`, Node[K], [...Depth, 0]>;
            }[keyof Node & string];

/** What figures and importance read of a study: no behaviour, so that stored studies fit too. */
export interface StudyView {
  readonly name: string;
  readonly direction: Direction;
  readonly space: Space;
  readonly trials: readonly Trial[];
}
