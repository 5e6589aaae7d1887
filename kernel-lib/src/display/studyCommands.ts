import { rangeError, show, typeError } from '../errors';
import { CommandRefused } from '../live/page';
import type { Command } from '../live/registry';
import type { Study } from '../study/study';
import { activityOf } from '../trials/activity';
import { hyperparametersOf } from '../trials/names';
import type { StudyView } from '../trials/view';

/** What a reader of a study's figure may have done; nothing for stored results. */
export function studyCommands(viewed: StudyView): Readonly<Record<string, Command>> {
  const study = viewed as unknown as Study;
  if (typeof study.enqueue !== 'function' || !activityOf(viewed)) {
    return {};
  }
  return {
    enqueue: async ({ config, number }) => {
      const wanted = number === undefined ? grouped(study, config) : trialOf(study, number).config;
      return { number: (await study.enqueue(wanted)).number };
    },
    note: async ({ number, text }) => {
      if (typeof text !== 'string') {
        throw typeError(
          'note',
          '`text` must be a text',
          show(text),
          "Pass '' to take a note away."
        );
      }
      await study.annotate(trialOf(study, number).number, { note: text });
      return {};
    },
    stop: () => {
      const reason = new Error('the reader stopped it at its figure');
      if (activityOf(viewed)!.stop(reason) === 0) {
        throw new CommandRefused('notNow', 'stop: no search of this study is under way.');
      }
      return {};
    }
  };
}

function trialOf(study: Study, number: unknown) {
  const { trials } = study;
  const trial = typeof number === 'number' ? trials[number] : undefined;
  if (!trial) {
    throw rangeError(
      'trial',
      `\`number\` must be that of one of the study's ${trials.length} trials`,
      show(number),
      'Choose one that the figure shows.'
    );
  }
  return trial;
}

/**
 * A configuration in its groups, from values by name, with a dot where a hyperparameter stands in a group. Categories come by
 * their labels, as axes show them. `study.enqueue` checks the values.
 */
function grouped(study: Study, config: unknown): object {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw typeError('enqueue', '`config` must be an object of values by name', show(config), 'Pass { learningRate: 0.01 }, or the number of a trial.'); // prettier-ignore
  }
  const hyperparameters = hyperparametersOf(study.space);
  const whole: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) {
    const found = hyperparameters.find(one => one.name === name);
    if (!found) {
      const names = hyperparameters.map(one => one.name).join(', ');
      throw rangeError('enqueue', `hyperparameters are ${names}`, show(name), 'Correct the name, or leave it out.'); // prettier-ignore
    }
    const { path, value: scale } = found;
    const category = scale.axis(name).categories?.indexOf(String(value)) ?? -1;
    const meant = category < 0 ? undefined : scale.grid(scale.size).find(one => scale.toNumber(one) === category); // prettier-ignore
    let group = whole;
    for (const key of path.slice(0, -1)) {
      group = (group[key] ??= {}) as Record<string, unknown>;
    }
    group[path[path.length - 1]] = meant === undefined ? value : meant;
  }
  return whole;
}
