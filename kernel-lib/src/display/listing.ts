/** Studies in the list that pages show: each from its first moment, whether a figure shows it or not. */
import type { Listed } from '../live/protocol';
import { enlist } from '../live/registry';
import type { Study } from '../study/study';
import { activityOf, onStudy } from '../trials/activity';

/** A study in few words; costs the same for a few trials and for a million. */
export function listed(study: Study): Listed {
  const { name, finished, best } = study;
  const several = study.directions.length > 1;
  return {
    kind: 'study',
    name,
    state: activityOf(study)!.isSearching ? 'running' : 'idle',
    done: finished,
    ...(best && { value: best.value! }),
    ...(several && { front: study.paretoFront.length })
  };
}

onStudy(study => enlist(study as unknown as Study, listed));
