import { rangeError, show } from '../errors';
import { choice } from './choice';
import { expression } from './expression';
import { integer } from './integer';
import { linear } from './linear';
import { log } from './log';
import { oneMinusLog } from './oneMinusLog';
import { quantized } from './quantized';
import type { Scale, ScaleDescription } from './scale';
import { when } from './when';

/**
 * The scale that a stored description stands for. Of a conditional one the condition is a text: figures show it, and
 * who asks where it exists gets an error.
 * @throws RangeError if the description is of no scale that this version knows.
 */
export function scaleOf(description: ScaleDescription): Scale<unknown> {
  const scale = plainScale(description) as Scale<unknown>;
  if (description.when === undefined) {
    return scale;
  }
  const unknown = () => {
    throw rangeError(
      'study',
      'a condition must be a function to say where a hyperparameter exists',
      `the text ${show(description.when)}`,
      'To search on, open the study with its space: study({ space, storage }).'
    );
  };
  return { ...when(unknown, scale), toJSON: () => description };
}

function plainScale(description: ScaleDescription): unknown {
  const { kind, low, high, step, choices, inverse, range } = description;
  switch (kind) {
    case 'linear':
      return linear(low!, high!);
    case 'log':
      return log(low!, high!);
    case 'oneMinusLog':
      return oneMinusLog(low!, high!);
    case 'integer':
      return integer(low!, high!);
    case 'quantized':
      return quantized(low!, high!, step!);
    case 'choice':
      return choice(choices!);
    case 'expression':
      return expression(description.expression!, range!, inverse === undefined ? {} : { inverse });
    default:
      throw rangeError(
        'study',
        'a stored scale must be one that this version knows',
        show(kind),
        'Open the study with the version of tunelab that wrote it, or a later one.'
      );
  }
}
