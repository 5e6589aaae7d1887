/** What a page needs to write a search of its own: the scales, and what the notebook calls study and objective. */
import { currentKernel } from '../../host';
import type { Scale, ScaleDescription } from '../../scales/scale';
import { objectiveOf } from '../../trials/searched';

/** A scale as its factory is called: what `scaleOf` takes, but for a condition, of which it is only said that there is one. */
export interface ScaleCode extends Omit<ScaleDescription, 'when'> {
  conditional?: true;
}

/** Names of the notebook's variables. */
export interface VariableNames {
  study?: string;
  objective?: string;
}

/** The description of a scale, without the text of a condition: that is code, and only the learner's own. */
export function codeOf(scale: Scale<unknown>): ScaleCode {
  const { when, ...description } = scale.toJSON();
  return when === undefined ? description : { ...description, conditional: true };
}

/** What the notebook calls a study and its last objective; `undefined` where nobody knows. */
export function variableNames(study: object): VariableNames | undefined {
  const nameOf = currentKernel()?.nameOf;
  if (!nameOf) {
    return undefined;
  }
  const objective = objectiveOf(study);
  const names = { study: nameOf(study), objective: objective && nameOf(objective) };
  const known = Object.entries(names).filter(([, name]) => name !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}
