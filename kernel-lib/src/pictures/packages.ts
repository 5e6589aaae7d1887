/** The optional packages that pictures need, told by the little of them that is used. */
import { createRequire } from 'node:module';
import path from 'node:path';

/** A font as opentype.js reads it. */
export interface OpenTypeFont {
  unitsPerEm: number;
  ascender: number;
  descender: number;
  getAdvanceWidth(text: string, fontSize: number): number;
}

export interface OpenType {
  loadSync(file: string): OpenTypeFont;
}

/** The part of jsdom's DOM that the renderer touches; the library is typed without the DOM. */
export interface DomNode {
  readonly nodeName: string;
  readonly parentNode: DomNode | null;
  readonly childNodes: ArrayLike<DomNode>;
  readonly firstChild: DomNode | null;
  readonly textContent: string | null;
  readonly style?: { fontSize: string; getPropertyValue(name: string): string };
  getAttribute?(name: string): string | null;
  setAttribute(name: string, value: string): void;
  appendChild(node: DomNode): DomNode;
  insertBefore(node: DomNode, before: DomNode | null): DomNode;
  remove(): void;
  querySelector(selector: string): DomNode | null;
  querySelectorAll(selector: string): ArrayLike<DomNode>;
}

export interface DomWindow {
  document: {
    body: DomNode;
    createElement(name: string): DomNode;
    createElementNS(namespace: string, name: string): DomNode;
  };
  URL: { createObjectURL?: () => string; revokeObjectURL?: () => void };
  Element: { prototype: object };
  SVGElement: { prototype: object };
  HTMLCanvasElement: { prototype: object };
  XMLSerializer: new () => { serializeToString(node: DomNode): string };
  eval(code: string): unknown;
  close(): void;
}

export interface Jsdom {
  JSDOM: new (html: string, options: object) => { window: DomWindow };
  VirtualConsole: new () => object;
}

export interface Resvg {
  Resvg: new (
    svg: string,
    options: object
  ) => { render(): { pixels: Uint8Array; width: number; height: number } };
}

interface Packages {
  jsdom: Jsdom;
  'opentype.js': OpenType;
  '@resvg/resvg-js': Resvg;
}

// Resolved from tunelab itself, whatever folder a notebook is in.
const fromHere = createRequire(path.join(__dirname, 'packages.js'));

const INSTALL =
  'npm install jsdom@26 plotly.js-dist-min@4.1.2 @resvg/resvg-js@2.6.2 opentype.js@1.3.4';

function missing(name: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new Error(
    `Pictures need the package ${name}, which cannot be loaded (${reason}).\nInstall what pictures need beside tunelab: ${INSTALL}`,
    { cause }
  );
}

/** Loads one of the packages. @throws Error that says what to install. */
export function loadPackage<Name extends keyof Packages>(name: Name): Packages[Name] {
  try {
    return fromHere(name) as Packages[Name];
  } catch (error) {
    throw missing(name, error);
  }
}

/** File of a package that is read, not required. @throws Error that says what to install. */
export function resolvePackage(name: string): string {
  try {
    return fromHere.resolve(name);
  } catch (error) {
    throw missing(name, error);
  }
}

/** The font that pictures are set in, shipped with tunelab. */
export const FONT_FILE = path.join(
  __dirname,
  '..',
  '..',
  'assets',
  'fonts',
  'OpenSans-Regular.ttf'
);
export const FONT_FAMILY = 'Open Sans';
