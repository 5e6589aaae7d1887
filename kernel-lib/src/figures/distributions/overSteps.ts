/** Distributions that change over steps or epochs: samples, or what probes recorded, of one run or of several. */
import { rangeError, show, typeError } from '../../errors';
import type { ProbeRecord, ProbeSubject } from '../../training/probes';
import { sizeOf, type Sample } from './quantiles';
import { isArrayLike, readNumbers } from './sets';

/** The values of each step (or epoch); any number of them. */
export type SamplesOverSteps = (
  { readonly steps: ArrayLike<number> } | { readonly epochs: ArrayLike<number> }
) & { readonly values: readonly ArrayLike<number>[] };

/** Samples by step or epoch, the history of a `fit` that had probes, or their records. */
export type OverSteps =
  SamplesOverSteps | { readonly probes?: readonly ProbeRecord[] } | readonly ProbeRecord[];

/** Which of the probes' records are drawn. */
export interface RecordChoice {
  /** What the probe recorded. Default: `'activations'` where there are some, else what there is. */
  record?: ProbeSubject;
  /** Places of layers, from 0. Default: all that were recorded. */
  layers?: readonly number[];
}

/** One panel: a sequence of samples. */
export interface Sequence {
  row: number;
  column: number;
  /** The run's name and the layer's, where there are several or it has one. */
  title: string;
  /** When the samples were taken, rising; records of probes know the epoch as well, where each has its own. */
  times: { step?: number[]; epoch?: number[] };
  samples: Sample[];
  /** Numbers that are NaN or infinite, left out of the samples. */
  notFinite: number;
}

export interface Sequences {
  /** What they are distributions of: `activations`. */
  subject: string;
  all: Sequence[];
}

const SUBJECTS: readonly ProbeSubject[] = ['activations', 'gradients', 'weights'];
/** More panels than this are too small to read. */
const MOST_PANELS = 24;

/** Several distributions by name, or one. */
export type NamedOverSteps = OverSteps | Readonly<Record<string, OverSteps>>;

/**
 * Reads what a figure draws. Runs are columns of panels, layers are rows.
 * @throws TypeError for anything else; RangeError if steps and values differ in number, if steps do not rise, if
 *   nothing is recorded of what is asked for, or for more than 24 panels.
 */
export function readOverSteps(where: string, input: unknown, choice: RecordChoice): Sequences {
  const named: [string, unknown][] = isOne(input)
    ? [['', input]]
    : typeof input === 'object' && input !== null
      ? Object.entries(input)
      : [];
  const odd = named.find(([, one]) => !isOne(one));
  if (named.length === 0 || odd) {
    throw typeError(
      where,
      'the input must be { steps, values }, a history with probes, or an object of such by name',
      odd ? `${odd[0]}=${show(odd[1])}` : show(input),
      'Pass { steps: [1, 2], values: [[0.1, 0.3], [0.2, 0.5]] }, or what fit(…, { probes: [{}] }) returned.'
    );
  }
  checkChoice(where, choice);
  const runs = named.map(([name, one]) =>
    isSamples(one)
      ? { name, ...readSamples(where, name, one) }
      : { name, ...readRecords(where, name, recordsOf(one), choice) }
  );
  const rows = Math.max(...runs.map(({ parts }) => parts.length));
  if (rows * runs.length > MOST_PANELS) {
    throw rangeError(
      where,
      `there can be at most ${MOST_PANELS} panels`,
      `${rows} layers or arrays of ${runs.length} runs`,
      'Name some layers: { layers: [0, 2] }.'
    );
  }
  return {
    subject: [...new Set(runs.map(({ subject }) => subject))].join(', '),
    all: runs.flatMap(({ name, parts }, column) =>
      // Networks that are compared may have other layers at the same place: their titles say which.
      parts.map(({ key, ...part }, row) => ({
        ...part,
        row,
        column,
        title: [name, key].filter(Boolean).join(': ')
      }))
    )
  };
}

interface Run {
  subject: string;
  parts: (Omit<Sequence, 'row' | 'column' | 'title'> & { key: string })[];
}

function isSamples(
  input: unknown
): input is { steps?: unknown; epochs?: unknown; values: unknown } {
  return typeof input === 'object' && input !== null && isArrayLike((input as Partial<SamplesOverSteps>).values); // prettier-ignore
}

function isOne(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) {
    return false;
  }
  const history = input as { probes?: unknown; stepLosses?: unknown };
  return (
    isSamples(input) ||
    Array.isArray(input) ||
    Array.isArray(history.probes) ||
    isArrayLike(history.stepLosses)
  );
}

function readSamples(
  where: string,
  name: string,
  input: { steps?: unknown; epochs?: unknown; values: unknown }
): Run {
  const of = name ? ` of ${name}` : '';
  const unit = input.epochs !== undefined ? 'epoch' : 'step';
  const steps = Array.from(readNumbers(where, `${unit}s${of}`, input[`${unit}s`]));
  const rows = input.values as ArrayLike<unknown>;
  if (steps.length !== rows.length) {
    throw rangeError(
      where,
      `\`${unit}s\` and \`values\` must be equally many`,
      `${steps.length} and ${rows.length}${of}`,
      `Give one array of values for each ${unit}.`
    );
  }
  const wrong = steps.findIndex(
    (step, i) => !Number.isFinite(step) || (i > 0 && !(step > steps[i - 1]))
  );
  if (wrong >= 0) {
    throw rangeError(
      where,
      `\`${unit}s\` must be finite numbers that rise`,
      `${steps[wrong]} at index ${wrong}${of}`,
      'Sort them together with their values; leave out repetitions.'
    );
  }
  let notFinite = 0;
  const samples = Array.from(rows, (row, i) => {
    const numbers = Float64Array.from(readNumbers(where, `values[${i}]${of}`, row));
    const finite = numbers.filter(Number.isFinite);
    notFinite += numbers.length - finite.length;
    return finite;
  });
  return { subject: 'values', parts: [{ key: '', times: { [unit]: steps }, samples, notFinite }] };
}

function recordsOf(input: unknown): readonly ProbeRecord[] {
  return Array.isArray(input) ? input : ((input as { probes?: ProbeRecord[] }).probes ?? []);
}

function readRecords(
  where: string,
  name: string,
  records: readonly ProbeRecord[],
  choice: RecordChoice
): Run {
  const of = name ? ` in ${name}` : '';
  const odd = records.find(one => !Array.isArray(one?.distribution?.percentiles));
  if (odd !== undefined) {
    throw typeError(
      where,
      'records must be those of probes',
      `${show(odd)}${of}`,
      'Pass history.probes as it is.'
    );
  }
  const subject = choice.record ?? SUBJECTS.find(one => records.some(record => record.subject === one)); // prettier-ignore
  const chosen = records.filter(
    one => one.subject === subject && (choice.layers?.includes(one.layer) ?? true)
  );
  if (chosen.length === 0 || subject === undefined) {
    const layers = choice.layers ? ` of layers ${choice.layers.join(', ')}` : '';
    throw rangeError(
      where,
      `the probes must have recorded ${choice.record ?? 'something'}${layers}`,
      records.length === 0 ? `no records${of}` : `records of ${seen(records)}${of}`,
      'Train with fit(…, { probes: [{ every: 10 }] }), which records all layers.'
    );
  }
  const byKey = new Map<string, Map<number, ProbeRecord>>();
  for (const one of chosen.slice().sort((a, b) => a.layer - b.layer)) {
    const key = `layer ${one.layer} (${one.type})${one.name ? ` ${one.name}` : ''}`;
    // Two probes may have looked at the same step: they saw the same.
    byKey.set(key, (byKey.get(key) ?? new Map<number, ProbeRecord>()).set(one.step, one));
  }
  const parts = [...byKey].map(([key, bySteps]) => {
    const sorted = [...bySteps.values()].sort((a, b) => a.step - b.step);
    const epochs = sorted.map(({ epoch }) => epoch);
    const once = new Set(epochs).size === epochs.length;
    return {
      key,
      times: { step: sorted.map(({ step }) => step), ...(once && { epoch: epochs }) },
      samples: sorted.map(({ distribution }) => distribution),
      notFinite: sorted.reduce((sum, { distribution }) => sum + distribution.notFinite, 0)
    };
  });
  return { subject, parts };
}

function seen(records: readonly ProbeRecord[]): string {
  const subjects = [...new Set(records.map(({ subject }) => subject))].join(', ');
  const layers = [...new Set(records.map(({ layer }) => layer))].join(', ');
  return `${subjects} of layers ${layers}`;
}

function checkChoice(where: string, { record, layers }: RecordChoice): void {
  if (record !== undefined && !SUBJECTS.includes(record)) {
    throw rangeError(
      where,
      `\`record\` must be ${SUBJECTS.map(one => `\`${one}\``).join(', ')}`,
      `record=${show(record)}`,
      "Leave it out for 'activations'."
    );
  }
  if (layers !== undefined && !(Array.isArray(layers) && layers.every(Number.isInteger))) {
    throw typeError(where, '`layers` must be a list of whole numbers', show(layers), 'Write { layers: [0, 2] }.'); // prettier-ignore
  }
}

/**
 * The times of all sequences in one unit.
 * @throws RangeError if some have only steps and others only epochs.
 */
export function timesIn(
  where: string,
  all: readonly Sequence[],
  preferred: 'step' | 'epoch'
): { unit: 'step' | 'epoch'; times: number[][] } {
  const other = preferred === 'step' ? 'epoch' : 'step';
  const unit = ([preferred, other] as const).find(one => all.every(({ times }) => times[one]));
  if (unit === undefined) {
    throw rangeError(
      where,
      'all runs must be by steps or all by epochs',
      all.map(({ title, times }) => `${title} by ${Object.keys(times).join(' and ')}`).join('; '),
      'Give { steps, values } for each run.'
    );
  }
  return { unit, times: all.map(({ times }) => times[unit]!) };
}

/** At most `most` of the samples that hold a number, evenly over their places, the first and the last with them. */
export function thinned(sequence: Sequence, places: readonly number[], most: number): number[] {
  const full = places.map((_, i) => i).filter(i => sizeOf(sequence.samples[i]) > 0);
  if (full.length <= most) {
    return full;
  }
  const [first, last] = [places[full[0]], places[full[full.length - 1]]];
  const picked: number[] = [];
  for (let k = 0, at = 0; k < most; k++) {
    const wanted = first + ((last - first) * k) / (most - 1);
    while (
      at < full.length - 1 &&
      Math.abs(places[full[at + 1]] - wanted) <= Math.abs(places[full[at]] - wanted)
    ) {
      at++;
    }
    if (picked[picked.length - 1] !== full[at]) {
      picked.push(full[at]);
    }
  }
  return picked;
}
