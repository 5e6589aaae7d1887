/** Crowded marks in the page: pixels on a canvas in each panel, below the marks that Plotly draws itself. */
import { drawCrowd, placesOf } from 'tunelab/dist/figures/marks/crowd';
import type { Crowd, DrawnAxis, DrawnColors } from 'tunelab/dist/figures/marks/crowd';
import { MarkImage } from 'tunelab/dist/figures/marks/markImage';

const SVG = 'http://www.w3.org/2000/svg';

// Milliseconds of a frame that marks may take while a reader pans.
const BUDGET = 25;

// CSS pixels around a mark in which it answers the pointer.
const REACH = 8;

interface PageAxis extends DrawnAxis {
  /** CSS pixels from the left, or from the top, of the plot. */
  _offset: number;
}

interface Subplot {
  xaxis: PageAxis;
  yaxis: PageAxis;
  plot: { node(): SVGGElement };
}

/** A plot once Plotly has drawn into it; the names are Plotly's. */
type DrawnPlot = HTMLElement & {
  on?(name: string, listener: () => void): void;
  _fullLayout?: { _plots?: Record<string, Subplot>; coloraxis?: DrawnColors };
  _fullData?: { visible?: unknown }[];
};

/** What a panel's marks are drawn on. */
interface Sheet {
  object: SVGForeignObjectElement;
  canvas: HTMLCanvasElement;
  image: MarkImage;
}

/** A mark by its trace in the spec and its index there. */
export interface Mark {
  trace: number;
  index: number;
}

/** A picture of a panel's marks, as Plotly's layout takes it. */
export type LayoutImage = Record<string, unknown>;

export class CrowdCanvas {
  private readonly _plot: DrawnPlot;
  private _panels = new Map<string, Crowd[]>();
  private readonly _sheets = new Map<string, Sheet>();
  private _frame = 0;
  // Milliseconds that all marks took.
  private _cost = 0;

  constructor(plot: HTMLElement) {
    this._plot = plot;
  }

  /** Whether there are marks for it to draw. */
  get isEmpty(): boolean {
    return this._panels.size === 0;
  }

  /** Follows a plot that has just been drawn for the first time. */
  listen(): void {
    this._plot.on?.('plotly_afterplot', () => this.draw());
    // While a reader pans, once a frame, and on a slow machine not all marks; all come when the mouse is let go.
    this._plot.on?.('plotly_relayouting', () => {
      this._frame ||= requestAnimationFrame(() => this._drawAll(Math.ceil(this._cost / BUDGET)));
    });
  }

  /** Takes over the marks of what will be drawn next. */
  update(crowds: readonly Crowd[]): void {
    this._panels = new Map();
    for (const crowd of crowds) {
      const id = `${crowd.trace.xaxis}${crowd.trace.yaxis}`;
      this._panels.set(id, [...(this._panels.get(id) ?? []), crowd]);
    }
    for (const id of this._sheets.keys()) {
      if (!this._panels.has(id)) this._remove(id);
    }
  }

  /** Draws all marks where the axes are now. */
  draw(): void {
    const began = performance.now();
    this._drawAll(1);
    this._cost = performance.now() - began;
  }

  /** Gives memory back while nobody looks; `draw` brings everything again. */
  release(): void {
    cancelAnimationFrame(this._frame);
    this._frame = 0;
    for (const id of this._sheets.keys()) this._remove(id);
  }

  /** The mark below a place of the page, if there is one. */
  markAt(clientX: number, clientY: number): Mark | undefined {
    const around = this._plot.getBoundingClientRect();
    const [left, top] = [clientX - around.left, clientY - around.top];
    for (const [id, crowds] of this._panels) {
      const subplot = this._plot._fullLayout?._plots?.[id];
      if (!subplot) continue;
      const { xaxis, yaxis } = subplot;
      const [x, y] = [left - xaxis._offset, top - yaxis._offset];
      if (x < 0 || y < 0 || x > xaxis._length || y > yaxis._length) continue;
      return nearest(this._shown(crowds), xaxis, yaxis, x, y);
    }
    return undefined;
  }

  /** The marks as pictures over the panels: what a download of the plot has to contain. */
  images(): LayoutImage[] {
    return Array.from(this._sheets, ([id, { canvas }]) => {
      const [, x, y] = /^(x\d*)(y\d*)$/.exec(id) ?? [];
      return {
        source: canvas.toDataURL('image/png'),
        xref: `${x} domain`,
        yref: `${y} domain`,
        ...{ x: 0, y: 1, sizex: 1, sizey: 1, sizing: 'stretch', layer: 'above' }
      };
    });
  }

  /** Every `step`-th mark. */
  private _drawAll(step: number): void {
    cancelAnimationFrame(this._frame);
    this._frame = 0;
    for (const [id, crowds] of this._panels) {
      const subplot = this._plot._fullLayout?._plots?.[id];
      const layer = subplot?.plot.node().querySelector<SVGGElement>('.scatterlayer');
      if (subplot && layer) this._drawPanel(id, crowds, subplot, layer, Math.max(1, step));
    }
  }

  /** Those that the legend has not switched off. */
  private _shown(crowds: readonly Crowd[]): Crowd[] {
    const { _fullData } = this._plot;
    return crowds.filter(({ index }) => (_fullData?.[index]?.visible ?? true) === true);
  }

  private _drawPanel(
    id: string,
    crowds: readonly Crowd[],
    { xaxis, yaxis }: Subplot,
    layer: SVGGElement,
    step: number
  ): void {
    const density = Math.min(2, Math.max(1, window.devicePixelRatio || 1));
    const { object, canvas, image } = this._sheet(id, xaxis._length, yaxis._length, density);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    image.clear();
    const colors = this._plot._fullLayout?.coloraxis;
    for (const { trace } of this._shown(crowds).reverse()) {
      drawCrowd(image, trace, { x: xaxis, y: yaxis }, density, colors, step);
    }
    const pixels = context.createImageData(image.width, image.height);
    image.pixels(pixels.data);
    context.putImageData(pixels, 0, 0);
    if (layer.firstChild !== object) layer.insertBefore(object, layer.firstChild);
    // Plotly moves the layer while a reader pans; the sheet has been drawn for where it is now.
    const moved = layer.getCTM?.()?.inverse().translate(xaxis._offset, yaxis._offset);
    if (moved) {
      const { a, b, c, d, e, f } = moved;
      object.setAttribute('transform', `matrix(${[a, b, c, d, e, f].join(' ')})`);
    }
  }

  private _sheet(id: string, width: number, height: number, density: number): Sheet {
    const [across, down] = [Math.ceil(width * density), Math.ceil(height * density)];
    const known = this._sheets.get(id);
    if (known?.image.width === across && known.image.height === down) return known;
    this._remove(id);
    const object = document.createElementNS(SVG, 'foreignObject');
    object.setAttribute('width', String(across / density));
    object.setAttribute('height', String(down / density));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [across, down];
    canvas.className = 'jp-RenderedTunelab-marks';
    canvas.style.width = `${across / density}px`;
    canvas.style.height = `${down / density}px`;
    object.append(canvas);
    const sheet = { object, canvas, image: new MarkImage(across, down) };
    this._sheets.set(id, sheet);
    return sheet;
  }

  private _remove(id: string): void {
    this._sheets.get(id)?.object.remove();
    this._sheets.delete(id);
  }
}

/** The mark nearest to a place of a panel, the uppermost of several. A look at each takes less than a frame. */
function nearest(
  crowds: readonly Crowd[],
  xaxis: DrawnAxis,
  yaxis: DrawnAxis,
  x: number,
  y: number
): Mark | undefined {
  const [across, down] = [placesOf(xaxis, 'x', 1), placesOf(yaxis, 'y', 1)];
  let found: Mark | undefined;
  let least = REACH * REACH;
  for (const { index: trace, trace: marks } of crowds) {
    for (let index = 0; index < marks.x.length; index++) {
      const [dx, dy] = [across(marks.x[index] ?? NaN) - x, down(marks.y[index] ?? NaN) - y];
      const distance = dx * dx + dy * dy;
      if (distance <= least) {
        least = distance;
        found = { trace, index };
      }
    }
  }
  return found;
}
