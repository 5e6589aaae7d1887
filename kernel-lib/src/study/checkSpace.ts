import { rangeError, show } from '../errors';
import { hyperparametersOf, isScale } from '../trials/names';
import type { Space } from '../trials/view';
import { configAt } from './space';

const WHERE = 'study';

/**
 * @throws RangeError if the space or one of its groups is empty, holds itself or something that is no scale, or has a
 *   name that cannot be used; or if a condition cannot be read.
 */
export function checkSpace(space: Space): void {
  if (typeof space !== 'object' || space === null || Array.isArray(space) || isScale(space)) {
    throw noSpace(space);
  }
  const names = Object.keys(space);
  if (names.length === 0) {
    throw noSpace(space);
  }
  const reserved = names.find(name => name === 'value' || name === 'number');
  if (reserved !== undefined) {
    throw rangeError(
      WHERE,
      "hyperparameters are not called `value` or `number`, which name a trial's result and place",
      `\`${reserved}\``,
      'Choose a name that says what it is, such as `dropout` or `layers`.'
    );
  }
  checkGroup(space, '', []);
  // Conditions that cannot be read are found before the first trial.
  const middle = hyperparametersOf(space).map(() => 0.5);
  configAt(space, middle);
}

function noSpace(space: unknown): RangeError {
  return rangeError(
    WHERE,
    '`space` must name at least one hyperparameter',
    show(space),
    'Pass for example { learningRate: scales.log(1e-4, 1) }.'
  );
}

/** A list of plain values alone is none: somebody forgot the scale around its ends. */
function isGroup(node: unknown): node is object {
  const listed = Array.isArray(node) && node.length > 0;
  return (
    typeof node === 'object' &&
    node !== null &&
    !ArrayBuffer.isView(node) &&
    !(listed && node.every(member => typeof member !== 'object'))
  );
}

/** @param above the groups that this one stands in */
function checkGroup(group: object, before: string, above: readonly object[]): void {
  for (const [key, node] of Object.entries(group) as [string, unknown][]) {
    const name = before + key;
    if (key === '' || key.includes('.') || key === '__proto__') {
      throw rangeError(
        WHERE,
        'a name must not be empty, and has no dot, which stands between a group and its members',
        show(name),
        'Write a group, { optimizer: { learningRate: … } }, or another name.'
      );
    }
    if (isScale(node)) {
      continue;
    }
    if (!isGroup(node)) {
      throw rangeError(
        WHERE,
        'each hyperparameter needs a scale from `scales.*`',
        `${show(node)} for \`${name}\``,
        `Write ${key}: scales.linear(low, high), or another scale.`
      );
    }
    if (node === group || above.includes(node)) {
      throw rangeError(
        WHERE,
        'a group of hyperparameters must not hold itself',
        `\`${name}\`, in which it stands`,
        'Take it out; a space ends in scales.'
      );
    }
    if (Object.keys(node).length === 0) {
      throw rangeError(
        WHERE,
        'a group must name at least one hyperparameter',
        `${show(node)} for \`${name}\``,
        'Leave it out, or put a scale from `scales.*` in.'
      );
    }
    checkGroup(node, `${name}.`, [...above, group]);
  }
}
