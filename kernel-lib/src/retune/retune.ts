import { knownOptions, rangeError, show, typeError } from '../errors';
import { count, fraction, nonNegative } from '../numeric/options';
import { percentile } from '../numeric/stats';
import { spearman, type RankCorrelation } from '../numeric/ranks';
import type { StudyStorage } from '../storage/storage';
import { study } from '../study/create';
import type { Objective } from '../study/objective';
import type { Study } from '../study/study';
import type { ConfigOf, PartialConfig, Space, StudyView } from '../trials/view';
import { posterior } from './posterior';
import { chooseProbes, signOf, type Probe } from './probes';

/** Options of `retune`. */
export interface RetuneOptions<S extends Space, Context> {
  /** How many configurations of the old study to try, its best among them; a whole number >= 2. Default: `8`. */
  probes?: number;
  /** How often to try each, with other seeds; a whole number >= 2, since noise shows only so. Default: `3`. */
  repeats?: number;
  /**
   * How much worse than another configuration the old best may be and still hold, in units of the value, >= 0.
   * Default: the deviation of a single try, as the probes show it.
   */
  tolerance?: number;
  /** How sure a verdict must be, in [0.5, 1). Default: `0.9`. */
  confidence?: number;
  /** The space of the new search. Default: the old one. */
  space?: S;
  /** Seed of the probes. Default: `0`. */
  seed?: number;
  /** Name of the new study. Default: the old one's, with `, again`. */
  name?: string;
  /** Where the new study is kept; probes that are there already are not made again. Default: memory. */
  storage?: StudyStorage;
  /** Stops it when aborted; probes that were tried stay. Default: the notebook cell's interrupt. */
  signal?: AbortSignal;
  /** Handed to the objective as it is. */
  context?: Context;
  /** Shows a line while it lasts. Default: `true`. */
  progress?: boolean;
}

/** A configuration of the old study, and how it did now. */
export interface ProbeResult extends Probe {
  /** What it is worth now, one value for each try that did not fail. */
  values: readonly number[];
  /** Their mean; NaN if all failed. */
  now: number;
}

/** Whether the best of an old study is still good. */
export interface Retuning<S extends Space = Space> {
  /**
   * - `holds`: surely no other probe is better by more than the tolerance.
   * - `beaten`: surely one is.
   * - `unclear`: the noise is too large for so few tries.
   */
  verdict: 'holds' | 'beaten' | 'unclear';
  /** How likely it is that no other probe is better by more than the tolerance. */
  probability: number;
  tolerance: number;
  /** Deviation of a single try. */
  noise: number;
  /** The old study's best. */
  best: ProbeResult;
  /** The best of the others. */
  challenger: ProbeResult;
  /** By how much the challenger is better (> 0) or worse, with the 90 % interval, in units of the value. */
  gain: { estimate: number; low: number; high: number };
  /** How well the old values say which configurations are good now: what transfers. */
  transfer: RankCorrelation;
  probes: readonly ProbeResult[];
  /** The probes as trials; the search can go on from here. */
  study: Study<S>;
  /** All of it in words. */
  summary: string;
}

/**
 * Asks whether the best of a finished study still holds when data, model or domain have changed: tries it and some
 * others of the old study anew, and says how sure the answer is. Good hyperparameters grow stale: re-test them now and
 * then.
 *
 * @param old a study with one objective and some complete trials
 * @param objective what is to be tuned now
 * @throws RangeError if an option is out of its domain, the old study has several objectives, or fewer than two of its
 *   configurations lie in the space; Error if too few probes succeed; SearchStopped if the signal is aborted.
 * @example
 * const objective = ({ learningRate }: { learningRate: number }) => Math.abs(Math.log10(learningRate) + 2);
 * const lastMonth = study({ space: { learningRate: scales.log(1e-4, 1) } });
 * await lastMonth.optimize(objective, { trials: 20 });
 * const again = await retune(lastMonth, objective);
 * if (again.verdict !== 'holds') await again.study.optimize(objective, { trials: 50 });
 * again.verdict // 'holds'
 * @see lecture, "Hyperparameters tuning in practice: pandas vs. caviar": re-test hyperparameters occasionally.
 */
export async function retune<S extends Space = Space, Context = undefined>(
  old: StudyView & { space: S },
  objective: Objective<ConfigOf<S>, Context>,
  options: RetuneOptions<S, Context> = {}
): Promise<Retuning<S>> {
  const settings = readOptions(old, options);
  const { space, repeats, seed, name } = settings;
  const probes = chooseProbes(old, space, settings.probes);
  if (probes.length < 2) {
    throw rangeError(
      'retune',
      'at least two different configurations of the old study must lie in the space',
      `${probes.length} of ${old.trials.length} trials`,
      'Search from the beginning, or pass the space that they were made with.'
    );
  }
  const { storage, signal, context, progress } = options;
  const search: Study<S> = await (storage
    ? study({ space, direction: old.direction, seed, name, storage })
    : study({ space, direction: old.direction, seed, name }));
  await enqueueMissing(search, probes, repeats);
  const waiting = search.trials.filter(({ state }) => state === 'waiting').length;
  if (waiting > 0) {
    await search.optimize(objective, {
      trials: waiting,
      signal,
      context: context as Context,
      progress
    });
  }
  return judge(old, search, probes, settings);
}

type Settings<S extends Space> = Required<
  Pick<RetuneOptions<S, unknown>, 'probes' | 'repeats' | 'confidence' | 'space' | 'seed' | 'name'>
> & { tolerance: number | undefined };

const OPTIONS = ['probes', 'repeats', 'tolerance', 'confidence', 'space', 'seed', 'name', 'storage', 'signal', 'context', 'progress']; // prettier-ignore

function readOptions<S extends Space, Context>(
  old: StudyView & { space: S },
  options: RetuneOptions<S, Context>
): Settings<S> {
  const where = 'retune';
  knownOptions(where, options, OPTIONS);
  if (!Array.isArray(old?.trials) || typeof old.space !== 'object') {
    throw typeError(where, 'the first argument must be a study', show(old), 'Pass what `study` or `openStudy` returned.'); // prettier-ignore
  }
  if ((old.directions?.length ?? 1) > 1) {
    throw rangeError(
      where,
      'the old study must have one objective, since its best is asked for',
      `${old.directions!.length}`,
      'Try the trials of its Pareto front anew with `enqueue`.'
    );
  }
  const { probes = 8, repeats = 3, tolerance, confidence = 0.9, seed = 0 } = options;
  return {
    probes: count(where, 'probes', probes, 2),
    repeats: count(where, 'repeats', repeats, 2),
    tolerance: tolerance === undefined ? undefined : nonNegative(where, 'tolerance', tolerance),
    confidence: confidenceOf(where, confidence),
    space: options.space ?? old.space,
    seed,
    name: options.name ?? `${old.name}, again`
  };
}

function confidenceOf(where: string, confidence: number): number {
  const advice = 'It is how sure a verdict must be: 0.9 is usual, 0.5 is a coin.';
  if (fraction(where, 'confidence', confidence, advice) < 0.5) {
    throw rangeError(
      where,
      '`0.5 <= confidence < 1` must hold',
      `confidence=${confidence}`,
      advice
    );
  }
  return confidence;
}

/** Attribute of a trial that is a try of a probe: the old trial's number. */
const PROBE = 'probe';

/** In rounds, so that a search that is cut short has tried all of them alike. */
async function enqueueMissing<S extends Space>(
  search: Study<S>,
  probes: readonly Probe[],
  repeats: number
): Promise<void> {
  for (let round = 0; round < repeats; round++) {
    for (const { trial, config } of probes) {
      const there = search.trials.filter(({ attributes }) => attributes[PROBE] === trial);
      if (there.length <= round) {
        await search.enqueue(config as PartialConfig<ConfigOf<S>>, {
          attributes: { [PROBE]: trial }
        });
      }
    }
  }
}

function judge<S extends Space>(
  old: StudyView,
  search: Study<S>,
  probes: readonly Probe[],
  { confidence, seed, tolerance }: Settings<S>
): Retuning<S> {
  const sign = signOf(old.direction);
  const results = probes.map((probe): ProbeResult => {
    const tries = search.trials.filter(({ attributes }) => attributes[PROBE] === probe.trial);
    const values = tries.flatMap(({ value }) => (value === null ? [] : [value]));
    return { ...probe, values, now: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
  const [best, ...others] = results;
  const there = others.filter(({ values }) => values.length > 0);
  const known = best.values.length > 0 ? [best, ...there] : there;
  if (there.length === 0 || known.every(({ values }) => values.length < 2)) {
    const failed = search.trials.find(({ state }) => state === 'failed');
    throw new Error(
      `retune: the old best and another configuration must be tried, but of ${search.finished} probes too few succeeded` +
        `${failed ? `; the first error: ${failed.error}` : ''}.\nTry the objective by itself with ${JSON.stringify(best.config)}.`
    );
  }
  const challenger = there.reduce((a, b) => (sign * (b.now - a.now) < 0 ? b : a));
  const { noise, draws } = posterior(known.map(({ values }) => values.map(value => sign * value)), seed); // prettier-ignore
  const margin = tolerance ?? noise;
  const transfer = spearman(
    known.map(({ before }) => before),
    known.map(({ now }) => now)
  );
  const shared = {
    tolerance: margin,
    noise,
    best,
    challenger,
    transfer,
    probes: results,
    study: search
  };
  if (best.values.length === 0) {
    const gain = { estimate: Infinity, low: Infinity, high: Infinity };
    const verdict = 'beaten';
    return describe({ ...shared, verdict, probability: 0, gain });
  }
  const holds = draws.filter(draw => draw.slice(1).every(loss => loss >= draw[0] - margin));
  const probability = holds.length / draws.length;
  const at = known.indexOf(challenger);
  const gains = draws.map(draw => draw[0] - draw[at]);
  // The challenger was chosen after the fact: among many that are equal, one always looks better.
  const surely = 1 - (1 - confidence) / (known.length - 1);
  const beaten = gains.filter(gain => gain > margin).length / draws.length;
  return describe({
    ...shared,
    verdict: probability >= confidence ? 'holds' : beaten >= surely ? 'beaten' : 'unclear',
    probability,
    gain: {
      estimate: sign * (best.now - challenger.now),
      low: percentile(gains, 5),
      high: percentile(gains, 95)
    }
  });
}

const short = (value: number) => String(Number(value.toPrecision(3)));

function describe<S extends Space>(result: Omit<Retuning<S>, 'summary'>): Retuning<S> {
  const { verdict, probability, best, challenger, gain, transfer, tolerance, probes } = result;
  const sentence = {
    holds: 'The old best holds',
    beaten: 'The old best is beaten',
    unclear: 'Whether the old best holds is unclear'
  }[verdict];
  const compared =
    best.values.length === 0
      ? `all of its tries failed, while trial ${challenger.trial} gave ${short(challenger.now)}`
      : `${short(best.now)} (it was ${short(best.before)}), trial ${challenger.trial} ${short(challenger.now)}; ` +
        `that gains ${short(gain.estimate)} (90 %: ${short(gain.low)} to ${short(gain.high)})`;
  const { rho, low, high, pairs } = transfer;
  const ranking = Number.isNaN(rho)
    ? 'Nothing can be said about the old ranking.'
    : `The old ranking ${rankingWord(low, high)}: rank correlation ${short(rho)}` +
      (Number.isNaN(low) ? '' : ` (95 %: ${short(low)} to ${short(high)})`) +
      ` over ${pairs} configurations.`;
  const summary =
    `${sentence}: ${compared}. The chance that none of ${probes.length} is better by more than ` +
    `${short(tolerance)} is ${Math.round(100 * probability)} %. ${ranking}`;
  return { ...result, summary };
}

function rankingWord(low: number, high: number): string {
  if (low > 0.5) {
    return 'transfers';
  }
  if (low > 0) {
    return 'transfers in part';
  }
  return high < 0.5 ? 'does not transfer' : 'may or may not transfer';
}
