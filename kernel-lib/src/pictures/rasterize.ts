import { FONT_FAMILY, FONT_FILE, loadPackage } from './packages';
import { indexed } from './palette';
import { encodeIndexed } from './png';

/** Options of `rasterize`. */
export interface RasterizeOptions {
  /** Pixels of the PNG for each CSS pixel. */
  scale: number;
  /** Font file. Default: the shipped one. `null` draws no text at all, as resvg does without fonts. */
  fontFile?: string | null;
  /** Behind what the SVG leaves open. Default: white. */
  background?: string;
}

/**
 * A PNG of at most 256 colours from an SVG. The machine's fonts are not used: the picture is the same everywhere, and where
 * a machine has no fonts its text does not vanish.
 */
export function rasterize(
  svg: string,
  { scale, fontFile, background = '#ffffff' }: RasterizeOptions
): Uint8Array {
  const { Resvg } = loadPackage('@resvg/resvg-js');
  const file = fontFile === undefined ? FONT_FILE : fontFile;
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    background,
    font: {
      loadSystemFonts: false,
      fontFiles: file === null ? [] : [file],
      defaultFontFamily: FONT_FAMILY,
      sansSerifFamily: FONT_FAMILY
    }
  });
  const { pixels, width, height } = image.render();
  return encodeIndexed(indexed(pixels), width, height);
}
