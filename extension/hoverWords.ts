/** What hovering over one mark among many shows: Plotly is not told thousands of texts, they are made one by one. */
import type { SceneSpec } from 'tunelab/dist/figures/spec';
import type { CrowdCanvas } from './crowdCanvas';

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
  private readonly _crowd: CrowdCanvas;
  private _words: SceneSpec['hover'] = new Map();
  // Plotly shows something about one of its own marks.
  private _occupied = false;

  /** Shows words beside the pointer over `plot`, in an element of `host`, which is where `plot` is. */
  constructor(plot: HTMLElement, host: HTMLElement, crowd: CrowdCanvas) {
    this._plot = plot;
    this._crowd = crowd;
    this._box.className = 'jp-RenderedTunelab-hover';
    // The figure's alt text speaks for it; this one follows the pointer.
    this._box.setAttribute('aria-hidden', 'true');
    this._box.hidden = true;
    host.append(this._box);
    plot.addEventListener('mousemove', event => this._move(event));
    plot.addEventListener('mouseleave', () => this.hide());
  }

  /** Listens to a plot that has just been drawn for the first time. */
  listen(): void {
    this._plot.on?.('plotly_hover', event => {
      this._occupied = true;
      const [point] = event.points;
      this._show(point?.curveNumber, point?.pointNumber, event.event);
    });
    this._plot.on?.('plotly_unhover', () => {
      this._occupied = false;
      this.hide();
    });
  }

  /** Takes over the words of what is drawn now. */
  update(words: SceneSpec['hover']): void {
    this._words = words;
    this._occupied = false;
    this.hide();
  }

  hide(): void {
    this._box.hidden = true;
  }

  /** The marks that Plotly does not know of are looked for here. */
  private _move(event: MouseEvent): void {
    if (this._crowd.isEmpty || this._occupied) return;
    const mark = event.buttons === 0 ? this._crowd.markAt(event.clientX, event.clientY) : undefined;
    this._show(mark?.trace, mark?.index, event);
  }

  private _show(
    trace: number | undefined,
    index: number | undefined,
    at: { clientX: number; clientY: number } | undefined
  ): void {
    const words =
      trace === undefined || index === undefined ? undefined : this._words.get(trace)?.(index);
    if (words === undefined || !at) {
      this.hide();
      return;
    }
    this._box.textContent = words;
    this._box.hidden = false;
    const around = this._plot.getBoundingClientRect();
    const [x, y] = [at.clientX - around.left, at.clientY - around.top];
    // On the side where there is more room.
    const right = x > around.width / 2;
    this._box.style.left = right ? '' : `${x + DISTANCE}px`;
    this._box.style.right = right ? `${around.width - x + DISTANCE}px` : '';
    this._box.style.top = `${y + DISTANCE}px`;
  }
}
