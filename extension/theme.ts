/** From JupyterLab's theme, which is CSS, to the colours of a figure, which are Plotly's. */
import { LIGHT_THEME } from 'tunelab/dist/figures/spec';
import type { FigureTheme } from 'tunelab/dist/figures/spec';

/**
 * A colour as `#rrggbb`, or as `rgba(…)` where one sees through it. Plotly reads hex, names and `rgb()`; a theme may say `color-mix()` or
 * `oklch()`. What the browser paints is read back; where nothing can be painted, the text stays.
 */
function plainColor(color: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) {
    return color;
  }
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  if (alpha === 255) {
    return `#${[red, green, blue].map(one => one.toString(16).padStart(2, '0')).join('')}`;
  }
  return `rgba(${red}, ${green}, ${blue}, ${Math.round((alpha / 255) * 1000) / 1000})`;
}

/** The theme that the CSS variables on `node` describe; what a theme leaves out is as on a light page. */
export function readTheme(node: HTMLElement): FigureTheme {
  const style = getComputedStyle(node);
  const text = (name: string): string => style.getPropertyValue(name).trim();
  const color = (name: string, otherwise: string): string => {
    const value = text(name);
    return value ? plainColor(value) : otherwise;
  };
  const family = text('--jp-ui-font-family');
  const size = parseFloat(text('--jp-ui-font-size1'));
  return {
    foreground: color('--jp-content-font-color1', LIGHT_THEME.foreground),
    background: color('--jp-layout-color0', LIGHT_THEME.background),
    grid: color('--jp-border-color3', LIGHT_THEME.grid),
    ...(node.dataset.jpThemeLight ? { dark: node.dataset.jpThemeLight === 'false' } : {}),
    ...(family ? { font: { family, size: size > 0 ? size : 13 } } : {})
  };
}
