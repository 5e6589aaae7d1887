/** What a kernel says of its studies and runs, checked: text that came over a comm is as foreign as text from a file. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { LONGEST_NAME, MOST_LISTED } from 'tunelab/dist/live/protocol';
import type { FromKernel } from 'tunelab/dist/live/protocol';

export type ListEntry = Extract<FromKernel, { type: 'list' }>['subjects'][number];

const KINDS: readonly unknown[] = ['study', 'run'];
const STATES: readonly unknown[] = ['running', 'idle', 'paused', 'ended', 'lost'];

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value); // prettier-ignore
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_NAME;

/** The entries that are ones. */
export function readEntries(subjects: unknown): ListEntry[] {
  return Array.isArray(subjects) ? subjects.slice(0, MOST_LISTED).flatMap(readEntry) : [];
}

function readEntry(given: unknown): ListEntry[] {
  const { key, kind, name, variable, state, done, value, front } = (given ?? {}) as ListEntry;
  if (
    !isText(key) ||
    !KINDS.includes(kind) ||
    !isText(name) ||
    !STATES.includes(state) ||
    !isNumber(done)
  ) {
    return [];
  }
  return [
    {
      ...{ key, kind, name, state, done },
      ...(isText(variable) && { variable }),
      ...(isNumber(value) && { value }),
      ...(isNumber(front) && { front })
    }
  ];
}

/** What it is called, and what goes on with it, in words. */
export function entryWords(
  { kind, name, variable, state, done, value, front }: ListEntry,
  trans: TranslationBundle
): { title: string; details: string[] } {
  const states = {
    running: kind === 'run' ? trans.__('training') : trans.__('searching'),
    idle: trans.__('at rest'),
    paused: trans.__('paused'),
    ended: trans.__('ended'),
    lost: trans.__('lost: its thread has ended')
  };
  const number = value === undefined ? '' : String(Number(value.toPrecision(4)));
  const study = [
    trans._n('%1 trial done', '%1 trials done', done),
    ...(number ? [trans.__('best %1', number)] : []),
    ...(front === undefined ? [] : [trans._n('%1 on the Pareto front', '%1 on the Pareto front', front)]) // prettier-ignore
  ];
  const run = [
    trans._n('%1 mini-batch', '%1 mini-batches', done),
    ...(number ? [trans.__('loss %1', number)] : [])
  ];
  return {
    title: name || (variable ?? trans.__('Run')),
    details: [
      kind === 'study' ? trans.__('study') : trans.__('run'),
      states[state],
      ...(kind === 'study' ? study : run)
    ]
  };
}
