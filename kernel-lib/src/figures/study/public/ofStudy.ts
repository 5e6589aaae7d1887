import { knownOptions, show, typeError } from '../../../errors';
import type { TrialState } from '../../../trials/trial';
import type { NameOf, StudyView } from '../../../trials/view';
import type { Figure } from '../../figure';
import { withSource } from '../../source';
import { tableOfStudy } from '../fromStudy';
import { quantityOf } from '../quantity';
import { studyFigure } from '../store';
import { STATES, type TrialTable } from '../table';
import type { StudyFigureName, TrialView } from '../view';

/**
 * A quantity of a study's trials: a hyperparameter, with a dot where it stands in a group; `'value'` (the metric; of
 * several objectives `'value[0]'`, `'value[1]'`, …), `'number'` (the trial's place) or `'duration'` (in seconds).
 */
export type TrialName<S extends StudyView> =
  NameOf<S['space']> | 'value' | `value[${number}]` | 'number' | 'duration';

/** Options of every figure of a study. */
export interface StudyFigureOptions<Name extends string = string> {
  /** Default: the study's name and its number of trials. */
  title?: string;
  /** Other labels for axes, by name: `{ value: 'dev error' }`. */
  labels?: Partial<Record<Name, string>>;
  /** Axes that are drawn otherwise than their scale says, by name: `{ value: 'log' }`. */
  scales?: Partial<Record<Name, 'linear' | 'log'>>;
  /** States that are left out: `['failed']`. Default: none. */
  hidden?: readonly TrialState[];
  /** Trials outside of these ranges are left out, by name, in own units: `{ value: [0, 0.1] }`. */
  ranges?: Partial<Record<Name, readonly [low: number, high: number]>>;
  /** Numbers of trials that are drawn larger, above all others. */
  pinned?: readonly number[];
}

type Check = (value: unknown, where: string, option: string) => void;

const refuse = (where: string, option: string, rule: string, value: unknown, advice: string) =>
  typeError(where, `\`${option}\` must be ${rule}`, show(value), advice);

const text: Check = (value, where, option) => {
  if (typeof value !== 'string') {
    throw refuse(where, option, 'a text', value, 'Write it between quotes.');
  }
};

const list =
  (rule: string, fits: (one: unknown) => boolean): Check =>
  (value, where, option) => {
    if (!Array.isArray(value) || !value.every(fits)) {
      throw refuse(where, option, `an array of ${rule}`, value, 'Write for example [ … ].');
    }
  };

const record =
  (rule: string, fits: (one: unknown) => boolean): Check =>
  (value, where, option) => {
    if (typeof value !== 'object' || value === null || !Object.values(value).every(fits)) {
      throw refuse(
        where,
        option,
        `an object of ${rule} by name`,
        value,
        'Write for example { value: … }.'
      );
    }
  };

const isText = (one: unknown) => typeof one === 'string';
const isRange = (one: unknown) =>
  Array.isArray(one) && one.length === 2 && one.every(Number.isFinite) && one[0] <= one[1];

/** What each option must be, for those who write JavaScript. */
const CHECKS: Readonly<Record<keyof TrialView | 'title', Check>> = {
  title: text,
  x: text,
  y: text,
  color: text,
  size: text,
  sort: text,
  descending: (value, where, option) => {
    if (typeof value !== 'boolean') {
      throw refuse(where, option, 'true or false', value, 'Leave it out for false.');
    }
  },
  names: list('names', isText),
  labels: record('texts', isText),
  scales: record("'linear' or 'log'", one => one === 'linear' || one === 'log'),
  hidden: list(`states of trials (${STATES.join(', ')})`, one =>
    STATES.includes(one as TrialState)
  ),
  ranges: record('a low and a high number', isRange),
  pinned: list('numbers of trials', one => Number.isSafeInteger(one) && Number(one) >= 0)
};

const COMMON = ['title', 'labels', 'scales', 'hidden', 'ranges', 'pinned'] as const;

/**
 * The figure of a study, of a kind. Options have the names of a view's fields.
 * @param own those of this kind, beside the common ones
 * @param more names that labels and scales may have beside the quantities of trials
 */
export function ofStudy(
  figure: StudyFigureName,
  study: StudyView,
  options: object,
  own: readonly (keyof TrialView)[],
  more: readonly string[] = []
): Figure {
  const where = `figures.${figure}`;
  if (!Array.isArray(study?.trials) || typeof study.space !== 'object') {
    throw typeError(
      where,
      'the first argument must be a study',
      show(study),
      'Pass what `study({ … })` or `openStudy(…)` returned.'
    );
  }
  const known = [...own, ...COMMON];
  knownOptions(where, options, known);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  given.forEach(([name, value]) => CHECKS[name as keyof TrialView](value, where, name));
  const { title, ...view } = Object.fromEntries(given) as StudyFigureOptions & TrialView;
  const first = tableOfStudy(study);
  for (const option of ['labels', 'scales', 'ranges'] as const) {
    for (const name of Object.keys(view[option] ?? {})) {
      if (!more.includes(name)) quantityOf(first, {}, name, { where, option });
    }
  }
  const draw = (table: TrialTable): Figure =>
    studyFigure({ figure, table, view: view as TrialView, ...(title !== undefined && { title }) });
  return withSource(draw(first), { studies: [study], make: () => draw(tableOfStudy(study)) });
}
