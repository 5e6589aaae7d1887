/** What a reader does with the pointer over a figure that Plotly drew. */
import type { SceneSpec } from 'tunelab/dist/figures/plotly/sceneSpec';
import type { PlotlyLoader } from '../plotly';
import { element } from './dom';

/** As much of Plotly's element as is used. */
interface IPlotElement extends HTMLElement {
  on?(name: string, listener: (event: never) => void): unknown;
  removeAllListeners?(name: string): unknown;
}

interface IPoint {
  curveNumber: number;
  pointNumber: number;
}

interface IPointEvent {
  points?: readonly IPoint[];
  event?: MouseEvent;
}

export interface IPlotActions {
  spec(): SceneSpec | null;
  pin(number: number): void;
  /** A box was drawn; its ends by Plotly's axes. */
  select(box: Readonly<Record<string, unknown>>): void;
  deselect(): void;
}

const EVENTS = ['plotly_hover', 'plotly_unhover', 'plotly_click', 'plotly_selected', 'plotly_deselect']; // prettier-ignore

export class PlotEvents {
  private readonly _label = element('div', 'hover');
  private _plot: IPlotElement | null = null;
  private _brushes = false;

  constructor(
    private readonly _loadPlotly: PlotlyLoader,
    private readonly _actions: IPlotActions
  ) {
    this._label.hidden = true;
    this._label.setAttribute('aria-hidden', 'true');
  }

  get brushes(): boolean {
    return this._brushes;
  }

  /** Listens to an element that Plotly has drawn into. It may have been erased and drawn anew. */
  attach(plot: IPlotElement): void {
    this._plot = plot;
    EVENTS.forEach(name => plot.removeAllListeners?.(name));
    plot.on?.('plotly_hover', (event: IPointEvent) => this._hover(event));
    plot.on?.('plotly_unhover', () => (this._label.hidden = true));
    plot.on?.('plotly_click', ({ points }: IPointEvent) => {
      const number = points && this._trialOf(points[0]);
      if (number !== undefined) this._actions.pin(number);
    });
    plot.on?.('plotly_selected', (event?: { range?: Record<string, unknown> }) => {
      if (event?.range) this._actions.select(event.range);
    });
    plot.on?.('plotly_deselect', () => this._actions.deselect());
    if (this._label.parentElement !== plot) plot.append(this._label);
    this._label.hidden = true;
    if (this._brushes) void this._drag();
  }

  /** Whether dragging selects trials, instead of zooming. */
  brush(on: boolean): Promise<void> {
    this._brushes = on;
    return this._drag();
  }

  /** Takes the drawn box away, and what it selected. */
  async clear(): Promise<void> {
    if (this._plot?.on) {
      // Both: without its box, a selection would still keep what lies outside of it faint.
      const plotly = await this._loadPlotly();
      await plotly.update(this._plot, { selectedpoints: null }, { selections: [] });
    }
  }

  private async _drag(): Promise<void> {
    const mode = this._brushes ? 'select' : 'zoom';
    const plot = this._plot as (IPlotElement & { _fullLayout?: { dragmode?: unknown } }) | null;
    // Saying what holds already would draw once more, without end.
    if (plot?.on && plot._fullLayout?.dragmode !== mode) {
      await (await this._loadPlotly()).relayout(plot, { dragmode: mode });
    }
  }

  private _trialOf({ curveNumber, pointNumber }: IPoint): number | undefined {
    return this._actions.spec()?.trials.get(curveNumber)?.[pointNumber];
  }

  /** Of many marks Plotly has no texts: they are asked for here, one at a time. */
  private _hover({ points, event }: IPointEvent): void {
    const [point] = points ?? [];
    const text = point && this._actions.spec()?.hover.get(point.curveNumber)?.(point.pointNumber);
    if (!text || !event || !this._plot) {
      this._label.hidden = true;
      return;
    }
    const { left, top, width } = this._plot.getBoundingClientRect();
    const x = event.clientX - left;
    this._label.textContent = text;
    this._label.style.top = `${event.clientY - top + 12}px`;
    // On the side that has more room.
    this._label.style.left = x < width / 2 ? `${x + 12}px` : '';
    this._label.style.right = x < width / 2 ? '' : `${width - x + 12}px`;
    this._label.hidden = false;
  }
}
