import './domGaps';
import { LIGHT_THEME } from 'tunelab/dist/figures/spec';
import { readTheme } from '../../extension/theme';

function nodeWith(variables: Record<string, string>, light?: boolean): HTMLElement {
  const node = document.createElement('div');
  for (const [name, value] of Object.entries(variables)) {
    node.style.setProperty(name, value);
  }
  if (light !== undefined) {
    node.dataset.jpThemeLight = String(light);
  }
  document.body.replaceChildren(node);
  return node;
}

describe('readTheme', () => {
  it("reads colours and font from JupyterLab's variables", () => {
    const node = nodeWith(
      {
        '--jp-content-font-color1': '#eeeeee',
        '--jp-layout-color0': '#111111',
        '--jp-border-color3': '#424242',
        '--jp-ui-font-family': 'Figtree, sans-serif',
        '--jp-ui-font-size1': '15px'
      },
      false
    );
    expect(readTheme(node)).toEqual({
      foreground: '#eeeeee',
      background: '#111111',
      grid: '#424242',
      dark: true,
      font: { family: 'Figtree, sans-serif', size: 15 }
    });
  });

  it('is the light theme where a page has no variables', () => {
    expect(readTheme(nodeWith({}))).toEqual(LIGHT_THEME);
  });

  it('takes 13 px when the font size is not a number of pixels', () => {
    const node = nodeWith({ '--jp-ui-font-family': 'serif', '--jp-ui-font-size1': 'inherit' });
    expect(readTheme(node).font).toEqual({ family: 'serif', size: 13 });
  });

  it('turns a colour that Plotly cannot read into what the browser paints', () => {
    const painted: { fillStyle: string; fillRect: jest.Mock; getImageData: () => object } = {
      fillStyle: '',
      fillRect: jest.fn(),
      getImageData: () => ({ data: [12, 34, 56, 128] })
    };
    const getContext = jest
      .spyOn(HTMLCanvasElement.prototype, 'getContext')
      .mockReturnValue(painted as unknown as null);
    const node = nodeWith({ '--jp-content-font-color1': 'color-mix(in srgb, red, blue)' });
    const { foreground } = readTheme(node);
    getContext.mockRestore();
    expect(foreground).toBe('rgba(12, 34, 56, 0.502)');
    expect(painted.fillStyle).toBe('color-mix(in srgb, red, blue)');
  });
});
