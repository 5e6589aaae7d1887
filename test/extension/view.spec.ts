import './domGaps';
import schema from '../../schema/plugin.json';
import { DARK_THEME, LIGHT_THEME } from 'tunelab/dist/figures/spec';
import { FigureView } from '../../extension/view';

function counted() {
  const view = new FigureView();
  const changes = jest.fn();
  view.changed.connect(changes);
  return { view, changes };
}

describe('FigureView', () => {
  afterEach(() => document.body.removeAttribute('style'));

  it('has the defaults that the settings schema states', () => {
    const { view } = counted();
    expect(view.height).toBe(schema.properties.height.default);
    expect(view.modeBar).toBe(schema.properties.modeBar.default);
    expect(schema.properties.theme.default).toBe('follow');
    expect(view.mostSvg).toBe(schema.properties.mostSvg.default);
    expect(view.updateGap).toBe(1000 / schema.properties.updateRate.default);
  });

  it('reads the colours of the page again after the theme has changed, and says so', () => {
    const { view, changes } = counted();
    document.body.style.setProperty('--jp-layout-color0', '#fafafa');
    expect(view.theme.background).toBe('#fafafa');
    document.body.style.setProperty('--jp-layout-color0', '#0a0a0a');
    view.themeChanged();
    expect(changes).toHaveBeenCalledTimes(1);
    expect(view.theme.background).toBe('#0a0a0a');
  });

  it.each([
    ['light', LIGHT_THEME],
    ['dark', DARK_THEME]
  ] as const)('stays %s, and draws nothing anew, when the setting says so', (theme, colors) => {
    const { view, changes } = counted();
    document.body.style.setProperty('--jp-layout-color0', '#0a0a0a');
    view.configure({ theme });
    expect(view.theme).toEqual(colors);
    changes.mockClear();
    view.themeChanged();
    expect(changes).not.toHaveBeenCalled();
  });

  it('goes back to the defaults for settings that were removed', () => {
    const { view, changes } = counted();
    view.configure({ height: 700, modeBar: 'never' });
    expect([view.height, view.modeBar]).toEqual([700, 'never']);
    view.configure({});
    expect([view.height, view.modeBar]).toEqual([400, 'hover']);
    expect(changes).toHaveBeenCalledTimes(2);
  });
});
