import { knownOptions, rangeError, show, typeError } from '../errors';
import type { LayerPlan, ProgramState, Variant } from '../wasm/engine';
import {
  layerName,
  programOf,
  remakeLayers,
  restoreSteps,
  sequential,
  type Network
} from './network';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors';
import { parameterShapes } from './sizes';

/** Version of what `save` writes into the metadata. */
const VERSION = 1;

/** What the metadata says of a network, as JSON under `tunelab`. */
interface Description {
  version: number;
  inputs: number;
  layers: LayerPlan[];
  seed: number;
  precision: 'float32' | 'float64';
  /** The build that trained it; another one gives the same numbers but for rounding. */
  engine: string;
  steps: number;
  updates: number;
  optimizer?: { type: string; steps: number };
}

const nameOf = ({ layer, name }: { layer: number; name: string }) => `${layer}.${name}`;

/**
 * A trained network as the bytes of a safetensors file, which Python reads as well
 * (`safetensors.numpy.load(bytes)`). Arrays are named by layer, `0.weights`, `1.gamma`, `1.runningMean`; weights are
 * (inputs, units), the transpose of PyTorch's. The optimizer's state goes along, so that training can go on.
 *
 * @returns the bytes; `saveFile` writes them to a file
 * @throws RangeError unless the network comes from `sequential` or `load`.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * const copy = load(save(network));
 * @see the format: https://github.com/huggingface/safetensors.
 */
export function save(network: Network): Uint8Array {
  const { updates, optimizer } = programOf(network).saveState();
  const tensors = new Map<string, StoredTensor>();
  for (const parameter of network.parameters) {
    tensors.set(nameOf(parameter), { shape: parameter.shape, values: parameter.values });
  }
  if (optimizer) {
    for (const name of ['first', 'second'] as const) {
      const values = optimizer[name];
      tensors.set(`optimizer.${name}`, { shape: [values.length], values });
    }
  }
  const { inputs, seed, precision, engine, steps } = network;
  const description: Description = {
    version: VERSION,
    inputs,
    layers: [...network.layers],
    seed,
    precision,
    engine,
    steps,
    updates,
    ...(optimizer && { optimizer: { type: optimizer.type, steps: optimizer.steps } })
  };
  return encodeSafetensors({ tensors, metadata: { tunelab: JSON.stringify(description) } });
}

const DAMAGED = 'The file is damaged, or `save` of tunelab did not write it.';

function damaged(rule: string, got: string): RangeError {
  return rangeError('load', rule, got, DAMAGED);
}

function readDescription(metadata: Readonly<Record<string, string>>): Description {
  let description: Partial<Description> | null;
  try {
    description = JSON.parse(metadata.tunelab) as Partial<Description> | null;
  } catch {
    throw damaged('a saved network has metadata `tunelab` in JSON', String(metadata.tunelab).slice(0, 60)); // prettier-ignore
  }
  if (description?.version !== VERSION) {
    throw rangeError(
      'load',
      `the file must have version ${VERSION}`,
      `version ${String(description?.version)}`,
      'Use the version of tunelab that wrote it, or a later one.'
    );
  }
  if (!Array.isArray(description.layers)) {
    throw damaged('the metadata must list the layers', 'none');
  }
  return description as Description;
}

/** Whether a value is a Uint8Array, also one of another realm. */
const isBytes = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === '[object Uint8Array]';

/**
 * Reads a network that `save` wrote, with its optimizer's state: training goes on as if it had never stopped.
 *
 * @param bytes of the file
 * @param options `variant`: which build computes it, as in `sequential`
 * @throws TypeError for anything but bytes; RangeError if the file is damaged or of a later version; nothing is allocated that the file does not hold.
 * @example
 * const bytes = save(sequential([layers.dense(2), layers.softmax()], { inputs: 1 }));
 * predict(load(bytes), [[0.5]])
 */
export function load(bytes: Uint8Array, options: { variant?: Variant } = {}): Network {
  knownOptions('load', options, ['variant']);
  if (!isBytes(bytes)) {
    throw typeError(
      'load',
      'a saved network comes as its bytes, a Uint8Array',
      show(bytes),
      'Use await loadFile(path) for a file, or new Uint8Array(buffer) for an ArrayBuffer.'
    );
  }
  const { tensors, metadata } = decodeSafetensors('load', bytes);
  const description = readDescription(metadata);
  const { inputs, seed, precision, steps, updates, optimizer } = description;
  const layers = remakeLayers('load', description.layers, DAMAGED);
  const shapes = parameterShapes(inputs, layers);
  const parameters = shapes.map(expected => {
    const tensor = tensors.get(nameOf(expected));
    if (!tensor || String(tensor.shape) !== String(expected.shape)) {
      throw damaged(
        `${layerName({ layers }, expected.layer)} must have \`${expected.name}\` of shape (${expected.shape.join(', ')})`,
        tensor ? `shape (${tensor.shape.join(', ')})` : 'none in the file'
      );
    }
    return tensor.values;
  });
  const network = sequential(layers, { inputs, seed, precision, variant: options.variant });
  const [first, second] = ['first', 'second'].map(name => tensors.get(`optimizer.${name}`)?.values);
  const learned = network.parameters.reduce(
    (sum, p) => sum + (p.gradient ? p.values.length : 0),
    0
  );
  if (optimizer && (first?.length !== learned || second?.length !== learned)) {
    throw damaged(`the optimizer's state must hold ${learned} numbers twice`, `${first?.length} and ${second?.length}`); // prettier-ignore
  }
  const state = { parameters, updates, optimizer: optimizer && { ...optimizer, first, second } };
  programOf(network).restoreState(state as ProgramState);
  restoreSteps(network, steps);
  return network;
}
