/** A figure as a picture file, as Plotly's own button makes it, with the marks that Plotly does not know of. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { PlotlyLibrary } from './plotly';
import { plotlyConfig } from './plotlyConfig';

/** The part of Plotly's layout that a download adds to. */
interface Layout {
  images?: object[];
}

/**
 * Does nothing where there is no figure yet.
 * @param title of the figure, after which the file is named
 * @param marks that were drawn as pixels
 */
export async function downloadPicture(
  plotly: PlotlyLibrary | null,
  plot: HTMLElement,
  title: string | undefined,
  marks: readonly object[],
  trans: TranslationBundle
): Promise<void> {
  const { data, layout } = plot as HTMLElement & { data?: object[]; layout?: Layout };
  if (!plotly || title === undefined || !data || !layout) {
    return;
  }
  const { clientWidth: width, clientHeight: height } = plot;
  const images = [...(layout.images ?? []), ...marks];
  const name = title.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  await plotly.downloadImage(
    { data, layout: { ...layout, images }, config: plotlyConfig('never', trans) },
    { format: 'png', scale: 2, width, height, filename: name.slice(0, 80) || 'figure' }
  );
}
