import { knownOptions, rangeError, show } from '../errors';
import type { Axis } from '../scales/axis';
import { fronts } from '../numeric/pareto';
import type { Trial } from '../trials/trial';
import { hyperparametersOf, isScale, namedValuesOf, valueAt } from '../trials/names';
import type { NameOf, StudyView } from '../trials/view';
import { encodeColumn } from './columns';
import { Figure } from './figure';
import type { ColorAxis, ScatterPayload, ScatterSeries } from './format';
import { axisLabel } from './labels';
import { describeValue } from './positions';
import { formatNumber, formatOneMinus, shorten } from './text';

/**
 * A hyperparameter of the study, with a dot where it stands in a group; `'value'` (the metric; of several objectives
 * `'value[0]'`, `'value[1]'`, …) or `'number'` (the trial's place).
 */
export type ScatterName<S extends StudyView> =
  NameOf<S['space']> | 'value' | `value[${number}]` | 'number';

/** Options of `figures.scatter`. */
export interface ScatterOptions<Name extends string = string> {
  /** The horizontal axis: a hyperparameter, `'value'` or `'number'`. */
  x: Name;
  /** The vertical axis. Default: `'value'`; with several objectives the first that `x` does not show. */
  y?: Name;
  /** What colours the marks. Default: `'value'`, or nothing where an axis shows a value already. */
  color?: Name;
  /** Default: the study's name and its number of trials. */
  title?: string;
  /** Other labels for axes, by name: `{ value: 'dev error' }`. */
  labels?: Partial<Record<Name, string>>;
}

/** A quantity of a trial: its axis, and its number on that axis (NaN where it has none). */
interface Quantity {
  axis: Axis;
  of: (trial: Trial) => number;
}

function quantity(study: StudyView, name: string, option: string, labels: Labels): Quantity {
  const label = (Object.hasOwn(labels, name) ? labels[name] : undefined) ?? axisLabel(name);
  const hyperparameters = hyperparametersOf(study.space);
  const found = hyperparameters.find(one => one.name === name);
  if (found) {
    const { path, value: scale } = found;
    return {
      axis: scale.axis(label),
      of: ({ config }) => {
        // A stored study may hold trials from before a hyperparameter was added.
        const value = valueAt(config, path);
        return value !== undefined && scale.contains(value) ? scale.toNumber(value) : NaN;
      }
    };
  }
  if (name === 'value') {
    return { axis: { label, scale: 'linear' }, of: trial => trial.value ?? NaN };
  }
  const objective = objectiveOf(study, name);
  if (objective !== undefined) {
    return { axis: { label, scale: 'linear' }, of: trial => trial.values?.[objective] ?? NaN };
  }
  if (name === 'number') {
    const axis: Axis = { label: labels.number ?? 'trial', scale: 'linear', integer: true };
    return { axis, of: trial => trial.number };
  }
  const known = [...hyperparameters.map(one => one.name), ...metricsOf(study), 'number'];
  throw rangeError(
    'figures.scatter',
    `\`${option}\` must be one of ${known.map(one => `\`${one}\``).join(', ')}`,
    `${option}=${show(name)}`,
    'Name a hyperparameter of the study, `value` for the metric, or `number` for the order.'
  );
}

/** The metrics by name: `value`, or `value[0]` and on of several objectives. */
function metricsOf({ directions }: StudyView): string[] {
  const several = directions && directions.length > 1;
  return several ? directions.map((_, i) => `value[${i}]`) : ['value'];
}

/** Which of several objectives a name speaks of; `undefined` if of none. */
function objectiveOf(study: StudyView, name: string): number | undefined {
  const at = name === 'value' ? -1 : metricsOf(study).indexOf(name);
  return at < 0 ? undefined : at;
}

type Labels = Readonly<Record<string, string | undefined>>;

function describeConfig(study: StudyView, trial: Trial): string[] {
  return namedValuesOf(trial.config).map(({ name, path, value }) => {
    const scale = valueAt(study.space, path);
    const kind = isScale(scale) ? scale.kind : undefined;
    const text =
      typeof value !== 'number'
        ? String(value)
        : kind === 'oneMinusLog'
          ? formatOneMinus(value)
          : formatNumber(value);
    return `${name}: ${text}`;
  });
}

function hoverText(study: StudyView, trial: Trial, metric: string): string {
  const outcome =
    trial.state === 'failed'
      ? `failed: ${(trial.error ?? 'no reason was kept').slice(0, 200)}`
      : trial.values
        ? `values: ${trial.values.map(formatNumber).join(', ')}`
        : trial.value === null
          ? trial.state
          : `${metric}: ${formatNumber(trial.value)}`;
  return [`trial ${trial.number}`, outcome, ...describeConfig(study, trial)].join('\n');
}

function bestOf(study: StudyView, trials: readonly Trial[]): Trial | undefined {
  const sign = study.direction === 'maximize' ? -1 : 1;
  let best: Trial | undefined;
  for (const trial of trials) {
    if (!best || sign * trial.value! < sign * best.value!) {
      best = trial;
    }
  }
  return best;
}

/** The complete trials of several objectives to which no other is superior. */
function frontOf(study: StudyView, trials: readonly Trial[]): Trial[] {
  const signs = (study.directions ?? []).map(direction => (direction === 'maximize' ? -1 : 1));
  const losses = trials.map(({ values }) => values!.map((value, i) => signs[i] * value));
  return (fronts(losses, 1)[0] ?? []).map(i => trials[i]);
}

/**
 * A scatter of a study's trials over two of its quantities, coloured by a third. Axes take their
 * scale from the hyperparameters' own scales. The best trial is a star (with several objectives each of the Pareto
 * front), failed ones are crosses, pruned ones open diamonds; hovering shows a trial's configuration.
 * @throws RangeError if `x`, `y` or `color` is not a hyperparameter, `value` or `number`, or if an
 * option does not exist.
 * @example
 * const search = study({
 *   space: { learningRate: scales.log(1e-4, 1), dropout: scales.linear(0, 0.5) }, sampler: samplers.random()
 * });
 * await search.optimize(({ learningRate, dropout }) => Math.log10(learningRate / 0.01) ** 2 + dropout, { trials: 30 });
 * await show(figures.scatter(search, { x: 'learningRate', y: 'dropout', labels: { value: 'dev error' } }));
 */
export function scatter<S extends StudyView>(
  study: S,
  options: ScatterOptions<ScatterName<S>>
): Figure {
  knownOptions('figures.scatter', options, ['x', 'y', 'color', 'title', 'labels']);
  const labels: Labels = options.labels ?? {};
  const metrics = metricsOf(study);
  const yName = options.y ?? metrics.find(name => name !== options.x) ?? 'value';
  const shown = metrics.includes(options.x) || metrics.includes(yName);
  const colorName = options.color ?? (shown ? undefined : metrics[0]);
  const x = quantity(study, options.x, 'x', labels);
  const y = quantity(study, yName, 'y', labels);
  const color = colorName === undefined ? undefined : quantity(study, colorName, 'color', labels);
  const metric = labels.value ?? 'value';

  const payload: ScatterPayload = {
    kind: 'figure',
    version: 1,
    figure: 'scatter',
    title: options.title ?? defaultTitle(study),
    alt: '',
    axes: { x: x.axis, y: y.axis },
    columns: {},
    series: []
  };
  if (color) {
    const directions = study.directions ?? [study.direction];
    const better = directions[metrics.indexOf(colorName!)] === 'maximize' ? 'high' : 'low';
    const axis: ColorAxis = { ...color.axis };
    payload.axes.color = metrics.includes(colorName!) ? { ...axis, better } : axis;
  }
  let drawn = 0;
  const add = (name: string, trials: readonly Trial[], style: Partial<ScatterSeries>): void => {
    const visible = trials.filter(trial => !Number.isNaN(x.of(trial) + y.of(trial)));
    if (visible.length === 0) return;
    const series: ScatterSeries = { name, x: `${name} x`, y: `${name} y`, text: `${name} text` };
    payload.columns[series.x] = encodeColumn(visible.map(x.of));
    payload.columns[series.y] = encodeColumn(visible.map(y.of));
    payload.columns[`${name} text`] = {
      dtype: 'string',
      values: visible.map(trial => hoverText(study, trial, metric))
    };
    if (color && style.symbol !== 'cross' && style.symbol !== 'diamond') {
      series.color = `${name} color`;
      payload.columns[series.color] = encodeColumn(visible.map(color.of));
    }
    payload.series.push({ ...series, ...style });
    drawn += visible.length;
  };

  const inState = (state: Trial['state']): Trial[] =>
    study.trials.filter(trial => trial.state === state);
  const several = metrics.length > 1;
  const complete = inState('complete').filter(trial =>
    several ? trial.values : Number.isFinite(trial.value)
  );
  const best = several ? undefined : bestOf(study, complete);
  const stars = several ? frontOf(study, complete) : best ? [best] : [];
  add(
    'complete',
    complete.filter(trial => !stars.includes(trial)),
    {}
  );
  add('pruned', inState('pruned'), { symbol: 'diamond' });
  add('failed', inState('failed'), { symbol: 'cross' });
  // Last, so that it lies on top.
  add(several ? 'Pareto front' : 'best', stars, { symbol: 'star' });

  if (drawn === 0) {
    const failed = inState('failed');
    const reason = failed[failed.length - 1]?.error;
    payload.note =
      study.trials.length === 0
        ? 'The study has no trials yet.'
        : `None of the ${study.trials.length} trials has a place on these axes.` +
          (reason ? ` The last that failed: ${shorten(reason.split('\n')[0], 120)}` : '');
  }
  payload.alt = altText(study, payload, best, metric);
  return new Figure(payload);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function defaultTitle(study: StudyView): string {
  const trials = counted(study.trials.length, 'trial');
  return study.name ? `${study.name}: ${trials}` : trials;
}

function altText(
  study: StudyView,
  { axes, note }: ScatterPayload,
  best: Trial | undefined,
  metric: string
): string {
  const colored = axes.color ? `, coloured by ${axes.color.label}` : '';
  const parts = [
    `Scatter of ${counted(study.trials.length, 'trial')}: ${axes.x.label} against ${axes.y.label}${colored}.`
  ];
  for (const state of ['failed', 'pruned', 'running', 'waiting'] as const) {
    const count = study.trials.filter(trial => trial.state === state).length;
    if (count > 0) parts.push(`${count} ${state}.`);
  }
  if (best) {
    const value = describeValue({ label: metric, scale: 'linear' }, best.value!);
    const config = describeConfig(study, best).join(', ');
    parts.push(`Best ${metric} ${value} in trial ${best.number} (${config}).`);
  }
  if (note) parts.push(note);
  return parts.join(' ');
}
