/** The axes of all panels: how each is told to Plotly, how far it reaches, and which follow each other. */
import type { Panel } from '../scene/scene';
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

export interface PlacedAxis {
  coordinates: Coordinates;
  extent?: Extent;
  /** What traces call it: `x2`. */
  ref: string;
  matches?: string;
}

/** Both axes of a panel. */
export interface PlacedAxes {
  x: PlacedAxis;
  y: PlacedAxis;
}

/** Axes by panel, with those that share a word told in the same way and as long as each other. */
export function axesOf(panels: readonly Panel[]): PlacedAxes[] {
  const letters = ['x', 'y'] as const;
  const positioned = new Set<string>();
  for (const panel of panels) {
    for (const letter of letters) {
      const { shared } = panel[letter];
      if (shared !== undefined && needsPositions(panel, letter)) positioned.add(shared);
    }
  }
  const axes = panels.map((panel, i) => {
    const make = (letter: 'x' | 'y'): PlacedAxis => {
      const { shared } = panel[letter];
      const positions =
        needsPositions(panel, letter) || (shared !== undefined && positioned.has(shared));
      return {
        coordinates: new Coordinates(panel[letter], positions),
        ref: i === 0 ? letter : `${letter}${i + 1}`
      };
    };
    return { x: make('x'), y: make('y') };
  });
  const groups = new Map<string, PlacedAxis[]>();
  panels.forEach((panel, i) => {
    const extents = extentsOf(panel, axes[i].x.coordinates, axes[i].y.coordinates);
    for (const letter of letters) {
      const axis = axes[i][letter];
      axis.extent = extents[letter];
      const { shared, scale } = panel[letter];
      if (shared === undefined) continue;
      // Only axes of one type can have one range.
      const key = `${scale} ${shared}`;
      const group = groups.get(key);
      if (group) group.push(axis);
      else groups.set(key, [axis]);
    }
  });
  for (const group of groups.values()) {
    const extent = around(group.map(axis => axis.extent));
    group.forEach((axis, i) => {
      axis.extent = extent;
      if (i > 0) axis.matches = group[0].ref;
    });
  }
  return axes;
}

const NOTHING: Extent = { low: 0, high: 1, roomBelow: 0, roomAbove: 0 };

/** Positions at the ends of an axis; of one without data, what stands there. */
export function endsOf({ extent }: PlacedAxis): [number, number] {
  const { low, high } = extent ?? NOTHING;
  return [low, high];
}

/** All axes of a layout. */
export function axisLayouts(grid: Grid, axes: readonly PlacedAxes[], theme: FigureTheme): Plain {
  const layout: Plain = {};
  grid.places.forEach((place, i) => {
    for (const letter of ['x', 'y'] as const) {
      const other = letter === 'x' ? 'y' : 'x';
      layout[nameOf(axes[i][letter].ref)] = plotlyAxis(
        place.panel[letter],
        {
          letter,
          coordinates: axes[i][letter].coordinates,
          extent: axes[i][letter].extent ?? NOTHING,
          domain: place[letter],
          anchor: axes[i][other].ref,
          length: letter === 'x' ? place.size.width : place.size.height,
          fontSize: grid.fontSize,
          ticks: place.ticks[letter],
          title: place.titles[letter],
          grid: !isFilled(place),
          matches: axes[i][letter].matches,
          scaleanchor: letter === 'y' && place.panel.y.equal ? axes[i].x.ref : undefined
        },
        theme
      );
    }
  });
  return layout;
}

/** `x2` is the trace's word for `xaxis2`. */
function nameOf(ref: string): string {
  return `${ref[0]}axis${ref.slice(1)}`;
}

function isFilled({ panel }: PanelPlace): boolean {
  return panel.layers.some(
    layer =>
      layer.kind === 'heat' || layer.kind === 'image' || (layer.kind === 'contour' && layer.filled)
  );
}
