import { setSaver } from '../figures/figure';

// Files are written by Node alone: loaded when the first figure is saved, and left out of bundles for a browser.
setSaver(async (figure, file, options) => {
  const { saveFigure } = (await import('../pictures/saveFigure')) as Partial<
    typeof import('../pictures/saveFigure')
  >;
  if (!saveFigure) {
    throw new Error(
      'figure.save: files are written in Node only.\nIn a browser, JSON.stringify(figure) is the figure as a text.'
    );
  }
  return saveFigure(figure, file, options);
});
