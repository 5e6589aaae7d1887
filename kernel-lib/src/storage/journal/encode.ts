import type { TrialState } from '../../trials/trial';
import type { Entry, Operation, TrialTemplate } from '../operation';
import { distributionText } from './distributions';
import { floatJson, numberJson, textJson, valueJson } from './json';
import { timeText } from './time';

/** Optuna's numbers of states. */
export const STATES: readonly TrialState[] = ['running', 'complete', 'pruned', 'failed', 'waiting'];

const time = (milliseconds: number | null | undefined) =>
  milliseconds === null || milliseconds === undefined ? 'null' : `"${timeText(milliseconds)}"`;
const floats = (values: readonly number[] | null) =>
  values === null ? 'null' : `[${values.map(floatJson).join(',')}]`;
const object = (fields: string[]) => `{${fields.join(',')}}`;
const entry = ([key, value]: Entry) => `${textJson(key)}:${valueJson(value)}`;
const parameterJson = (value: number, kind: string) =>
  kind === 'categorical' ? numberJson(value) : floatJson(value);

/**
 * An operation as a line of Optuna's journal, without its end.
 * @param worker the worker's id, as JSON
 * @throws TypeError if an attribute holds what JSON does not have.
 */
export function encode(operation: Operation, worker: string): string {
  const [code, fields] = fieldsOf(operation);
  return `{"op_code":${code},"worker_id":${worker},${fields}}`;
}

function fieldsOf(o: Operation): [code: number, fields: string] {
  switch (o.op) {
    case 'createStudy': {
      const directions = o.directions.map(direction => (direction === 'minimize' ? 1 : 2));
      return [0, `"study_name":${textJson(o.name)},"directions":[${directions.join(',')}]`];
    }
    case 'deleteStudy':
      return [1, `"study_id":${o.study}`];
    case 'studyUserAttribute':
      return [2, `"study_id":${o.study},"user_attr":{${entry([o.key, o.value])}}`];
    case 'studySystemAttribute':
      return [3, `"study_id":${o.study},"system_attr":{${entry([o.key, o.value])}}`];
    case 'createTrial': {
      const template = o.template ? `,${templateFields(o.template)}` : '';
      return [4, `"study_id":${o.study},"datetime_start":${time(o.started)}${template}`];
    }
    case 'parameter': {
      const value = parameterJson(o.value, o.distribution.kind);
      const distribution = textJson(distributionText(o.distribution));
      const name = textJson(o.name);
      return [5, `"trial_id":${o.trial},"param_name":${name},"param_value_internal":${value},"distribution":${distribution}`]; // prettier-ignore
    }
    case 'state': {
      const begun = o.state === 'running' ? `,"datetime_start":${time(o.started ?? Date.now())}` : ''; // prettier-ignore
      const finished = o.state !== 'running' && o.state !== 'waiting';
      const ended = finished ? `,"datetime_complete":${time(o.ended ?? Date.now())}` : '';
      return [6, `"trial_id":${o.trial},"state":${STATES.indexOf(o.state)},"values":${floats(o.values)}${begun}${ended}`]; // prettier-ignore
    }
    case 'report':
      return [7, `"trial_id":${o.trial},"step":${o.step},"intermediate_value":${floatJson(o.value)}`]; // prettier-ignore
    case 'trialUserAttribute':
      return [8, `"trial_id":${o.trial},"user_attr":{${entry([o.key, o.value])}}`];
    case 'trialSystemAttribute':
      return [9, `"trial_id":${o.trial},"system_attr":{${entry([o.key, o.value])}}`];
  }
}

function templateFields(t: TrialTemplate): string {
  // Optuna keeps a single value in one field and several in another.
  const several = (t.values?.length ?? 0) > 1;
  const value = t.values && !several ? floatJson(t.values[0]) : 'null';
  const distributions = t.parameters.map(
    ({ name, distribution }) => `${textJson(name)}:${textJson(distributionText(distribution))}`
  );
  const parameters = t.parameters.map(
    p => `${textJson(p.name)}:${parameterJson(p.value, p.distribution.kind)}`
  );
  return [
    `"state":${STATES.indexOf(t.state)}`,
    `"value":${value}`,
    `"values":${several ? floats(t.values) : 'null'}`,
    ...(t.ended === null ? [] : [`"datetime_complete":${time(t.ended)}`]),
    `"distributions":${object(distributions)}`,
    `"params":${object(parameters)}`,
    `"user_attrs":${object(t.userAttributes.map(entry))}`,
    `"system_attrs":${object(t.systemAttributes.map(entry))}`,
    `"intermediate_values":${object(t.reports.map(([step, value]) => `"${step}":${floatJson(value)}`))}`
  ].join(',');
}
