import type { Figure } from '../figures/figure';
import { FIGURE_MIME } from '../figures/format';
import { sceneOf } from '../figures/sceneOf';
import { heightOf, sceneMarks, sceneSpec } from '../figures/spec';
import { tableOf } from '../figures/study/store';
import { trialTableMarkdown } from '../figures/study/trialTable';
import type { MimeBundle } from '../host';
import type { Picture } from '../pictures/client';

/** Size of a figure's picture in CSS pixels; the live figure is as wide as its cell. */
export interface BundleOptions {
  /** Default: `640`. */
  width?: number;
  /** Default: what suits the figure, `420` for one of a single panel. */
  height?: number;
}

// Above this, a figure in Plotly's own format would double what a notebook stores.
const MOST_PLOTLY_MARKS = 1000;

// Screens with two pixels for each CSS pixel are the common ones; but a crowd of marks hardly
// compresses, and at that density 10,000 of them would take a megabyte of the notebook.
const SHARP = 2;
const MOST_SHARP_MARKS = 1000;

const BASE64_CHUNK = 0x8000;

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += BASE64_CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + BASE64_CHUNK)));
  }
  return btoa(parts.join(''));
}

async function picture(
  figure: Figure,
  marks: number,
  size: { width: number; height: number }
): Promise<Picture> {
  // Loaded here and not above: a browser has no such module, and needs none.
  const client = (await import('../pictures/client')) as Partial<
    typeof import('../pictures/client')
  >;
  if (!client.renderPicture) {
    throw new Error('pictures are made in Node only.');
  }
  const scale = marks <= MOST_SHARP_MARKS ? SHARP : 1;
  return client.renderPicture(figure.payload, { ...size, scale });
}

/**
 * Everything that a notebook needs to show a figure, now or when it is stored: see FORMAT.md. When
 * no picture can be made, the rest comes without it and the text says why.
 */
export async function figureBundle(
  figure: Figure,
  options: BundleOptions = {}
): Promise<MimeBundle> {
  const scene = sceneOf(figure.payload);
  const { width = 640, height = heightOf(scene, { width }) } = options;
  const data: Record<string, unknown> = { [FIGURE_MIME]: figure.toJSON() };
  const metadata: Record<string, unknown> = {};
  const marks = sceneMarks(scene);
  if (marks <= MOST_PLOTLY_MARKS) {
    const { data: traces, layout } = sceneSpec(scene, { title: figure.title });
    data['application/vnd.plotly.v1+json'] = { data: traces, layout };
  }
  data['text/plain'] = figure.alt;
  const { payload } = figure;
  if (payload.figure === 'trialTable' && 'trials' in payload) {
    data['text/markdown'] = trialTableMarkdown(tableOf(payload), payload.view);
  }
  try {
    // No SVG beside it: nbconvert would need Inkscape to make LaTeX of it, and writes no alt text to it in pages.
    const drawn = await picture(figure, marks, { width, height });
    data['image/png'] = toBase64(drawn.png);
    metadata['image/png'] = { alt: figure.alt, width: drawn.width, height: drawn.height };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(
      /\s*\n\s*/g,
      ' '
    );
    data['text/plain'] = `${figure.alt}\nNo picture: ${reason}`;
  }
  return { data, metadata };
}
