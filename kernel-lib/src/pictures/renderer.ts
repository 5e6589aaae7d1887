/**
 * Draws figures without a browser: Plotly in jsdom, with texts measured by the shipped font, then
 * resvg. Loading Plotly takes about a second, so it happens once, at the first figure.
 */
import fs from 'node:fs';
import type { FigurePayload } from '../figures/format';
import { splitCrowded } from '../figures/marks/crowd';
import { sceneOf } from '../figures/sceneOf';
import { heightOf, sceneSpec, THEMES } from '../figures/spec';
import type { SceneSpec, ThemeName } from '../figures/spec';
import { DEFAULT_FONT } from '../figures/theme';
import { insertCrowded, MOST_VECTOR_MARKS } from './manyMarks';
import type { DrawnLayout } from './manyMarks';
import { FONT_FILE, loadPackage, resolvePackage } from './packages';
import type { DomNode, DomWindow } from './packages';
import { rasterize } from './rasterize';
import { TextMeasure } from './textMeasure';

/** Size of a picture: CSS pixels, and pixels of the PNG for each of them. */
export interface PictureSize {
  width: number;
  /** Default: what suits the figure at that width, 420 for one panel. */
  height?: number;
  scale: number;
  /** Default: `light`. */
  theme?: ThemeName;
}

/** A figure as a picture, `width` x `height` CSS pixels. */
export interface Picture {
  svg: string;
  png: Uint8Array;
  width: number;
  height: number;
}

interface GraphDiv extends DomNode {
  _fullLayout: DrawnLayout;
}

interface PlotlyModule {
  newPlot(div: DomNode, data: object[], layout: object, config: object): Promise<GraphDiv>;
  purge(div: DomNode): void;
  Snapshot: { toSVG(div: GraphDiv, format: 'svg'): string };
}

interface Stage {
  window: DomWindow;
  plotly: PlotlyModule;
}

function define(prototype: object, name: string, method: (this: DomNode) => unknown): void {
  Object.defineProperty(prototype, name, { value: method, configurable: true, writable: true });
}

function openStage(): Stage {
  const { JSDOM, VirtualConsole } = loadPackage('jsdom');
  const measure = new TextMeasure(loadPackage('opentype.js').loadSync(FONT_FILE));
  const source = fs.readFileSync(resolvePackage('plotly.js-dist-min/plotly.min.js'), 'utf8');
  const { window } = new JSDOM('<!doctype html><body></body>', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    // Plotly's warnings about what jsdom lacks are no news to anyone.
    virtualConsole: new VirtualConsole()
  });
  // What jsdom lacks and Plotly needs at load or for layout.
  Object.assign(window, { TextDecoder, TextEncoder });
  window.URL.createObjectURL = () => '';
  define(window.HTMLCanvasElement.prototype, 'getContext', () => null);
  define(window.SVGElement.prototype, 'getBBox', function () {
    return measure.innerBox(this);
  });
  define(window.SVGElement.prototype, 'getBoundingClientRect', function () {
    return measure.pageBox(this);
  });
  define(window.SVGElement.prototype, 'getComputedTextLength', function () {
    return measure.innerBox(this).width;
  });
  window.eval(source);
  return { window, plotly: (window as unknown as { Plotly: PlotlyModule }).Plotly };
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, character => entities[character]);
}

/** Plotly writes a clip path for each pair of axes, and most are of no use: half of a picture of many panels. */
function withoutUnusedClips(svg: string): string {
  const used = new Set(
    Array.from(svg.matchAll(/url\((?:&quot;|['"])?#([^)'"&]+)/g), ([, id]) => id)
  );
  return svg.replace(/<clipPath[^>]*\bid="([^"]+)"[^>]*>.*?<\/clipPath>/gs, (clip, id: string) =>
    used.has(id) ? clip : ''
  );
}

// Plotly and jsdom keep about 2 MB of each figure for good. After this many, a fresh stage bounds
// the process's memory at the price of one more start.
const PICTURES_PER_STAGE = 40;

/** Draws one figure after another; keeps Plotly loaded between them. */
export class Renderer {
  private stage: Stage | undefined;
  private drawn = 0;

  /** The SVG of a Plotly spec. */
  private async draw(spec: SceneSpec, alt: string): Promise<string> {
    if (this.drawn >= PICTURES_PER_STAGE) this.close();
    this.stage ??= openStage();
    this.drawn += 1;
    const { window, plotly } = this.stage;
    const { spec: sparse, crowds } = splitCrowded(spec, MOST_VECTOR_MARKS);
    const div = window.document.createElement('div');
    window.document.body.appendChild(div);
    try {
      const graph = await plotly.newPlot(div, sparse.data, sparse.layout, {
        staticPlot: true,
        typesetMath: false
      });
      insertCrowded(window, graph._fullLayout, crowds);
      const svg = withoutUnusedClips(plotly.Snapshot.toSVG(graph, 'svg'));
      return svg.replace(/^<svg[^>]*>/, start => `${start}<title>${escapeXml(alt)}</title>`);
    } finally {
      plotly.purge(div);
      div.remove();
    }
  }

  /**
   * The picture of a figure.
   * @throws Error that says what to install if a package is missing.
   */
  async render(payload: FigurePayload, size: PictureSize): Promise<Picture> {
    const scene = sceneOf(payload);
    const { width, height = heightOf(scene, { width }), scale } = size;
    const theme = { ...THEMES[size.theme ?? 'light'], font: DEFAULT_FONT, width, height };
    const spec = sceneSpec(scene, { title: payload.title, theme, still: true });
    const svg = await this.draw(spec, payload.alt);
    const png = rasterize(svg, { scale, background: theme.background });
    return { svg, png, width, height };
  }

  /** Frees the memory; the next figure loads everything again. */
  close(): void {
    this.stage?.window.close();
    this.stage = undefined;
    this.drawn = 0;
  }
}
