/** Plotly's behaviour, as opposed to its looks: buttons, downloads. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ModeBar } from './view';

const SHOWN: Record<ModeBar, 'hover' | boolean> = { hover: 'hover', always: true, never: false };

/** The event on a plot that asks for a picture of it. */
export const DOWNLOAD = 'tunelab-download';

// One function for all: Plotly draws anew where a config has another one.
const askForDownload = (plot: HTMLElement): boolean => plot.dispatchEvent(new Event(DOWNLOAD));

const ARROW = {
  width: 16,
  height: 16,
  path: 'M7 1h2v6h3l-4 4.5L4 7h3V1zM2 12h2v2h8v-2h2v4H2v-4z'
};

/**
 * The `config` argument of Plotly. It says nothing of a single figure: when it changes, Plotly draws
 * anew and forgets the reader's zoom.
 */
export function plotlyConfig(modeBar: ModeBar, trans: TranslationBundle): object {
  return {
    displayModeBar: SHOWN[modeBar],
    displaylogo: false,
    // Plotly's own listener hears the window only; the renderer hears its output area.
    responsive: false,
    // Nothing reads a selection yet, and "autoscale" does what "reset axes" does. A figure's data
    // stay where the notebook is: Plotly's own bar has a button that uploads them.
    modeBarButtonsToRemove: [
      ...['sendChartToCloud', 'select2d', 'lasso2d', 'autoScale2d'],
      // Its picture would lack the marks that Plotly does not draw.
      'toImage'
    ],
    modeBarButtonsToAdd: [
      {
        name: 'download',
        title: trans.__('Download as PNG'),
        icon: ARROW,
        click: askForDownload
      }
    ],
    // Ranges are the scene's: Plotly knows too few marks to choose some.
    doubleClick: 'reset',
    plotlyServerURL: '',
    // Texts are shown as they are, also between dollars where a page has MathJax.
    typesetMath: false,
    locale: 'tunelab',
    locales: {
      tunelab: {
        dictionary: {
          Zoom: trans.__('Zoom'),
          Pan: trans.__('Pan'),
          'Zoom in': trans.__('Zoom in'),
          'Zoom out': trans.__('Zoom out'),
          'Reset axes': trans.__('Reset axes'),
          'Double-click to zoom back out': trans.__('Double-click to zoom back out')
        }
      }
    }
  };
}
