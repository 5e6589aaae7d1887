/** Plotly's axes. */
import { ticks } from '../positions';
import type { PanelAxis } from '../scene/scene';
import { plain, wrap } from '../text';
import type { FigureTheme } from '../theme';
import type { Coordinates } from './coordinates';
import type { Plain } from './drawing';
import { rangeOf } from './extents';
import type { Extent } from './extents';
import { charactersIn, textWidth } from './textWidth';

export interface AxisPlace {
  letter: 'x' | 'y';
  coordinates: Coordinates;
  extent: Extent;
  domain: [number, number];
  /** The panel's other axis. */
  anchor: string;
  /** CSS pixels. */
  length: number;
  fontSize: number;
  ticks: boolean;
  title: boolean;
  /** Lines across the panel would cover what fills it. */
  grid: boolean;
  /** Whether a frame around each panel stands for the lines of axes. */
  framed: boolean;
  /** The axis whose range this one follows. */
  matches?: string;
  /** The axis whose unit is as long as this one's. */
  scaleanchor?: string;
}

/** Plain numbers: 0.0001, 0.002; where some would need a power of ten, all have one: 1e-10, 1e-6. */
function logFormat([low]: [number, number]): string {
  return low < -5 ? '~e' : '~g';
}

/** About how many characters the labels of an axis have. */
function labelCharacters(axis: PanelAxis, { low, high }: Extent): number {
  if (axis.scale === 'log') return low < -3 ? 7 : 5;
  if (axis.scale === 'oneMinusLog') return Math.min(8, 3 + Math.max(0, Math.ceil(high)));
  const largest = Math.max(Math.abs(low), Math.abs(high), 1);
  const digits = Math.floor(Math.log10(largest)) + 1;
  const decimals = Math.max(0, Math.ceil(-Math.log10((high - low || 1) / 4)));
  return Math.min(7, (low < 0 ? 1 : 0) + digits + (decimals > 0 ? decimals + 1 : 0));
}

/** How many ticks have room for their labels. */
function tickCount(axis: PanelAxis, { letter, length, fontSize, extent }: AxisPlace): number {
  const each =
    letter === 'y'
      ? fontSize * 1.7
      : textWidth('0'.repeat(labelCharacters(axis, extent)), fontSize) + 16;
  return Math.max(3, Math.min(letter === 'y' ? 8 : 10, Math.floor(length / each)));
}

/** Every so many categories, so that their labels do not touch. */
function categoryTicks(axis: PanelAxis, { length, fontSize }: AxisPlace): Plain {
  const all = ticks(axis, 0, 0)!;
  const room = Math.max(1, Math.floor(length / (fontSize * 1.35)));
  const step = Math.ceil(all.tickvals.length / room);
  const kept = all.tickvals.filter(i => i % step === 0);
  return { tickvals: kept, ticktext: kept.map(i => all.ticktext[i]) };
}

function tickFields(axis: PanelAxis, place: AxisPlace): Plain {
  const { coordinates, extent } = place;
  const range: [number, number] = [extent.low, extent.high];
  if (axis.scale === 'category') return categoryTicks(axis, place);
  if (coordinates.native) {
    // Plotly chooses the ticks anew when one zooms. Powers of ten from four decades on.
    // Below three ticks in a decade it takes 1, 2 and 5; above, all nine digits, which touch each other.
    const few = Math.max(3, Math.floor((extent.high - extent.low) / 0.33));
    return {
      tickformat: logFormat(range),
      nticks: Math.min(5, few, tickCount(axis, place))
    };
  }
  const own = ticks(axis, ...range, tickCount(axis, place));
  if (own) return { ...own };
  const whole = axis.integer === true;
  const few = whole && extent.high - extent.low <= Math.min(10, tickCount(axis, place));
  return {
    nticks: tickCount(axis, place),
    ...(whole ? { tickformat: 'd' } : {}),
    ...(few ? { dtick: 1 } : {})
  };
}

export function plotlyAxis(axis: PanelAxis, place: AxisPlace, theme: FigureTheme): Plain {
  const { coordinates, extent, domain, anchor, fontSize, length } = place;
  const range = rangeOf(extent);
  const common: Plain = {
    type: coordinates.native ? 'log' : 'linear',
    domain,
    anchor,
    range: axis.reversed ? [range[1], range[0]] : range,
    zeroline: false,
    ...(place.matches ? { matches: place.matches } : {}),
    ...(place.scaleanchor
      ? { scaleanchor: place.scaleanchor, scaleratio: 1, constrain: 'domain' }
      : {})
  };
  if (axis.hidden) {
    return { ...common, showgrid: false, showline: false, showticklabels: false, ticks: '' };
  }
  const title = place.title
    ? wrap(axis.label, Math.max(8, charactersIn(length * 1.1, fontSize)), 2)
        .map(plain)
        .join('<br>')
    : '';
  return {
    ...common,
    ...(title
      ? { title: { text: title, standoff: fontSize <= 10 ? 4 : 10, font: { size: fontSize } } }
      : {}),
    automargin: place.ticks,
    gridcolor: theme.grid,
    showgrid: place.grid,
    linecolor: theme.foreground,
    tickcolor: theme.foreground,
    tickfont: { size: Math.max(7, fontSize - 1) },
    showline: !place.framed,
    ticks: place.ticks ? 'outside' : '',
    ticklen: fontSize <= 10 ? 3 : 5,
    showticklabels: place.ticks,
    exponentformat: 'power',
    minexponent: 4,
    ...tickFields(axis, place)
  };
}
