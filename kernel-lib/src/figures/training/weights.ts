import { knownOptions, rangeError, show, typeError } from '../../errors';
import { count } from '../../numeric/options';
import type { Network } from '../../training/network';
import type { Figure } from '../figure';
import type { HeatLayer, LabelsLayer } from '../scene/scene';
import { sceneFigure } from '../scene/store';
import { counted, formatNumber } from '../text';
import { bestColumns, pictureSize } from './grid';

/** Options of `figures.weights`. */
export interface WeightsOptions {
  /** Place of the dense layer in the network, from 0. Default: the first dense layer. */
  layer?: number;
  /** Height and width of a picture; their product is the layer's inputs. Default: a square. */
  size?: readonly [height: number, width: number];
  /** How many units at most, 1 to 256, from the first on. Default: `64`. */
  count?: number;
  /** What the units are called, such as the classes of a last layer. Default: `unit 0`, … */
  names?: readonly string[];
  /** Default: one that says which layer it is. */
  title?: string;
}

const MOST = 256;
/** With more pictures than this there is no room for names. */
const MOST_NAMED = 100;
/** Cells between pictures, and below them with a name. */
const GAP = 1;

/**
 * The weights of a dense layer as pictures, one for each unit: what a unit of the first layer looks for in an image. Colours
 * on both sides of 0: one for weights that speak for the unit, the other for those against it, all pictures on one
 * scale.
 *
 * @param network from `sequential`
 * @throws RangeError if that layer is not dense, its inputs make no such picture, or an option is unknown; TypeError for
 *   anything but a network.
 * @example
 * const { train } = datasets.digits();
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * await fit(network, train, { optimizer: optimizers.adam(), epochs: 5 });
 * figures.weights(network)
 */
export function weights(
  network: Pick<Network, 'parameters'>,
  options: WeightsOptions = {}
): Figure {
  const where = 'figures.weights';
  knownOptions(where, options, ['layer', 'size', 'count', 'names', 'title']);
  const { values, inputs, units, layer } = readWeights(where, network, options.layer);
  // Inputs that make no square are a row.
  const size = options.size ?? (Number.isInteger(Math.sqrt(inputs)) ? undefined : [1, inputs]);
  const [height, width] = pictureSize(where, size, inputs, 'inputs of the layer');
  const most = count(where, 'count', options.count ?? 64);
  if (most > MOST) {
    throw rangeError(where, `\`count\` must be at most ${MOST}`, show(most), 'Show some of them.');
  }
  const drawn = Math.min(most, units);
  const isNamed = drawn <= MOST_NAMED;
  // A name needs about a quarter of a picture's height.
  const below = GAP + (isNamed ? Math.max(1, Math.round(height / 4)) : 0);
  const across = bestColumns(drawn, (height + below) / (width + GAP));
  const down = Math.ceil(drawn / across);
  const cells = mosaic({ values, units, height, width, below, across, down, drawn });
  const extent = cells.values.reduce((a, w) => (Number.isNaN(w) ? a : Math.max(a, Math.abs(w))), 0);
  const heat: HeatLayer = {
    kind: 'heat',
    name: '',
    x: Float64Array.from({ length: cells.columns + 1 }, (_, i) => i),
    y: Float64Array.from({ length: cells.rows + 1 }, (_, i) => i),
    values: cells.values
  };
  const names = readNames(where, options.names, drawn);
  const labels: LabelsLayer = {
    kind: 'labels',
    name: '',
    x: names.map((_, u) => (u % across) * (width + GAP) + width / 2),
    y: names.map((_, u) => Math.floor(u / across) * (height + below) + height),
    text: names,
    place: 'below'
  };
  const hidden = { label: '', scale: 'linear', hidden: true } as const;
  const range = extent > 0 ? extent : 1;
  return sceneFigure({
    figure: 'weights',
    title:
      options.title ??
      `Weights of layer ${layer}: ${drawn < units ? `${drawn} of ` : ''}${counted(units, 'unit')}`,
    alt:
      `Weights of dense layer ${layer} as ${counted(drawn, 'picture')} of ${height} by ${width}, one for each unit. ` +
      `The largest is ${formatNumber(extent)} away from 0.${strongestOf(values, units, drawn, width, names)}`,
    scene: {
      panels: [
        {
          row: 0,
          column: 0,
          x: { ...hidden, range: [0, cells.columns] },
          y: { ...hidden, range: [0, cells.rows], reversed: true, equal: true },
          layers: isNamed ? [heat, labels] : [heat]
        }
      ],
      color: { label: 'weight', scale: 'linear', range: [-range, range], diverging: true }
    }
  });
}

interface Found {
  /** (inputs, units), row by row. */
  values: ArrayLike<number>;
  inputs: number;
  units: number;
  layer: number;
}

function readWeights(
  where: string,
  network: Pick<Network, 'parameters'>,
  layer: number | undefined
): Found {
  if (!Array.isArray(network?.parameters)) {
    throw typeError(where, 'weights are those of a network', show(network), 'Pass what `sequential` made.'); // prettier-ignore
  }
  const dense = network.parameters.filter(({ name }) => name === 'weights');
  const found = layer === undefined ? dense[0] : dense.find(one => one.layer === layer);
  if (!found) {
    throw rangeError(
      where,
      `\`layer\` must be that of a dense layer: ${dense.map(one => one.layer).join(', ') || 'there is none'}`,
      show(layer),
      'Layers count from 0, also those without weights.'
    );
  }
  const bad = found.values.findIndex((value: number) => !Number.isFinite(value));
  if (bad >= 0) {
    throw rangeError(
      where,
      'weights must be finite',
      `${found.values[bad]} at index ${bad} of layer ${found.layer}`,
      'Training has diverged: try a smaller learning rate.'
    );
  }
  const [inputs, units] = found.shape;
  return { values: found.values, inputs, units, layer: found.layer };
}

/** All pictures in one grid of cells, blank between them: one layer to draw instead of hundreds. */
function mosaic(grid: {
  values: ArrayLike<number>;
  units: number;
  height: number;
  width: number;
  below: number;
  across: number;
  down: number;
  drawn: number;
}): { rows: number; columns: number; values: Float32Array } {
  const { values, units, height, width, below, across, down, drawn } = grid;
  const columns = across * (width + GAP) - GAP;
  const rows = down * (height + below);
  const cells = new Float32Array(rows * columns).fill(NaN);
  for (let u = 0; u < drawn; u++) {
    const [left, top] = [(u % across) * (width + GAP), Math.floor(u / across) * (height + below)];
    for (let i = 0; i < height * width; i++) {
      const at = (top + Math.floor(i / width)) * columns + left + (i % width);
      cells[at] = values[i * units + u];
    }
  }
  return { rows, columns, values: cells };
}

function readNames(where: string, names: readonly string[] | undefined, drawn: number): string[] {
  if (names === undefined) {
    return Array.from({ length: drawn }, (_, u) => `unit ${u}`);
  }
  if (
    !Array.isArray(names) ||
    names.length < drawn ||
    names.some(name => typeof name !== 'string')
  ) {
    throw rangeError(where, `\`names\` must name each of the ${drawn} units`, show(names), 'Pass a list of texts.'); // prettier-ignore
  }
  return names.slice(0, drawn) as string[];
}

/** Where the strongest weights of the first units are, so that the figure says something in words as well. */
function strongestOf(
  values: ArrayLike<number>,
  units: number,
  drawn: number,
  width: number,
  names: readonly string[]
): string {
  const told = names.slice(0, Math.min(3, drawn)).map((name, u) => {
    let best = u;
    for (let i = u; i < values.length; i += units) {
      best = Math.abs(values[i]) > Math.abs(values[best]) ? i : best;
    }
    const input = Math.floor(best / units);
    return `${name} ${formatNumber(values[best])} at row ${Math.floor(input / width)}, column ${input % width}`;
  });
  return ` Strongest: ${told.join('; ')}.`;
}
