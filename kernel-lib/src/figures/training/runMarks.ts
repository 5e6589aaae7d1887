import type { RunEvent, RunHistory } from '../../panda/format';

/** Marks with words beside them; of more, the last ones. */
const MOST_MARKS = 60;
/** A slider that is dragged changes one thing many times: nearer than this share of the curve, the last time counts. */
const NEAR = 0.02;

/** Something that happened to a run. */
export interface RunMark {
  at: number;
  label: string;
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

/** Whether the same things were set once more, shortly after. */
function follows(before: RunEvent, event: RunEvent | undefined, near: number): boolean {
  return (
    before.kind === 'set' &&
    event?.kind === 'set' &&
    event.tick - before.tick <= near &&
    Object.keys(before.changes).join() === Object.keys(event.changes).join()
  );
}

/** What was done to a run and what it warned of, as marks on its curve: one for all that happened at the same mini-batch. */
export function marksOf({ events, stepLosses }: RunHistory): RunMark[] {
  const near = NEAR * stepLosses.length;
  const told = events.filter((event, i) => !follows(event, events[i + 1], near));
  const marks = new Map<number, string>();
  for (const event of told) {
    const before = marks.get(event.tick);
    marks.set(event.tick, before === undefined ? words(event) : `${before}, ${words(event)}`);
  }
  return [...marks].map(([at, label]) => ({ at, label })).slice(-MOST_MARKS);
}
