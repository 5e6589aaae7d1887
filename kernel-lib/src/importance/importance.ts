import { knownOptions, rangeError, show, typeError } from '../errors';
import { count } from '../numeric/options';
import { checkSeed } from '../numeric/rng';
import { hyperparametersOf, valueAt } from '../trials/names';
import { valuesOf } from '../trials/trial';
import type { StudyView } from '../trials/view';
import { fanova } from './fanova';
import type { Examples } from './forest';
import { inParts } from './parts';
import { permutation } from './permutation';
import { lectureRank } from './priorities';

/** Options of `importance`. */
export interface ImportanceOptions {
  /**
   * - `'fanova'`: which share of the variance over the whole space a hyperparameter explains by itself.
   * - `'permutation'`: how much worse the trials are predicted with its values shuffled.
   *
   * Default: `'fanova'`.
   */
  method?: 'fanova' | 'permutation';
  /** Whether the importances are divided by their sum, as Optuna does. Default: `true`. */
  normalize?: boolean;
  /** How many trees the forest has, a whole number >= 1. Default: `64`. */
  trees?: number;
  /** How often each hyperparameter is shuffled, a whole number >= 1; for `'permutation'`. Default: `5`. */
  repeats?: number;
  /** Seed of the forest and of the shuffling. Default: `0`. */
  seed?: number;
  /** Which of several objectives, from 0. Default: the only one. */
  objective?: number;
  /** Whether a notebook's cell shows how far it is. Default: `true`. */
  progress?: boolean;
  /** Stops it when aborted, as the interrupt of the notebook's cell does in any case. Default: none. */
  signal?: AbortSignal;
}

/** How much one hyperparameter matters. */
export interface Importance {
  name: string;
  /** With `normalize` a share of 1; else a share of the variance, or a fall of R^2. */
  importance: number;
  /** The lecture's rank, 1 to tune first; `undefined` where the lecture says nothing. */
  lecture: 1 | 2 | 3 | 4 | undefined;
}

/**
 * How much each hyperparameter mattered in a study, measured with a random forest fitted to its complete trials, with
 * the lecture's ranking beside it. Measured on the scales, so that a learning rate counts by its decades; where a
 * conditional hyperparameter does not exist, it stands in the middle of its scale. Shows a progress line in notebooks
 * when it lasts (ten thousand trials take a minute), unless `progress` is false.
 *
 * @returns the most important first; all 0 when every trial has the same value
 * @throws RangeError with fewer than two complete trials, values that lie outside of the space, several objectives and
 *   none named, or an unknown option; the signal's reason when it is aborted.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) }, sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 30 });
 * (await importance(search))[0].name // 'learningRate'
 * @see Hutter, Hoos and Leyton-Brown 2014 (fANOVA); Breiman 2001 (permutation).
 */
export async function importance(
  study: StudyView,
  options: ImportanceOptions = {}
): Promise<Importance[]> {
  const where = 'importance';
  knownOptions(where, options, [
    'method',
    'normalize',
    'trees',
    'repeats',
    'seed',
    'objective',
    'progress',
    'signal'
  ]);
  const { method = 'fanova', normalize = true } = options;
  if (method !== 'fanova' && method !== 'permutation') {
    throw rangeError(
      where,
      "`method` must be 'fanova' or 'permutation'",
      show(method),
      "Leave it out for 'fanova'."
    );
  }
  if (typeof normalize !== 'boolean') {
    throw typeError(where, '`normalize` must be true or false', show(normalize), 'Leave it out.');
  }
  const trees = count(where, 'trees', options.trees ?? 64);
  const repeats = count(where, 'repeats', options.repeats ?? 5);
  const seed = checkSeed(where, options.seed ?? 0);
  const { objective } = options;
  const examples = readTrials(
    where,
    study,
    objective === undefined ? undefined : count(where, 'objective', objective, 0)
  );
  const [total, unit] =
    method === 'fanova' ? [trees, 'tree'] : [trees + repeats * examples.columns, 'part'];
  const raw = await inParts(where, total, unit, options, afterPart =>
    method === 'fanova'
      ? fanova(examples, trees, seed, afterPart)
      : permutation(examples, trees, repeats, seed, afterPart)
  );
  const sum = raw.reduce((total, value) => total + value, 0);
  const divisor = normalize && sum > 0 ? sum : 1;
  return hyperparametersOf(study.space)
    .map(({ name }, j) => ({ name, importance: raw[j] / divisor, lecture: lectureRank(name) }))
    .sort((a, b) => b.importance - a.importance);
}

function readTrials(where: string, study: StudyView, objective: number | undefined): Examples {
  if (!Array.isArray(study?.trials) || typeof study.space !== 'object') {
    throw typeError(
      where,
      'the first argument must be a study',
      show(study),
      'Pass what `study` returned.'
    );
  }
  const objectives = study.directions?.length ?? 1;
  if (objective === undefined ? objectives > 1 : objective >= objectives) {
    throw rangeError(
      where,
      `\`objective\` must say which of the study's ${objectives} objectives is meant, from 0`,
      `objective=${objective}`,
      'Pass { objective: 0 } for the first.'
    );
  }
  const complete = study.trials.filter(({ state }) => state === 'complete');
  if (complete.length < 2) {
    throw rangeError(
      where,
      'there must be at least two complete trials',
      `${complete.length}`,
      'Run a search first; some dozens of trials say something.'
    );
  }
  const hyperparameters = hyperparametersOf(study.space);
  const x = complete.flatMap(({ config, number }) =>
    hyperparameters.map(({ name, path, value: scale }) => {
      const value = valueAt(config, path);
      if (!scale.contains(value)) {
        throw rangeError(
          where,
          `each trial's \`${name}\` must lie in the study's space`,
          `${show(value)} in trial ${number}`,
          'The space changed since the trials were made: use the one that they were made with.'
        );
      }
      return scale.toUnit(value);
    })
  );
  return {
    x: Float64Array.from(x),
    y: Float64Array.from(complete, trial => valuesOf(trial)![objective ?? 0]),
    columns: hyperparameters.length
  };
}
