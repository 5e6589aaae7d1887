/**
 * Sizes of texts, from the metrics of the font they are drawn with. jsdom lays nothing out; Plotly
 * asks for the boxes of its texts to find margins, and wrong boxes mean clipped labels.
 */
import type { DomNode, OpenTypeFont } from './packages';
import { compose, IDENTITY, parseTransform } from './transform';
import type { Matrix } from './transform';

/** A box as the DOM gives it. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function box(left: number, top: number, right: number, bottom: number): Box {
  return { x: left, y: top, width: right - left, height: bottom - top, left, right, top, bottom };
}

const NO_BOX = box(0, 0, 0, 0);
const DEFAULT_SIZE = 13;

interface Line {
  text: string;
  anchor: string;
  size: number;
  x: number;
  y: number;
}

function styled(node: DomNode | null, read: (node: DomNode) => string | null | undefined): string {
  for (let at = node; at; at = at.parentNode) {
    const value = read(at);
    if (value) return value;
  }
  return '';
}

function fontSize(node: DomNode): number {
  const text = styled(node, at => at.style?.fontSize || at.getAttribute?.('font-size'));
  return parseFloat(text) || DEFAULT_SIZE;
}

function anchorOf(node: DomNode): string {
  return styled(
    node,
    at => at.style?.getPropertyValue('text-anchor') || at.getAttribute?.('text-anchor')
  );
}

function number(node: DomNode, name: string, size: number): number {
  const text = node.getAttribute?.(name) ?? '';
  const value = parseFloat(text) || 0;
  return text.endsWith('em') ? value * size : value;
}

/** Measures with one font; Plotly's texts are `text` elements with `tspan.line` children. */
export class TextMeasure {
  constructor(readonly font: OpenTypeFont) {}

  width(text: string, size: number): number {
    return this.font.getAdvanceWidth(text, size);
  }

  private lines(node: DomNode): Line[] {
    const size = fontSize(node);
    const rows = Array.from(node.childNodes).filter(child => child.nodeName === 'tspan');
    const own: Line = {
      text: node.textContent ?? '',
      anchor: anchorOf(node),
      size,
      x: number(node, 'x', size),
      y: number(node, 'y', size)
    };
    if (rows.length === 0) return [own];
    return rows.map(row => ({
      ...own,
      text: row.textContent ?? '',
      x: row.getAttribute?.('x') ? number(row, 'x', size) : own.x,
      y: own.y + number(row, 'dy', size)
    }));
  }

  /** The box around a text, in the text's own coordinates. */
  textBox(node: DomNode): Box {
    const { ascender, descender, unitsPerEm } = this.font;
    const boxes = this.lines(node).map(({ text, anchor, size, x, y }) => {
      const width = this.width(text, size);
      const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
      return box(
        left,
        y - (ascender / unitsPerEm) * size,
        left + width,
        y - (descender / unitsPerEm) * size
      );
    });
    return union(boxes);
  }

  /** The box around all texts of an element, in the element's own coordinates: `getBBox`. */
  innerBox(node: DomNode): Box {
    if (node.nodeName === 'text') return this.textBox(node);
    if (node.nodeName === 'tspan') {
      const size = fontSize(node);
      return box(0, -size, this.width(node.textContent ?? '', size), 0);
    }
    const boxes = Array.from(node.childNodes)
      .filter(child => child.nodeName === 'g' || child.nodeName === 'text')
      .map(child => mapped(transformOf(child), this.innerBox(child)));
    return union(boxes);
  }

  /** The same in the coordinates of the page: `getBoundingClientRect`. */
  pageBox(node: DomNode): Box {
    let matrix = IDENTITY;
    for (let at: DomNode | null = node; at; at = at.parentNode) {
      matrix = compose(transformOf(at), matrix);
    }
    return mapped(matrix, this.innerBox(node));
  }
}

function transformOf(node: DomNode): Matrix {
  return parseTransform(node.getAttribute?.('transform'));
}

/** The upright box around a box that was moved or turned. */
function mapped([a, b, c, d, e, f]: Matrix, { left, right, top, bottom }: Box): Box {
  // Nothing stays nothing, wherever it is: it must not pull a union towards it.
  if (left === right && top === bottom) return NO_BOX;
  const xs = [left, right].flatMap(x => [top, bottom].map(y => a * x + c * y + e));
  const ys = [left, right].flatMap(x => [top, bottom].map(y => b * x + d * y + f));
  return box(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

function union(all: readonly Box[]): Box {
  const boxes = all.filter(one => one !== NO_BOX);
  if (boxes.length === 0) return NO_BOX;
  return box(
    Math.min(...boxes.map(({ left }) => left)),
    Math.min(...boxes.map(({ top }) => top)),
    Math.max(...boxes.map(({ right }) => right)),
    Math.max(...boxes.map(({ bottom }) => bottom))
  );
}
