/** Paths of optimizers through two parameters. */
import { rangeError, show, typeError } from '../../errors';
import { count } from '../../numeric/options';
import { isArrayLike } from '../distributions/sets';

export type Place = readonly [x: number, y: number];

/** The places of a path in order, or a function from a place and the number of the step (from 1) to the next place. */
export type OptimizerPath =
  readonly ArrayLike<number>[] | ((place: Place, step: number) => ArrayLike<number>);

export interface Path {
  name: string;
  /** At least one, all finite: a path ends where it becomes infinite. */
  places: Place[];
}

const MOST_PATHS = 20;
const MOST_STEPS = 100_000;

/** @throws TypeError for places that are not two numbers; RangeError for no path, too many, or one without a start. */
export function readPaths(where: string, paths: unknown, start: unknown, steps: unknown): Path[] {
  const entries = typeof paths === 'object' && paths !== null ? Object.entries(paths) : [];
  if (entries.length === 0 || entries.length > MOST_PATHS || Array.isArray(paths)) {
    throw rangeError(
      where,
      `there must be 1 to ${MOST_PATHS} paths, by the names of their optimizers`,
      show(paths),
      'Write for example { adam: [[0, 1], [0.1, 0.9]] }.'
    );
  }
  const wanted = count(where, 'steps', steps);
  if (wanted > MOST_STEPS) {
    throw rangeError(
      where,
      `\`steps\` must be at most ${MOST_STEPS}`,
      `steps=${wanted}`,
      'Take fewer.'
    );
  }
  return entries.map(([name, path]: [string, unknown]) => {
    if (typeof path === 'function') {
      return { name, places: walk(where, name, path as never, begin(where, start), wanted) };
    }
    if (!Array.isArray(path) || path.length === 0) {
      throw typeError(
        where,
        'a path must be an array of places [x, y], or a function to the next place',
        `${name}=${show(path)}`,
        'Write the parameters down after each step: path.push([w1, w2]).'
      );
    }
    const places = path.map((place, i) => readPlace(where, `place ${i} of ${name}`, place));
    const lost = places.findIndex(place => !isFinitePlace(place));
    if (lost === 0) {
      throw rangeError(
        where,
        'a path must begin at finite numbers',
        `${name}=${show(path)}`,
        'Look at its start.'
      );
    }
    return { name, places: lost === -1 ? places : places.slice(0, lost) };
  });
}

function begin(where: string, start: unknown): Place {
  const place = start === undefined ? undefined : readPlace(where, 'start', start);
  if (!place || !isFinitePlace(place)) {
    throw rangeError(
      where,
      '`start` must be two finite numbers where a path is a function',
      `start=${show(start)}`,
      'Write for example { start: [4, 1] }.'
    );
  }
  return place;
}

function walk(
  where: string,
  name: string,
  next: (place: Place, step: number) => unknown,
  start: Place,
  steps: number
): Place[] {
  const places = [start];
  for (let step = 1; step <= steps; step++) {
    const place = readPlace(where, `step ${step} of ${name}`, next(places[step - 1], step));
    if (!isFinitePlace(place)) {
      break;
    }
    places.push(place);
  }
  return places;
}

function readPlace(where: string, what: string, place: unknown): Place {
  if (
    !isArrayLike(place) ||
    place.length !== 2 ||
    ![place[0], place[1]].every(at => typeof at === 'number')
  ) {
    throw typeError(
      where,
      'a place must be two numbers [x, y]',
      `${show(place)} as ${what}`,
      'It holds the values of both parameters.'
    );
  }
  return [place[0] as number, place[1] as number];
}

const isFinitePlace = ([x, y]: Place) => Number.isFinite(x) && Number.isFinite(y);
