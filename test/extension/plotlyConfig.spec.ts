import './domGaps';
import { nullTranslator } from '@jupyterlab/translation';
import { plotlyConfig } from '../../extension/plotlyConfig';

const trans = nullTranslator.load('jupyterlab_tunelab');

describe('plotlyConfig', () => {
  it('has no logo and no way to upload the data of a figure', () => {
    expect(plotlyConfig('hover', trans)).toMatchObject({
      displaylogo: false,
      plotlyServerURL: '',
      typesetMath: false,
      modeBarButtonsToRemove: expect.arrayContaining(['sendChartToCloud'])
    });
  });

  it.each([
    ['hover', 'hover'],
    ['always', true],
    ['never', false]
  ] as const)('shows the mode bar as the setting `%s` says', (setting, displayModeBar) => {
    expect(plotlyConfig(setting, trans)).toMatchObject({ displayModeBar });
  });
});
