import { knownOptions, rangeError, show, typeError } from '../errors';
import { checkSeed } from '../numeric/rng';
import { checkPruner, type Pruner } from '../pruners/pruner';
import { auto } from '../samplers/auto';
import type { Sampler } from '../samplers/sampler';
import type { StudyStorage } from '../storage/storage';
import type { Direction } from '../trials/trial';
import type { ConfigOf, Space, StudyView } from '../trials/view';
import { checkSpace } from './checkSpace';

/** Options of `study`. */
export interface StudyOptions<S extends Space> {
  /** The hyperparameters to search, each with its scale. */
  space: S;
  /**
   * Which configurations may be tried, such as `({ low, high }) => low < high`: others are never made into
   * trials. What does not exist in a configuration (`scales.when`) is `undefined`. Default: all.
   */
  constraint?(config: ConfigOf<S>): boolean;
  /** Decides where to look next, from `samplers.*`. Default: `samplers.auto()`. */
  sampler?: Sampler;
  /** Stops trials early that report bad values, from `pruners.*`; with one objective. Default: none is stopped. */
  pruner?: Pruner;
  /** Whether small or large values are good. Default: `'minimize'`. */
  direction?: Direction;
  /**
   * For several objectives, instead of `direction`: `['minimize', 'maximize']` for an error and a speed. The
   * objective then returns as many values. Samplers for several objectives: `random`, `grid`, `sobol`, `halton`,
   * `latinHypercube`, `tpe`, and `auto`, which takes `tpe`.
   */
  directions?: readonly Direction[];
  /** Seed of the sampler and of every trial. Default: `0`, or what a stored study was begun with. */
  seed?: number;
  /** Shown in figures; names the study in its storage. Default: `'study'`. */
  name?: string;
  /** A study whose finished trials this one begins with, if they lie in its space. Default: none. */
  warmStart?: StudyView;
}

/** Options of a study that is kept somewhere. */
export interface StoredStudyOptions<S extends Space> extends StudyOptions<S> {
  /** Where the study is kept, such as `journal('study.log')`: continued if it is there, begun if not. */
  storage: StudyStorage;
}

/** Options of a study, checked and complete. */
export interface StudySettings<S extends Space> {
  readonly space: S;
  constraint?(config: ConfigOf<S>): boolean;
  readonly sampler: Sampler;
  readonly pruner: Pruner | undefined;
  readonly directions: readonly Direction[];
  readonly seed: number;
  readonly name: string;
}

const OPTIONS = [
  'space',
  'constraint',
  'sampler',
  'pruner',
  'direction',
  'directions',
  'seed',
  'name',
  'storage',
  'warmStart'
] as const;

/** @throws RangeError or TypeError if an option is unknown or not what it must be. */
export function readSettings<S extends Space>(options: StudyOptions<S>): StudySettings<S> {
  knownOptions('study', options, OPTIONS);
  const { space, sampler = auto(), seed = 0, name = 'study', constraint, pruner } = options;
  checkSpace(space);
  const directions = readDirections(options);
  if (typeof sampler?.ask !== 'function') {
    throw rangeError(
      'study',
      '`sampler` must come from `samplers.*`',
      show(sampler),
      'Call the factory: samplers.random(), not samplers.random.'
    );
  }
  if (constraint !== undefined && typeof constraint !== 'function') {
    throw typeError(
      'study',
      '`constraint` must be a function of a configuration',
      show(constraint),
      'Pass for example ({ low, high }) => low < high.'
    );
  }
  if (typeof name !== 'string') {
    throw typeError('study', '`name` must be a text', show(name), "Pass for example 'first search'."); // prettier-ignore
  }
  if (directions.length > 1) {
    refuseSingle(sampler, pruner, directions.length);
  }
  return {
    space,
    constraint,
    sampler,
    pruner: pruner && checkPruner('study', pruner),
    directions,
    seed: checkSeed('study', seed),
    name
  };
}

function readDirections({ direction, directions }: StudyOptions<Space>): readonly Direction[] {
  if (directions === undefined) {
    return [checkDirection('direction', direction ?? 'minimize')];
  }
  if (direction !== undefined) {
    throw rangeError(
      'study',
      'either `direction` or `directions` is given',
      'both',
      'Write `direction` for one objective, `directions` for several.'
    );
  }
  if (!Array.isArray(directions) || directions.length === 0) {
    throw rangeError(
      'study',
      '`directions` must be an array of directions, one for each objective',
      show(directions),
      "Pass for example ['minimize', 'maximize']."
    );
  }
  return Object.freeze(directions.map((one, i) => checkDirection(`directions[${i}]`, one)));
}

function checkDirection(name: string, direction: unknown): Direction {
  if (direction !== 'minimize' && direction !== 'maximize') {
    throw rangeError(
      'study',
      `\`${name}\` must be 'minimize' or 'maximize'`,
      show(direction),
      "Errors and losses: 'minimize'. Accuracies: 'maximize'."
    );
  }
  return direction;
}

function refuseSingle(sampler: Sampler, pruner: Pruner | undefined, objectives: number): void {
  if (!sampler.multiObjective) {
    throw rangeError(
      'study',
      'with several `directions` the sampler must be one for several objectives',
      `samplers.${sampler.name} for ${objectives}`,
      'Choose samplers.tpe(), or one that ignores results: random, grid, sobol, halton, latinHypercube. Or return ' +
        'one number that weighs the objectives.'
    );
  }
  if (pruner !== undefined) {
    throw rangeError(
      'study',
      'with several `directions` there can be no pruner, since it compares one value',
      `${objectives} directions and a pruner`,
      'Leave the pruner out, or return one number that weighs the objectives.'
    );
  }
}
