/** Plotly's behaviour, as opposed to its looks: buttons, downloads. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ModeBar } from './view';

const SHOWN: Record<ModeBar, 'hover' | boolean> = { hover: 'hover', always: true, never: false };

/**
 * The `config` argument of Plotly. It says nothing of a single figure: when it changes, Plotly draws
 * anew and forgets the reader's zoom. (A download is named after the title without being told.)
 */
export function plotlyConfig(modeBar: ModeBar, trans: TranslationBundle): object {
  return {
    displayModeBar: SHOWN[modeBar],
    displaylogo: false,
    // Plotly's own listener hears the window only; the renderer hears its output area.
    responsive: false,
    // Nothing reads a selection yet, and "autoscale" does what "reset axes" does. A figure's data
    // stay where the notebook is: Plotly's own bar has a button that uploads them.
    modeBarButtonsToRemove: ['sendChartToCloud', 'select2d', 'lasso2d', 'autoScale2d'],
    plotlyServerURL: '',
    // Texts are shown as they are, also between dollars where a page has MathJax.
    typesetMath: false,
    toImageButtonOptions: { format: 'png', scale: 2 },
    locale: 'tunelab',
    locales: {
      tunelab: {
        dictionary: {
          'Download plot as a PNG': trans.__('Download as PNG'),
          'Download plot': trans.__('Download as PNG'),
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
