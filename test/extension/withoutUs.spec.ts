import './domGaps';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';

/** The types that FORMAT.md lists. */
const bundle = {
  [FIGURE_MIME]: {},
  'application/vnd.plotly.v1+json': {},
  'image/png': '',
  'text/plain': ''
};

describe('JupyterLab without the extension', () => {
  const registry = new RenderMimeRegistry({ initialFactories: standardRendererFactories });

  it.each([
    ['trusted', 'any'],
    ['untrusted', 'ensure']
  ] as const)('shows the picture of a figure, in a notebook that is %s', (_, safe) => {
    expect(registry.preferredMimeType(bundle, safe)).toBe('image/png');
  });

  it('shows a table of trials as the table that its Markdown is', () => {
    const types = { ...bundle, 'text/markdown': '' };
    expect(registry.preferredMimeType(types, 'ensure')).toBe('text/markdown');
  });
});
