import { rangeError } from '../errors';
import { scaleOf } from '../scales/fromDescription';
import type { ScaleDescription } from '../scales/scale';
import type { Json } from '../storage/operation';
import { describeDistribution, describeScale, distributionOf } from '../storage/scaleDistribution';
import type { Space } from '../trials/view';
import { sameKind, type StoredStudy } from './replay';

/** The study's attribute that says which scales its hyperparameters have. */
export const SPACE = 'tunelab:space';
/** Version of what stands there. */
const VERSION = 1;

type Descriptions = Readonly<Record<string, { readonly [key: string]: Json }>>;

/** A space as it is stored. */
export function describeSpace(space: Space): Json {
  const names = Object.entries(space).map(([name, scale]) => [name, describeScale(scale)]);
  return { version: VERSION, space: Object.fromEntries(names) as Json };
}

function storedDescriptions(study: StoredStudy): Descriptions | undefined {
  const stored = study.userAttributes.get(SPACE) as
    { version?: number; space?: Descriptions } | undefined;
  if (stored === undefined) {
    return undefined;
  }
  if (stored?.version !== VERSION || typeof stored.space !== 'object') {
    throw rangeError(
      'study',
      `attribute \`${SPACE}\` must be of version ${VERSION}`,
      `version ${stored?.version}`,
      'Open the study with the version of tunelab that wrote it, or a later one.'
    );
  }
  return stored.space;
}

/**
 * Checks that a study was made with this space; for one that others began, that its hyperparameters mean the same.
 * @throws RangeError naming the first hyperparameter that differs.
 */
export function checkStoredSpace(study: StoredStudy, space: Space): void {
  const stored = storedDescriptions(study);
  const differs = (name: string, before: string, after: string) =>
    rangeError(
      'study',
      `the space must be the one with which study '${study.name}' was begun: there \`${name}\` is ${before}`,
      after,
      'Pass that space; or give the new search another name, and take over the trials that fit with ' +
        '`warmStart: await openStudy(…)`.'
    );
  if (stored) {
    const names = new Set([...Object.keys(stored), ...Object.keys(space)]);
    for (const name of names) {
      const before = Object.hasOwn(stored, name) ? plain(stored[name]) : 'missing';
      const after = Object.hasOwn(space, name) ? plain(describeScale(space[name])) : 'none';
      if (before !== after) {
        throw differs(name, before, after);
      }
    }
    return;
  }
  for (const [name, distribution] of study.distributions) {
    const before = JSON.stringify(distribution);
    if (!Object.hasOwn(space, name)) {
      throw differs(name, before, 'none');
    }
    if (!sameKind(distribution, distributionOf(space[name]))) {
      throw differs(name, before, JSON.stringify(distributionOf(space[name])));
    }
  }
  const missing = Object.keys(space).find(name => !study.distributions.has(name));
  if (missing !== undefined && study.distributions.size > 0) {
    throw differs(missing, 'missing', plain(describeScale(space[missing])));
  }
}

/** Conditions are compared by whether there is one: their text depends on how they were compiled. */
function plain(description: { readonly [key: string]: Json }): string {
  const entries = Object.entries(description).map(([key, value]) => [key, key === 'when' ? true : value]); // prettier-ignore
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a! < b! ? -1 : 1))));
}

/** The space of a stored study: as tunelab wrote it, or the nearest to the distributions of its trials. */
export function storedSpace(study: StoredStudy): Space {
  const stored = storedDescriptions(study);
  const descriptions = stored
    ? Object.entries(stored)
    : [...study.distributions].map(([name, one]) => [name, describeDistribution(one)] as const);
  return Object.fromEntries(
    descriptions.map(([name, one]) => [name, scaleOf(one as unknown as ScaleDescription)])
  );
}
