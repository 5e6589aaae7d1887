import type { RunEvent, RunHistory } from '../../panda/format';

/** Marks with words beside them; of more, the last ones. */
const MOST_MARKS = 60;
/** A slider that is dragged changes one thing many times, and warnings come again: nearer than this share of the curve, the last time counts. */
const NEAR = 0.02;

/** Something that happened to a run. */
export interface RunMark {
  at: number;
  label: string;
  /** Somebody did it, or part of it; otherwise the run warned by itself. */
  done: boolean;
}

/** What a mark on the curve says of an event. */
function words(event: RunEvent): string {
  switch (event.kind) {
    case 'set':
      return Object.entries(event.changes)
        .map(([name, value]) => {
          const text =
            typeof value === 'object' && value ? (value as { type: string }).type : value;
          return name === 'learningRate' ? `α = ${String(text)}` : `${name} = ${String(text)}`;
        })
        .join(', ');
    case 'rollBack':
      return `back to ${event.name}`;
    case 'snapshot':
    case 'branch':
      return `${event.kind} ${event.name}`;
    case 'warning':
      return `! ${event.warning}`;
    default:
      return event.kind;
  }
}

/** What events have in common that say the same thing anew; `undefined` of those that always count. */
function kindOf(event: RunEvent): string | undefined {
  return event.kind === 'set'
    ? Object.keys(event.changes).join()
    : event.kind === 'warning'
      ? `! ${event.warning}`
      : undefined;
}

/** Without those that are said again shortly after; what was set counts if anything else was done in between. */
function latest(events: readonly RunEvent[], near: number): RunEvent[] {
  const warned = new Map<string, number>();
  const set = new Map<string, number>();
  const kept = [...events].reverse().filter(event => {
    const kind = kindOf(event);
    const later = event.kind === 'warning' ? warned : set;
    const next = kind === undefined ? undefined : later.get(kind);
    if (event.kind !== 'warning') set.clear();
    if (kind !== undefined) later.set(kind, event.tick);
    return next === undefined || next - event.tick > near;
  });
  return kept.reverse();
}

/** The last of many marks: what was done counts more than what was warned of. */
export function lastMarks(marks: readonly RunMark[], most: number): RunMark[] {
  const done = marks.filter(mark => mark.done).slice(-most);
  const warned = marks.filter(mark => !mark.done);
  const room = Math.max(0, warned.length - (most - done.length));
  return [...done, ...warned.slice(room)].sort((a, b) => a.at - b.at);
}

/** What was done to a run and what it warned of, as marks on its curve: one for all that happened at the same mini-batch. */
export function marksOf({ events, stepLosses }: RunHistory): RunMark[] {
  const marks = new Map<number, RunMark>();
  const told = latest(events, NEAR * stepLosses.length);
  const isWarning = ({ kind }: RunEvent): boolean => kind === 'warning';
  // Words are cut behind the first few: those of what was done come first.
  for (const event of [...told.filter(one => !isWarning(one)), ...told.filter(isWarning)]) {
    const { tick: at } = event;
    const before = marks.get(at);
    marks.set(at, {
      at,
      label: before ? `${before.label}, ${words(event)}` : words(event),
      done: before?.done ?? !isWarning(event)
    });
  }
  return lastMarks([...marks.values()], MOST_MARKS);
}
