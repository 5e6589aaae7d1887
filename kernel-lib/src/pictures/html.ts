/** A figure as a page of its own: Plotly inside, so that it lives without a network, and its picture for where no script runs. */
import { readFileSync } from 'node:fs';
import { plotlySpec } from '../figures/spec';
import type { FigureTheme } from '../figures/spec';
import type { FigurePayload } from '../figures/format';
import { resolvePackage } from './packages';
import type { Picture } from './renderer';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, sign => ENTITIES[sign]);

/** JSON within a script: no `<` that could end it, no line end that only JSON allows. */
const scriptJson = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    ArrayBuffer.isView(each) ? Array.from(each as unknown as ArrayLike<number>) : each
  ).replace(/[<\u2028\u2029]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A program within a script. Only its texts and patterns may hold these, and there `\x3c` means the same. */
const scriptCode = (code: string): string => code.replace(/<(?=\/script|!--)/gi, '\\x3c');

/**
 * The page. It asks for nothing from anywhere: its policy forbids that, whatever stands in the figure's texts.
 * @param theme of the figure, without a width; the page has its colours
 * @throws Error that says what to install if Plotly is missing.
 */
export function figureHtml(
  payload: FigurePayload,
  theme: FigureTheme,
  { png, width, height }: Picture
): string {
  const { title, alt } = payload;
  const plotly = readFileSync(resolvePackage('plotly.js-dist-min/plotly.min.js'), 'utf8');
  // The page is as wide as its window; the height is the figure's.
  const spec = plotlySpec(payload, { ...theme, height }, { webgl: true });
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data: blob:";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="tunelab">
<meta name="description" content="${escapeHtml(alt)}">
<title>${escapeHtml(title)}</title>
<style>
body { margin: 1rem; background: ${theme.background}; color: ${theme.foreground}; font: 14px/1.5 Open Sans, Verdana, Arial, sans-serif; }
figure { margin: 0 auto; max-width: ${2 * width}px; }
figure img { max-width: 100%; height: auto; }
figcaption { max-width: 45em; margin-top: .5rem; }
</style>
</head>
<body>
<figure>
<div id="figure" role="img" aria-label="${escapeHtml(alt)}" style="min-height: ${height}px">
<img src="data:image/png;base64,${Buffer.from(png).toString('base64')}" width="${width}" height="${height}" alt="${escapeHtml(alt)}">
</div>
<figcaption>${escapeHtml(alt)}</figcaption>
</figure>
<script>${scriptCode(plotly)}</script>
<script>
const spec = ${scriptJson(spec)};
const place = document.getElementById('figure');
const drawn = place.appendChild(document.createElement('div'));
Plotly.newPlot(drawn, spec.data, spec.layout, { displaylogo: false, responsive: true })
  // The picture stays until the figure is alive, and for good where no script runs.
  .then(() => place.querySelector('img').remove());
</script>
</body>
</html>
`;
}
