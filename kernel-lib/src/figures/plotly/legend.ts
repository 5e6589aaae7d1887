/** The legend: what it lists, and where it stands without covering any mark. */
import type { Layer, Scene } from '../scene/scene';
import { plain, shorten } from '../text';
import { hasValues } from './colorScale';
import type { Drawn, Plain, Trace } from './drawing';
import { textWidth } from './textWidth';

const MOST_LISTED = 30;
const MOST_ROWS = 3;
const LONGEST_NAME = 40;
// Sign, gaps and padding of one entry.
const ENTRY = 46;

export interface Legend {
  /** Names in their order. */
  names: string[];
  shown: boolean;
  /** Above the plot in rows, or at its right. */
  above: boolean;
  rows: number;
  /** CSS pixels. */
  width: number;
}

function isColored(layer: Layer): boolean {
  return layer.kind === 'points' && hasValues(layer) && (layer.symbol ?? 'circle') === 'circle';
}

/** What a layer is called in the legend; `undefined` when it is not listed. */
function listedName(layer: Layer, coloredNames: number): string | undefined {
  if (layer.name === '') return undefined;
  switch (layer.kind) {
    case 'heat':
    case 'contour':
    case 'image':
    case 'labels':
      return undefined;
    case 'rule':
      return layer.label ? undefined : layer.name;
    case 'points':
      // The colour bar explains the marks that it colours, unless there are two kinds of them.
      return isColored(layer) && coloredNames === 1 ? undefined : layer.name;
    case 'line':
    case 'bars':
      return hasValues(layer) ? undefined : layer.name;
    default:
      return layer.name;
  }
}

/** What the legend of a scene lists in a plot of `width` pixels. */
export function legendOf(scene: Scene, width: number, fontSize: number): Legend {
  const layers = scene.panels.flatMap(panel => panel.layers);
  const colored = new Set(layers.filter(isColored).map(({ name }) => name));
  const all = new Set(layers.map(({ name }) => name).filter(Boolean));
  const names = [...new Set(layers.flatMap(layer => listedName(layer, colored.size) ?? []))];
  const widths = names.map(name => textWidth(shorten(name, LONGEST_NAME), fontSize) + ENTRY);
  // Entries of a horizontal legend are all as wide as the widest.
  const widest = Math.max(0, ...widths);
  const total = widths.reduce((sum, one) => sum + one, 0);
  const inOneRow = total <= width;
  const rows = inOneRow ? 1 : Math.ceil(names.length / Math.max(1, Math.floor(width / widest)));
  const above = rows <= MOST_ROWS;
  return {
    names,
    shown: all.size > 1 && names.length > 0 && names.length <= MOST_LISTED,
    above,
    rows,
    width: widest
  };
}

/** Pixels above the plot that a legend takes. */
export function legendHeight({ shown, above, rows }: Legend, fontSize: number): number {
  return shown && above ? rows * (fontSize * 1.5) + 8 : 0;
}

/** Pixels at the right of the plot that a legend takes. */
export function legendWidth({ shown, above, width }: Legend): number {
  return shown && !above ? width + 10 : 0;
}

/**
 * Plotly's legend. `top` is the share of the plot at which a legend above it ends below, `plotWidth` its width.
 */
export function plotlyLegend({ above }: Legend, top: number, right: number): Plain {
  return above
    ? { orientation: 'h', x: 0, xanchor: 'left', y: top, yanchor: 'bottom', tracegroupgap: 0 }
    : { orientation: 'v', x: right, xanchor: 'left', y: 1, yanchor: 'top', tracegroupgap: 0 };
}

/** Gives the traces of layers their names, one entry for each name, and a sign where their own would mislead. */
export class LegendBook {
  private readonly listed = new Set<string>();

  constructor(private readonly legend: Legend) {}

  /** Names the traces of one layer; returns them with what stands for them in the legend. */
  enter(layer: Layer, { traces, sign }: Drawn, refs: { xaxis: string; yaxis: string }): Trace[] {
    const name = plain(shorten(layer.name, LONGEST_NAME));
    const wanted = this.legend.shown && this.legend.names.includes(layer.name) && sign !== false;
    const first = wanted && !this.listed.has(layer.name);
    if (first) this.listed.add(layer.name);
    const own = first && sign === undefined && traces.length > 0;
    const named = traces.map((trace, i) => ({
      ...trace,
      spec: { ...trace.spec, name, legendgroup: name, showlegend: own && i === 0, ...refs }
    }));
    if (!first || own || !sign) return named;
    // It holds no mark, and comes before those that it stands for.
    const stand: Trace = {
      spec: {
        type: 'scatter',
        x: [null],
        y: [null],
        ...sign,
        name,
        legendgroup: name,
        showlegend: true,
        hoverinfo: 'skip',
        ...refs
      }
    };
    return [...named, stand];
  }
}
