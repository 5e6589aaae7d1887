/** Colours and fonts of figures, and the palettes that colour-blind readers can tell apart. */

/** What surrounds a figure. Colours are CSS hex, `rgb()` or names; sizes are CSS pixels. */
export interface FigureTheme {
  /** Text and lines of the axes. */
  foreground: string;
  /** Behind the figure. */
  background: string;
  grid: string;
  /** Marks without a colour of their own, such as failed trials. Default: a middle grey. */
  muted?: string;
  /** Whether the background is dark. Default: judged from a hex or rgb() background. */
  dark?: boolean;
  /** Default: Open Sans or the reader's sans-serif, 13 px. */
  font?: { family: string; size: number };
  /** Default: as wide and as high as the place where the figure stands. */
  width?: number;
  height?: number;
}

export const LIGHT_THEME: FigureTheme = {
  foreground: '#24292f',
  background: '#ffffff',
  grid: '#e4e7eb'
};

export const DARK_THEME: FigureTheme = {
  foreground: '#e1e4e8',
  background: '#111418',
  grid: '#30363d',
  dark: true
};

/** The themes that a picture can have. */
export type ThemeName = 'light' | 'dark';
export const THEMES: Readonly<Record<ThemeName, FigureTheme>> = {
  light: LIGHT_THEME,
  dark: DARK_THEME
};

export const DEFAULT_FONT = { family: 'Open Sans, Verdana, Arial, sans-serif', size: 13 };

export const MUTED = '#7d8590';

// Okabe and Ito (2008). On each background the colours that contrast most with it come first;
// yellow is kept from white, blue from black.
const ON_LIGHT = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#555555'];
const ON_DARK = ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#f0e442', '#d55e00', '#bbbbbb'];

/** Colours of categories and series, in order; used again from the start when they run out. */
export function categoryColors(theme: FigureTheme): readonly string[] {
  return isDark(theme) ? ON_DARK : ON_LIGHT;
}

// Viridis: lightness rises evenly, also in grey and for colour-blind readers.
const VIRIDIS = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725'
];

/** Colours in order with their places in [0, 1], as Plotly wants them. */
export type ColorScale = [place: number, color: string][];

/**
 * The continuous scale. The good end is the one that contrasts with the background: dark on a light
 * theme, light on a dark one. Without a good end, low is dark.
 */
export function continuousScale(theme: FigureTheme, better?: 'low' | 'high'): ColorScale {
  const onDark = isDark(theme);
  // The darkest two colours would not be seen on a dark page.
  const rising = onDark ? VIRIDIS.slice(2) : VIRIDIS;
  const lowIsDark = better === undefined || (better === 'low') !== onDark;
  const colors = lowIsDark ? rising : [...rising].reverse();
  return colors.map((color, i) => [i / (colors.length - 1), color]);
}

/** From blue through the background's own tone to orange: for quantities that have a sign. */
export function divergingScale(theme: FigureTheme): ColorScale {
  return isDark(theme)
    ? [
        [0, '#6ac1f5'],
        [0.25, '#2f7299'],
        [0.5, '#26292e'],
        [0.75, '#9c6a14'],
        [1, '#f5b52e']
      ]
    : [
        [0, '#08519c'],
        [0.25, '#6baed6'],
        [0.5, '#f5f5f4'],
        [0.75, '#f5a35c'],
        [1, '#a63603']
      ];
}

/** Steps of one colour for each of `count` categories. */
export function steppedScale(theme: FigureTheme, count: number): ColorScale {
  const colors = categoryColors(theme);
  return Array.from({ length: count }, (_, i) => colors[i % colors.length]).flatMap((color, i) => [
    [i / count, color] as [number, string],
    [(i + 1) / count, color] as [number, string]
  ]);
}

function channels(color: string): number[] | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color.trim())?.[1];
  if (hex) {
    const width = hex.length / 3;
    return [0, 1, 2].map(i => {
      const part = hex.slice(i * width, (i + 1) * width);
      return parseInt(width === 1 ? part + part : part, 16);
    });
  }
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(color.trim());
  return rgb ? rgb.slice(1, 4).map(Number) : undefined;
}

/** Whether a theme's background is dark. */
export function isDark(theme: FigureTheme): boolean {
  if (theme.dark !== undefined) {
    return theme.dark;
  }
  const rgb = channels(theme.background);
  // Luma of Rec. 601: good enough to tell a dark page from a light one.
  return rgb !== undefined && 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] < 128;
}
