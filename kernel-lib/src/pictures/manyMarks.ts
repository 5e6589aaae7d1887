/** Brings the marks that were taken out of a spec back into what Plotly has drawn, as one image for each panel. */
import { drawCrowd } from '../figures/marks/crowd';
import type { Crowd, DrawnAxis, DrawnColors } from '../figures/marks/crowd';
import { MarkImage } from '../figures/marks/markImage';
import type { DomNode, DomWindow } from './packages';
import { encodePng } from './png';

/**
 * Above this many marks in all, the crowded traces become images: an SVG of more would be too
 * large to be stored, and 5,000 marks take jsdom four times as long as one image.
 */
export const MOST_VECTOR_MARKS = 1000;

// Pixels of the image for each CSS pixel.
const DENSITY = 2;

/** The parts of Plotly's drawn layout that are read. */
export interface DrawnLayout {
  coloraxis?: DrawnColors;
  _plots: Record<string, { xaxis: DrawnAxis; yaxis: DrawnAxis; plot: { node(): DomNode } }>;
}

/** Draws the crowded marks into an image for each panel and puts it below the marks that Plotly has drawn. */
export function insertCrowded(
  window: DomWindow,
  layout: DrawnLayout,
  crowds: readonly Crowd[]
): void {
  const panels = new Map<string, Crowd[]>();
  for (const crowd of crowds) {
    const id = `${crowd.trace.xaxis}${crowd.trace.yaxis}`;
    panels.set(id, [...(panels.get(id) ?? []), crowd]);
  }
  for (const [id, inPanel] of panels) {
    const panel = layout._plots[id];
    const layer = panel?.plot.node().querySelector('.scatterlayer');
    if (!layer) continue;
    const { xaxis, yaxis } = panel;
    const image = new MarkImage(
      Math.ceil(xaxis._length * DENSITY),
      Math.ceil(yaxis._length * DENSITY)
    );
    for (const { trace } of inPanel.reverse()) {
      drawCrowd(image, trace, { x: xaxis, y: yaxis }, DENSITY, layout.coloraxis);
    }
    const pixels = new Uint8Array(image.pixels().buffer);
    const png = encodePng(pixels, image.width, image.height).toString('base64');
    const node = window.document.createElementNS('http://www.w3.org/2000/svg', 'image');
    node.setAttribute('width', String(image.width / DENSITY));
    node.setAttribute('height', String(image.height / DENSITY));
    node.setAttribute('href', `data:image/png;base64,${png}`);
    layer.insertBefore(node, layer.firstChild);
  }
}
