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
  -readonly [K in keyof S]: ValueOf<S[K]>;
};

// What any node may be gives any value: without an end, compilers would unroll `Space` for ever.
type ValueOf<Node> = [SpaceNode] extends [Node] ? unknown : ValueOfEach<Node>;

// One by one, so that a list may hold scales and groups.
type ValueOfEach<Node> =
  Node extends Scale<infer T>
    ? T
    : Node extends Space | readonly SpaceNode[]
      ? ConfigOf<Node>
      : never;

/** Some of a configuration's values, in its groups. */
export type PartialConfig<C> = C extends object ? { [K in keyof C]?: PartialConfig<C[K]> } : C;

/** The names of a space's hyperparameters, with dots where they stand in groups. */
export type NameOf<S extends Space> = string extends keyof S
  ? string
  : { [K in keyof S & string]: NamesBelow<K, S[K]> }[keyof S & string];

// Below the fifth group any name will do, for the same reason.
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
  /** Which way is better; with several objectives that of the first. */
  readonly direction: Direction;
  /** One for each objective. Default: `[direction]`. */
  readonly directions?: readonly Direction[];
  readonly space: Space;
  readonly trials: readonly Trial[];
}
