import { valuesOf, type Trial } from '../trials/trial';
import type { Study } from './study';

/** What a notebook shows of a study: how it is searched, how its trials stand, and the best. */
export function describeStudy(
  { name, sampler, best, paretoFront, directions, reason }: Study,
  trials: readonly Trial[]
): string {
  const counts = (['complete', 'pruned', 'failed', 'running', 'waiting'] as const)
    .map(state => [trials.filter(trial => trial.state === state).length, state] as const)
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`);
  const why = reason === undefined ? '' : `\n  ${reason}`;
  const found = best ? `\n  best ${best.value} in trial ${oneLine(best)}` : '';
  const front = directions.length > 1 ? describeFront(paretoFront) : '';
  return `Study '${name}', ${sampler.name} search: ${counts.join(', ') || 'no trials yet'}${found}${front}${why}`;
}

const SHOWN = 5;
const oneLine = ({ number, config }: Trial) => `${number}: ${JSON.stringify(config)}`;

function describeFront(front: readonly Trial[]): string {
  const lines = front
    .slice(0, SHOWN)
    .map(trial => `\n    [${valuesOf(trial)!.join(', ')}] in trial ${oneLine(trial)}`);
  const rest = front.length > SHOWN ? `\n    … ${front.length - SHOWN} more` : '';
  return front.length > 0 ? `\n  Pareto front of ${front.length}:${lines.join('')}${rest}` : '';
}
