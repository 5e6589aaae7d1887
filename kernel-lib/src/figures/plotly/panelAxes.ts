/** The axes of all panels: how each is told to Plotly, how far it reaches, and which follow each other. */
import type { Panel, PanelAxis } from '../scene/scene';
import { MUTED } from '../theme';
import type { FigureTheme } from '../theme';
import { plotlyAxis } from './axes';
import { Coordinates } from './coordinates';
import type { Plain } from './drawing';
import { around, extentsOf } from './extents';
import type { Extent } from './extents';
import type { Grid, PanelPlace } from './grid';

/** Bars have widths, which are positions: on a log axis they cannot be told in values. */
function needsPositions({ layers }: Panel, letter: 'x' | 'y'): boolean {
  return layers.some(layer =>
    layer.kind === 'histogram' ? letter === 'x' : layer.kind === 'bars' && layer.along !== letter
  );
}

/** An axis of Plotly: panels above each other may have one x axis together, panels beside each other one y axis. */
export interface PlacedAxis {
  extent?: Extent;
  /** What traces call it: `x2`. */
  ref: string;
  matches?: string;
  /** How many panels have it. */
  panels: number;
}

/** Both axes of a panel. */
export interface PlacedAxes {
  x: PlacedAxis;
  y: PlacedAxis;
  coordinates: { x: Coordinates; y: Coordinates };
}

const LETTERS = ['x', 'y'] as const;

/** How values of each panel become places: in one way where axes are shared. */
function coordinatesOf(panels: readonly Panel[]): PlacedAxes['coordinates'][] {
  const positioned = new Set<string>();
  for (const panel of panels) {
    for (const letter of LETTERS) {
      const { shared } = panel[letter];
      if (shared !== undefined && needsPositions(panel, letter)) positioned.add(shared);
    }
  }
  return panels.map(panel => {
    const make = (letter: 'x' | 'y'): Coordinates => {
      const { shared } = panel[letter];
      const positions =
        needsPositions(panel, letter) || (shared !== undefined && positioned.has(shared));
      return new Coordinates(panel[letter], positions);
    };
    return { x: make('x'), y: make('y') };
  });
}

/** Axes by panel. Those that share a word are as long as each other. */
export function axesOf(panels: readonly Panel[]): PlacedAxes[] {
  const coordinates = coordinatesOf(panels);
  const extents = panels.map((panel, i) => extentsOf(panel, coordinates[i].x, coordinates[i].y));
  const groups = new Map<string, { extents: (Extent | undefined)[]; first?: PlacedAxis }>();
  // Only axes of one type can have one range.
  const groupOf = ({ shared, scale }: PanelAxis): string => `${scale} ${shared}`;
  panels.forEach((panel, i) => {
    for (const letter of LETTERS) {
      if (panel[letter].shared === undefined) continue;
      const key = groupOf(panel[letter]);
      const group = groups.get(key) ?? { extents: [] };
      group.extents.push(extents[i][letter]);
      groups.set(key, group);
    }
  });
  const made = new Map<string, PlacedAxis>();
  const counts = { x: 0, y: 0 };
  return panels.map((panel, i) => {
    const make = (letter: 'x' | 'y'): PlacedAxis => {
      const axis = panel[letter];
      const group = axis.shared === undefined ? undefined : groups.get(groupOf(axis));
      const extent = group ? around(group.extents) : extents[i][letter];
      const key = lineKey(panel, letter, extent) ?? `${letter} of panel ${i}`;
      const known = made.get(key);
      if (known) {
        known.panels += 1;
        return known;
      }
      counts[letter] += 1;
      const ref = counts[letter] === 1 ? letter : `${letter}${counts[letter]}`;
      const placed: PlacedAxis = { extent, ref, panels: 1, matches: group?.first?.ref };
      if (group) group.first ??= placed;
      made.set(key, placed);
      return placed;
    };
    return { x: make('x'), y: make('y'), coordinates: coordinates[i] };
  });
}

/**
 * What panels of one column, or row, must have alike to have one axis together: Plotly's work grows with the square
 * of the number of axes. Hidden ones need not be shared for that, only be alike.
 */
function lineKey(panel: Panel, letter: 'x' | 'y', extent: Extent | undefined): string | undefined {
  const { shared, hidden = false, reversed = false, scale, equal = false } = panel[letter];
  if (shared === undefined && !hidden) return undefined;
  const line = letter === 'x' ? panel.column : panel.row;
  const range = shared === undefined ? JSON.stringify(extent) : JSON.stringify(shared);
  return [letter, line, hidden, reversed, scale, equal, range].join(' ');
}

const NOTHING: Extent = { low: 0, high: 1, roomBelow: 0, roomAbove: 0 };

/** Positions at the ends of an axis; of one without data, what stands there. */
export function endsOf({ extent }: PlacedAxis): [number, number] {
  const { low, high } = extent ?? NOTHING;
  return [low, high];
}

/** Panels that have axes together have a frame each: Plotly draws the axis itself at one of them only. */
function isFramed({ places }: Grid, axes: readonly PlacedAxes[]): boolean {
  return places.some(({ panel }, i) =>
    LETTERS.some(letter => axes[i][letter].panels > 1 && !panel[letter].hidden)
  );
}

/** A rectangle around each panel, where panels have axes together. */
export function framesOf(grid: Grid, axes: readonly PlacedAxes[], theme: FigureTheme): Plain[] {
  if (!isFramed(grid, axes)) return [];
  return grid.places.flatMap(({ panel }, i) =>
    panel.x.hidden && panel.y.hidden
      ? []
      : [
          {
            type: 'rect',
            xref: `${axes[i].x.ref} domain`,
            yref: `${axes[i].y.ref} domain`,
            x0: 0,
            x1: 1,
            y0: 0,
            y1: 1,
            line: { color: theme.muted ?? MUTED, width: 1 }
          }
        ]
  );
}

/** All axes of a layout. */
export function axisLayouts(grid: Grid, axes: readonly PlacedAxes[], theme: FigureTheme): Plain {
  const framed = isFramed(grid, axes);
  const equal = grid.places.findIndex(({ panel }) => panel.y.equal);
  const layout: Plain = {};
  grid.places.forEach((place, i) => {
    for (const letter of LETTERS) {
      const axis = axes[i][letter];
      const name = `${letter}axis${axis.ref.slice(1)}`;
      // The panel that names the axis is the one where it stands.
      if (layout[name] !== undefined && !place.ticks[letter]) continue;
      layout[name] = plotlyAxis(
        place.panel[letter],
        {
          letter,
          coordinates: axes[i].coordinates[letter],
          extent: axis.extent ?? NOTHING,
          domain: place[letter],
          anchor: axes[i][letter === 'x' ? 'y' : 'x'].ref,
          length: letter === 'x' ? place.size.width : place.size.height,
          fontSize: grid.fontSize,
          ticks: place.ticks[letter],
          title: place.titles[letter],
          grid: !isFilled(place),
          framed,
          matches: axis.matches,
          scaleanchor: place.panel.y.equal ? unitOf(axes, i, equal, letter) : undefined
        },
        theme
      );
    }
  });
  return layout;
}

/** The axis whose unit an axis has, where units are equal: y that of its x, other x that of the first y. */
function unitOf(
  axes: readonly PlacedAxes[],
  i: number,
  first: number,
  letter: 'x' | 'y'
): string | undefined {
  const { x, y } = axes[i];
  if (letter === 'y') return x.ref;
  const isFirst = x.ref === axes[first].x.ref || y.ref !== axes[first].y.ref;
  return isFirst || x.matches !== undefined ? undefined : axes[first].y.ref;
}

function isFilled({ panel }: PanelPlace): boolean {
  return panel.layers.some(
    layer =>
      layer.kind === 'heat' || layer.kind === 'image' || (layer.kind === 'contour' && layer.filled)
  );
}
