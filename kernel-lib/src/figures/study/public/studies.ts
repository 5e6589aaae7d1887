/** Several studies by name, as the figures that compare them accept them. */
import { rangeError, show, typeError } from '../../../errors';
import type { StudyView } from '../../../trials/view';

export function isStudy(value: unknown): value is StudyView {
  const study = value as Partial<StudyView> | null | undefined;
  return (
    typeof study === 'object' &&
    study !== null &&
    Array.isArray(study.trials) &&
    typeof study.space === 'object' &&
    study.space !== null
  );
}

export const directionsOf = ({ directions, direction }: StudyView) => directions ?? [direction];

/** More curves than there are colours cannot be told apart. */
const MOST_STUDIES = 20;

/**
 * Studies by name, each name with one or a list of them, all with the same directions.
 * @throws TypeError for anything else; RangeError for no study, for more than 20 names, an empty list, or directions
 *   that differ.
 */
export function readStudies(
  where: string,
  input: unknown
): { name: string; studies: StudyView[] }[] {
  const named = typeof input === 'object' && input !== null && !Array.isArray(input) && !isStudy(input); // prettier-ignore
  const entries: [string, unknown][] = named ? Object.entries(input) : [];
  const lists = entries.map(([name, one]) => ({
    name,
    studies: (Array.isArray(one) ? one : [one]) as StudyView[]
  }));
  const odd = lists.find(({ studies }) => !studies.every(isStudy));
  if (
    odd ||
    (entries.length === 0 &&
      (typeof input !== 'object' || input === null || Array.isArray(input) || isStudy(input)))
  ) {
    throw typeError(
      where,
      'studies come in an object by name, alone or in lists',
      odd
        ? `${odd.name}=${show(odd.studies.length === 1 ? odd.studies[0] : odd.studies)}`
        : show(input),
      'Write { tpe: studyA, random: [studyB, studyC] }.'
    );
  }
  const empty = lists.find(({ studies }) => studies.length === 0);
  if (lists.length === 0 || lists.length > MOST_STUDIES || empty) {
    throw rangeError(
      where,
      `there must be 1 to ${MOST_STUDIES} names, each with at least one study`,
      empty ? `none under ${show(empty.name)}` : `${lists.length} names`,
      'Write { tpe: studyA, random: [studyB, studyC] }.'
    );
  }
  checkDirections(where, lists);
  return lists;
}

function checkDirections(
  where: string,
  lists: readonly { name: string; studies: StudyView[] }[]
): void {
  const ways = lists.flatMap(({ name, studies }) =>
    studies.map(study => ({ name, way: directionsOf(study).join(', ') }))
  );
  const other = ways.find(({ way }) => way !== ways[0].way);
  if (other) {
    throw rangeError(
      where,
      'all studies must have the same directions',
      `${ways[0].way} for ${show(ways[0].name)}, ${other.way} for ${show(other.name)}`,
      'Compare those that minimize, and those that maximize, in figures of their own.'
    );
  }
}
