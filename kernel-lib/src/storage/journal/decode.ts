import type { Entry, Json, StoredOperation, StoredParameter, TrialTemplate } from '../operation';
import { readDistribution } from './distributions';
import { STATES } from './encode';
import { parseJson } from './json';
import { readTime } from './time';

type Fields = Readonly<Record<string, unknown>>;

/** What a line holds. */
export interface Decoded {
  /** None for an operation that changes nothing; several if one line sets several attributes. */
  readonly operations: readonly StoredOperation[];
  /** Why the line, or a part of it, could not be read. */
  readonly damage?: string;
  /** Whether it is an operation, though perhaps one that is not known here; otherwise the line is garbage. */
  readonly isOperation: boolean;
}

const garbage = (damage: string): Decoded => ({ operations: [], damage, isOperation: false });
const unreadable = (damage: string): Decoded => ({ operations: [], damage, isOperation: true });
/** How the first line of every journal begins, and each one that was joined to a torn one. */
export const BEGINNING = '{"op_code":';

/** Reads a line without its end. Never throws. */
export function decode(line: string): Decoded {
  const found = decodeLine(line);
  return 'op' in found ? { operations: [found], isOperation: true } : found;
}

/** The same; what is one operation and nothing else, as nearly every line, comes without a wrapping. */
export function decodeLine(line: string): StoredOperation | Decoded {
  let fields: unknown;
  try {
    fields = parseJson(line);
  } catch {
    return salvage(line);
  }
  if (typeof fields !== 'object' || fields === null) {
    return garbage('no operation');
  }
  const { op_code: code } = fields as Fields;
  if (!Number.isInteger(code)) {
    return garbage('no operation: it has no op_code');
  }
  return operation(fields as Fields, code as number);
}

/**
 * A line that is none: Optuna, and whoever writes without looking, joins its next operation to one that a killed
 * process left torn. That next one is whole, and others counted on it.
 */
function salvage(line: string): Decoded {
  const joined = line.lastIndexOf(BEGINNING);
  if (joined > 0) {
    const rest = decode(line.slice(joined));
    if (rest.isOperation) {
      return { ...rest, damage: `a torn operation before a whole one, which was read` };
    }
  }
  if (line.trim() === '') {
    return garbage('a blank line');
  }
  return garbage(/^\0+$/.test(line) ? 'NUL bytes' : 'no JSON');
}

/** Texts that stand in line after line: one copy serves all, and those of the lines are soon forgotten. */
const shared = new Map<string, string>();
const SHARED = 1000;

function share(text: string): string {
  const known = shared.get(text);
  if (known === undefined) {
    if (shared.size >= SHARED) {
      shared.clear();
    }
    shared.set(text, text);
  }
  return known ?? text;
}

const whole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0; // prettier-ignore
const moment = (value: unknown) => (typeof value === 'string' ? readTime(value) : NaN);

function operation(fields: Fields, code: number): StoredOperation | Decoded {
  const workerId = share(String(fields.worker_id ?? ''));
  const { study_id: study, trial_id: trial } = fields;
  if (code > 10 || code < 0) {
    return unreadable(`operation ${code}, which this version of tunelab does not know`);
  }
  if (code >= 1 && code <= 4 && !whole(study)) {
    return unreadable(`operation ${code} without a study_id`);
  }
  if (code >= 5 && code <= 9 && !whole(trial)) {
    return unreadable(`operation ${code} without a trial_id`);
  }
  const [studyId, trialId] = [study as number, trial as number];
  switch (code) {
    case 0: {
      const { study_name: name, directions } = fields;
      if (typeof name !== 'string' || !Array.isArray(directions) || directions.length === 0) {
        return unreadable('a study without a name or directions');
      }
      const ways = directions.map(way => (way === 2 ? 'maximize' : 'minimize'));
      return { op: 'createStudy', name, directions: ways, workerId };
    }
    case 1:
      return { op: 'deleteStudy', study: studyId, workerId };
    case 2:
      return attributes(fields.user_attr, { op: 'studyUserAttribute', study: studyId, workerId });
    case 3:
      return attributes(fields.system_attr, { op: 'studySystemAttribute', study: studyId, workerId }); // prettier-ignore
    case 4:
      return createdTrial(fields, studyId, workerId);
    case 5: {
      const { param_name: name, param_value_internal: value } = fields;
      const distribution = readDistribution(fields.distribution);
      if (typeof name !== 'string' || typeof value !== 'number' || !distribution) {
        return unreadable('a parameter without a name, a value or a distribution that is known');
      }
      return {
        op: 'parameter',
        trial: trialId,
        name: share(name),
        value,
        distribution,
        workerId
      };
    }
    case 6: {
      const state = STATES[fields.state as number];
      if (!state) {
        return unreadable('a state that is not known');
      }
      const at = moment(state === 'running' ? fields.datetime_start : fields.datetime_complete);
      const values = numbers(fields.values);
      const head = { op: 'state', trial: trialId, state, values, workerId } as const;
      if (Number.isNaN(at)) {
        return head;
      }
      return state === 'running' ? { ...head, started: at } : { ...head, ended: at };
    }
    case 7: {
      const { step, intermediate_value: value } = fields;
      return Number.isSafeInteger(step) && typeof value === 'number'
        ? { op: 'report', trial: trialId, step: step as number, value, workerId }
        : unreadable('a report without a step or a value');
    }
    case 8:
      return attributes(fields.user_attr, { op: 'trialUserAttribute', trial: trialId, workerId });
    case 9:
      return attributes(fields.system_attr, { op: 'trialSystemAttribute', trial: trialId, workerId }); // prettier-ignore
    default:
      // 10 discards trials in one other program; Optuna passes over it as well.
      return { operations: [], isOperation: true };
  }
}

function attributes(
  given: unknown,
  head:
    | { op: 'studyUserAttribute' | 'studySystemAttribute'; study: number; workerId: string }
    | { op: 'trialUserAttribute' | 'trialSystemAttribute'; trial: number; workerId: string }
): Decoded {
  if (typeof given !== 'object' || given === null) {
    return unreadable('an attribute without a name');
  }
  const operations = entries(given).map(([key, value]) => ({ ...head, key, value }));
  return { operations, isOperation: true };
}

const entries = (given: unknown): Entry[] =>
  typeof given === 'object' && given !== null ? (Object.entries(given) as [string, Json][]) : [];

/** One number or several; `null` stands for none, and what is no number for NaN. */
function numbers(values: unknown): number[] | null {
  return Array.isArray(values)
    ? values.map(value => (typeof value === 'number' ? value : NaN))
    : null;
}

/** A trial counts, and so shifts the ids behind it, whatever of it can be read. */
function createdTrial(fields: Fields, study: number, workerId: string): StoredOperation | Decoded {
  const begun = moment(fields.datetime_start);
  const started = Number.isNaN(begun) ? null : begun;
  if (fields.state === undefined) {
    return { op: 'createTrial', study, started, workerId };
  }
  const ended = moment(fields.datetime_complete);
  const distributions = new Map(entries(fields.distributions));
  const given = entries(fields.params);
  const parameters = given.flatMap(([name, value]): StoredParameter[] => {
    const distribution = readDistribution(distributions.get(name));
    return distribution && typeof value === 'number' ? [{ name, value, distribution }] : [];
  });
  const template: TrialTemplate = {
    state: STATES[fields.state as number] ?? 'failed',
    values: numbers(fields.values) ?? numbers(fields.value === null ? null : [fields.value]),
    ended: Number.isNaN(ended) ? null : ended,
    parameters,
    reports: entries(fields.intermediate_values).flatMap(([step, value]) =>
      typeof value === 'number' ? [[Number(step), value] as const] : []
    ),
    userAttributes: entries(fields.user_attrs),
    systemAttributes: entries(fields.system_attrs)
  };
  const lost = parameters.length < given.length || !STATES[fields.state as number];
  return {
    operations: [{ op: 'createTrial', study, started, template, workerId }],
    isOperation: true,
    ...(lost && { damage: 'a trial of which a parameter or the state is not known' })
  };
}
