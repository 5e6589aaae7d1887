/** What hovering over one mark among many shows: Plotly is not told thousands of texts, they are made one by one. */
import type { SceneSpec } from 'tunelab/dist/figures/spec';

/** The part of Plotly's event that says which mark it is, and where the pointer. */
interface HoverEvent {
  points: { curveNumber: number; pointNumber: number }[];
  event?: { clientX: number; clientY: number };
}

/** A plot once Plotly has drawn into it. */
type DrawnPlot = HTMLElement & {
  on?(name: string, listener: (event: HoverEvent) => void): void;
};

// CSS pixels between the pointer and the words.
const DISTANCE = 12;

export class HoverWords {
  private readonly _box = document.createElement('div');
  private readonly _plot: DrawnPlot;
  private _words: SceneSpec['hover'] = new Map();

  /** Shows words beside the pointer over `plot`, in an element of `host`, which is where `plot` is. */
  constructor(plot: HTMLElement, host: HTMLElement) {
    this._plot = plot;
    this._box.className = 'jp-RenderedTunelab-hover';
    // The figure's alt text speaks for it; this one follows the pointer.
    this._box.setAttribute('aria-hidden', 'true');
    this._box.hidden = true;
    host.append(this._box);
  }

  /** Listens to a plot that has just been drawn for the first time. */
  listen(): void {
    this._plot.on?.('plotly_hover', event => this._show(event));
    this._plot.on?.('plotly_unhover', () => this.hide());
  }

  /** Takes over the words of what is drawn now. */
  update(words: SceneSpec['hover']): void {
    this._words = words;
    this.hide();
  }

  hide(): void {
    this._box.hidden = true;
  }

  private _show({ points, event }: HoverEvent): void {
    const [point] = points;
    const words = point && this._words.get(point.curveNumber)?.(point.pointNumber);
    if (words === undefined || !event) {
      this.hide();
      return;
    }
    this._box.textContent = words;
    this._box.hidden = false;
    const around = this._plot.getBoundingClientRect();
    const [x, y] = [event.clientX - around.left, event.clientY - around.top];
    // On the side where there is more room.
    const right = x > around.width / 2;
    this._box.style.left = right ? '' : `${x + DISTANCE}px`;
    this._box.style.right = right ? `${around.width - x + DISTANCE}px` : '';
    this._box.style.top = `${y + DISTANCE}px`;
  }
}
