import { DISPLAY_SYMBOL, type MimeBundle } from '../host';
import { programOf, type Layer, type Network } from './network';

/** One line of a summary. */
export interface LayerSummary {
  /** Place of the layer, from 0. */
  layer: number;
  type: Layer['type'];
  /** Numbers that come out for each example. */
  units: number;
  /** Numbers learned by gradients. */
  parameters: number;
  /** Numbers kept but not learned: batch norm's averages. */
  averages: number;
}

const COLUMNS = ['layer', 'type', 'output shape', 'parameters'];
const thousands = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** The layers of a network with the shapes of their outputs and how much each one learns. Displays itself in a notebook. */
export class NetworkSummary {
  readonly inputs: number;
  readonly layers: readonly LayerSummary[];
  /** All numbers learned by gradients. */
  readonly parameters: number;
  /** All numbers kept but not learned. */
  readonly averages: number;

  /** Places of dense layers with a bias that batch norm right after them takes away. */
  readonly uselessBiases: readonly number[];

  constructor(
    inputs: number,
    layers: readonly LayerSummary[],
    uselessBiases: readonly number[] = []
  ) {
    this.uselessBiases = uselessBiases;
    this.inputs = inputs;
    this.layers = layers;
    this.parameters = layers.reduce((sum, { parameters }) => sum + parameters, 0);
    this.averages = layers.reduce((sum, { averages }) => sum + averages, 0);
  }

  #lines(): string[][] {
    return [
      ['', 'inputs', `(rows, ${this.inputs})`, ''],
      ...this.layers.map(({ layer, type, units, parameters }) => [
        String(layer), type, `(rows, ${units})`, thousands(parameters)
      ]), // prettier-ignore
      ['', 'total', '', thousands(this.parameters)]
    ];
  }

  #notes(): string[] {
    const { averages, uselessBiases: places } = this;
    const of = places.length > 1 ? 'biases of layers' : 'bias of layer';
    return [
      ...(averages > 0
        ? [`${thousands(averages)} more numbers are averages of batch norm, which gradients do not learn.`]
        : []),
      ...(places.length > 0
        ? [`The ${of} ${places.join(', ')} cannot change anything: batch norm subtracts the mean, and beta does its work. Leave \`bias: true\` out.`]
        : [])
    ]; // prettier-ignore
  }

  /** The table in Markdown, as a notebook shows it. */
  toMarkdown(): string {
    const rows = this.#lines().map(cells => `| ${cells.join(' | ')} |`);
    const table = [`| ${COLUMNS.join(' | ')} |`, '| ---: | --- | --- | ---: |', ...rows];
    return [...table, '', this.#notes().join('\n\n')].join('\n').trimEnd();
  }

  /** The same table in plain text. */
  toString(): string {
    const lines = [COLUMNS, ...this.#lines()];
    const widths = COLUMNS.map((_, c) => Math.max(...lines.map(cells => cells[c].length)));
    const text = lines.map(cells =>
      cells.map((cell, c) => (c === 1 || c === 2 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  ').trimEnd()
    ); // prettier-ignore
    return [...text, ...this.#notes()].join('\n');
  }

  /** What `console.log` prints in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The MIME bundle that a notebook kernel shows. */
  [DISPLAY_SYMBOL](): Promise<MimeBundle> {
    return Promise.resolve({
      data: { 'text/markdown': this.toMarkdown(), 'text/plain': this.toString() }
    });
  }
}

/**
 * The layers of a network in a table: shapes of outputs, learned numbers of each layer, and their sum. As the last
 * expression of a cell it displays itself.
 *
 * @throws RangeError unless the network comes from `sequential` or `load`.
 * @example
 * const network = sequential([layers.dense(32), layers.relu(), layers.dense(10), layers.softmax()], { inputs: 64 });
 * summary(network).parameters // 2410
 */
export function summary(network: Network): NetworkSummary {
  programOf(network);
  let units = network.inputs;
  const layers = network.layers.map((plan, layer) => {
    units = plan.type === 'dense' ? plan.units : units;
    const own = network.parameters.filter(parameter => parameter.layer === layer);
    const size = (learned: boolean) =>
      own
        .filter(({ gradient }) => (gradient !== undefined) === learned)
        .reduce((sum, { values }) => sum + values.length, 0);
    return { layer, type: plan.type, units, parameters: size(true), averages: size(false) };
  });
  const uselessBiases = network.layers.flatMap((plan, layer) =>
    plan.type === 'dense' && plan.bias && network.layers[layer + 1]?.type === 'batchNorm'
      ? [layer]
      : []
  );
  return new NetworkSummary(network.inputs, layers, uselessBiases);
}
