import { knownOptions, rangeError, show, typeError } from '../errors';
import { count } from '../numeric/options';
import type { Parameter, Program } from '../wasm/engine';
import { floatsOf } from './inputs';
import { describe, type Distribution } from './distribution';
import { checkBatch, programOf, type Layer, type Network } from './network';
import { readTrainingSet, type TrainingData } from './trainingSet';

/** What a probe can look at. */
export type ProbeSubject = 'activations' | 'gradients' | 'weights';

/** What a probe looks at, and when. */
export interface ProbeOptions {
  /** Places of the layers to look at, from 0. Default: all. */
  layers?: readonly number[];
  /** What to record of them. Default: all three. */
  record?: readonly ProbeSubject[];
  /** `'epoch'`: at the last step of each; or a number of steps. Default: `'epoch'`. */
  every?: 'epoch' | number;
  /** Bins of the histograms, from 1 to 1000. Default: `30`. */
  bins?: number;
}

/** What one probe saw of one array at one time. Plain data. */
export interface ProbeRecord {
  /** Step from 1, in this `fit`, and its epoch; 0 outside of training. */
  step: number;
  epoch: number;
  /** Place of the layer, from 0. */
  layer: number;
  type: Layer['type'];
  subject: ProbeSubject;
  /** Which array of the layer; missing for activations, its outputs for the step's mini-batch. */
  name?: Parameter['name'];
  distribution: Distribution;
}

const SUBJECTS: readonly ProbeSubject[] = ['activations', 'gradients', 'weights'];

/** A probe ready to look: all options checked. */
export interface Probe {
  /** Whether it looks after this step. */
  isDue(step: number, lastOfEpoch: boolean): boolean;
  look(step: number, epoch: number): ProbeRecord[];
}

/** @throws RangeError for a layer that does not exist or an option out of range. */
export function createProbe(where: string, network: Network, options: ProbeOptions): Probe {
  knownOptions(where, options, ['layers', 'record', 'every', 'bins']);
  const all = network.layers.map((_, layer) => layer);
  const { layers = all, record = SUBJECTS, every = 'epoch' } = options;
  const bins = count(where, 'bins', options.bins ?? 30);
  const wrongLayer = layers.find(layer => !all.includes(layer));
  const wrongSubject = record.find(subject => !SUBJECTS.includes(subject));
  if (wrongLayer !== undefined || wrongSubject !== undefined || bins > 1000) {
    throw rangeError(
      where,
      `a probe looks at layers 0 to ${all.length - 1}, records ${SUBJECTS.join(', ')}, in at most 1000 bins`,
      wrongLayer !== undefined
        ? `layer ${show(wrongLayer)}`
        : wrongSubject !== undefined
          ? show(wrongSubject)
          : `bins=${bins}`,
      "Write for example { layers: [0, 2], record: ['activations'] }."
    );
  }
  const period = every === 'epoch' ? undefined : count(where, 'every', every);
  const program = programOf(network);
  return {
    isDue: (step, lastOfEpoch) => (period ? step % period === 0 : lastOfEpoch),
    look: (step, epoch) =>
      layers.flatMap(layer =>
        record.flatMap(subject => lookAt(network, program, layer, subject, bins, step, epoch))
      )
  };
}

function lookAt(
  network: Network,
  program: Program,
  layer: number,
  subject: ProbeSubject,
  bins: number,
  step: number,
  epoch: number
): ProbeRecord[] {
  const at = { step, epoch, layer, type: network.layers[layer].type, subject };
  if (subject === 'activations') {
    return [{ ...at, distribution: describe(program.outputs()[layer].values, bins) }];
  }
  return program.parameters
    .filter(parameter => parameter.layer === layer && parameter.gradient !== undefined)
    .map(({ name, values, gradient }) => ({
      ...at,
      name,
      distribution: describe(subject === 'weights' ? values : gradient!, bins)
    }));
}

/** Reads the `probes` option of `fit`. */
export function createProbes(network: Network, probes: readonly ProbeOptions[] = []): Probe[] {
  if (!Array.isArray(probes)) {
    throw typeError('fit', '`probes` must be an array', show(probes), 'Pass probes: [{ every: 10 }].'); // prettier-ignore
  }
  return probes.map(options => createProbe('fit (probes)', network, options));
}

/**
 * Histograms and percentiles of what every layer gives, of the gradients and of the weights, for some examples in
 * train mode. Nothing is learned. `fit(…, { probes: [{}] })` records the same while training.
 *
 * @returns one record for each layer and array; plain data
 * @throws RangeError if the examples do not fit the network, a layer does not exist or an option is unknown.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const { dev } = datasets.digits();
 * probe(network, dev, { record: ['activations'] })[0].distribution.percentiles
 */
export function probe(
  network: Network,
  data: TrainingData,
  options: Omit<ProbeOptions, 'every'> = {}
): ProbeRecord[] {
  const program = programOf(network);
  const looker = createProbe('probe', network, options);
  const { x, targets, rows } = readTrainingSet('probe', network, data);
  checkBatch('probe', network, rows);
  program.forward(floatsOf(network).from(x), rows, 'train');
  program.backward(targets);
  return looker.look(0, 0);
}
