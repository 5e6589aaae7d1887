import { rangeError, show } from '../errors';
import { scaleOf } from '../scales/fromDescription';
import type { ScaleDescription } from '../scales/scale';
import type { Json } from '../storage/operation';
import { describeDistribution, describeScale, distributionOf } from '../storage/scaleDistribution';
import { hyperparametersOf, isScale, leavesOf } from '../trials/names';
import type { Space, SpaceNode } from '../trials/view';
import { inGroups } from './inGroups';
import { sameKind, type StoredStudy } from './replay';

/** The study's attribute that says which scales its hyperparameters have. */
export const SPACE = 'tunelab:space';
/** Version of what stands there. */
const VERSION = 1;

/** The description of a scale, as it is stored. */
type Description = { readonly [key: string]: Json };
/** Descriptions of scales in the groups of their space. */
type Descriptions =
  { readonly [name: string]: Descriptions } | readonly Descriptions[] | Description;

/** A group may well have a member called `kind`, but that is none of the words that say which scale it is. */
const isDescription = (node: unknown): node is Description =>
  typeof (node as Partial<ScaleDescription>).kind === 'string';

/** What the scales of a space are, in its groups. */
export function describeScales(space: Space | readonly SpaceNode[]): Json {
  const describe = (node: SpaceNode): Json =>
    isScale(node) ? describeScale(node) : describeScales(node);
  return Array.isArray(space)
    ? space.map(describe)
    : Object.fromEntries(
        Object.entries(space).map(([key, node]) => [key, describe(node as SpaceNode)])
      );
}

/** A space as it is stored. */
export function describeSpace(space: Space): Json {
  return { version: VERSION, space: describeScales(space) };
}

/** The space of a description that was stored. */
export function spaceOf(descriptions: unknown): Space {
  return nodeOf(descriptions) as Space;
}

function nodeOf(node: unknown): SpaceNode {
  if (typeof node !== 'object' || node === null) {
    throw rangeError(
      'study',
      'a stored space must be made of scales',
      show(node),
      'The text has been changed: use it as tunelab wrote it.'
    );
  }
  if (isDescription(node)) {
    return scaleOf(node as unknown as ScaleDescription);
  }
  const members = Object.entries(node).map(([key, member]) => [key, nodeOf(member)] as const);
  return Array.isArray(node) ? members.map(([, member]) => member) : Object.fromEntries(members);
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
  const scales = new Map(hyperparametersOf(space).map(({ name, value }) => [name, value]));
  if (stored) {
    const before = new Map(
      leavesOf(stored, isDescription).map(({ name, value }) => [name, plain(value as Description)])
    );
    const after = new Map([...scales].map(([name, scale]) => [name, plain(describeScale(scale))]));
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(name) !== after.get(name)) {
        throw differs(name, before.get(name) ?? 'missing', after.get(name) ?? 'none');
      }
    }
    return;
  }
  for (const [name, distribution] of study.distributions) {
    const before = JSON.stringify(distribution);
    const scale = scales.get(name);
    if (!scale) {
      throw differs(name, before, 'none');
    }
    if (!sameKind(distribution, distributionOf(scale))) {
      throw differs(name, before, JSON.stringify(distributionOf(scale)));
    }
  }
  const missing = [...scales].find(([name]) => !study.distributions.has(name));
  if (missing !== undefined && study.distributions.size > 0) {
    throw differs(missing[0], 'missing', plain(describeScale(missing[1])));
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
  if (stored) {
    return spaceOf(stored);
  }
  return inGroups(
    [...study.distributions].map(
      ([name, one]) => [name, scaleOf(describeDistribution(one))] as const
    )
  );
}
