import '../domGaps';
import { MimeModel } from '@jupyterlab/rendermime/lib/mimemodel';
import { nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Panel, Widget } from '@lumino/widgets';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { FigureControls } from '../../../extension/controls/figureControls';
import { makeRenderer, scatter } from '../fixtures';
import { studyPayload } from './studies';

const modelOf = (payload: unknown, trusted: boolean): MimeModel =>
  new MimeModel({ data: { [FIGURE_MIME]: payload } as ReadonlyPartialJSONObject, trusted });

/** A figure with its controls in the second cell of a notebook of three. */
async function open(payload: object = studyPayload(20), trusted = true) {
  const { renderer, plotly } = makeRenderer();
  const trans = nullTranslator.load('jupyterlab_tunelab');
  const controls = new FigureControls(renderer, { loadPlotly: async () => plotly, trans });
  const insertCell = jest.fn<unknown, [number, { source: string; cell_type: string }]>();
  const cells = [new Panel(), new Panel(), new Panel()];
  cells[1].addWidget(renderer);
  const content = new Panel();
  cells.forEach(cell => content.addWidget(cell));
  const model = { readOnly: false, sharedModel: { insertCell } };
  const notebook = Object.assign(content, { model, activeCellIndex: 0, mode: 'command' });
  const page = new Panel();
  Object.assign(page, { content: notebook });
  page.addWidget(content);
  Widget.attach(page, document.body);
  await renderer.renderModel(modelOf(payload, trusted));
  const { node } = renderer;
  const by = <T extends HTMLElement>(selector: string): T => node.querySelector<T>(selector)!;
  const press = (text: string): void => {
    const found = [...node.querySelectorAll('button')].find(one => one.textContent === text);
    found!.click();
  };
  const choose = (label: string, value: string): void => {
    const field = [...node.querySelectorAll('label')].find(one => one.textContent!.startsWith(label) && !one.hidden)!; // prettier-ignore
    const select = field.querySelector('select')!;
    select.value = value;
    select.dispatchEvent(new Event('change'));
  };
  const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 20));
  return {
    renderer,
    controls,
    plotly,
    insertCell,
    notebook,
    node,
    by,
    press,
    choose,
    settled,
    page
  };
}

type Opened = Awaited<ReturnType<typeof open>>;

const pressed = (node: HTMLElement, key: string): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  node.dispatchEvent(event);
  return event;
};

/** Shown texts of the axes that Plotly was told last. */
const axesOf = ({ plotly }: Opened): string[] => {
  const layout = plotly.react.mock.lastCall![2] as Record<string, { title?: { text?: string } }>;
  return ['xaxis', 'yaxis'].map(name => layout[name].title?.text ?? '');
};

/** Presses a key in a field of the region. */
const type = ({ node }: Opened, label: string, text: string): void => {
  const input = node.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)!;
  input.value = text;
  pressed(input, 'Enter');
};

afterEach(() => {
  document.body.innerHTML = '';
});

describe('the controls of a figure', () => {
  it('stand over figures of studies only', async () => {
    const study = await open();
    expect(study.by('.jp-TunelabControls-root').hidden).toBe(false);
    const other = await open(scatter());
    expect(other.by('.jp-TunelabControls-root').hidden).toBe(true);
  });

  it('change axes, kind and scales in the page, and go back', async () => {
    const figure = await open();
    expect(axesOf(figure)).toEqual(['learning rate α', 'value']);
    figure.choose('x', 'units');
    await figure.settled();
    expect(axesOf(figure)).toEqual(['units', 'value']);
    figure.choose('Figure', 'history');
    await figure.settled();
    expect(axesOf(figure)[0]).toBe('trial');
    figure.press('Reset');
    await figure.settled();
    expect(axesOf(figure)).toEqual(['learning rate α', 'value']);
  });

  it('hide trials by their state, where there are several', async () => {
    // 0 waits, 2 is complete, 3 pruned, 4 failed: of 20 trials four are pruned, and now two failed.
    const state = Array.from({ length: 20 }, (_, i) => (i < 2 ? 4 : i % 5 === 4 ? 3 : 2));
    const figure = await open(studyPayload(20, {}, 'scatter', { state }));
    const ticks = (): [string, HTMLInputElement][] =>
      [...figure.node.querySelectorAll('label')]
        .filter(label => !label.hidden && label.textContent!.startsWith('hide '))
        .map(label => [label.textContent!, label.querySelector('input')!]);
    expect(ticks().map(([label]) => label)).toEqual([
      'hide complete',
      'hide pruned',
      'hide failed'
    ]);
    for (const [, input] of ticks().slice(1)) {
      input.click();
      await figure.settled();
    }
    expect(figure.by('.main-svg').getAttribute('aria-label')).toContain('2 failed. 4 pruned. 6 of them are not shown.'); // prettier-ignore
    expect(ticks().map(([, input]) => input.checked)).toEqual([false, true, true]);
  });

  it('keep what was chosen when an update comes', async () => {
    const figure = await open();
    figure.choose('x', 'units');
    await figure.renderer.renderModel(modelOf(studyPayload(30), true));
    await figure.settled();
    expect(axesOf(figure)).toEqual(['units', 'value']);
    // An update without that quantity is drawn as its cell asked for.
    const { hyperparameters } = studyPayload(5).trials;
    expect(hyperparameters.map(({ name }) => name)).toContain('units');
    const fewer = studyPayload(30);
    fewer.trials.hyperparameters = fewer.trials.hyperparameters.slice(0, 1);
    await figure.renderer.renderModel(modelOf(fewer, true));
    await figure.settled();
    expect(axesOf(figure)).toEqual(['learning rate α', 'value']);
  });

  it('leave the columns of a table out of other kinds', async () => {
    const bad = studyPayload(5, { names: ['state', 'note', 'value'] }, 'trialTable');
    const figure = await open(bad);
    figure.choose('Figure', 'slice');
    await figure.settled();
    expect(axesOf(figure)[0]).toBe('learning rate α');
  });

  it('describe the figure as it is shown', async () => {
    const figure = await open();
    figure.choose('Figure', 'history');
    await figure.settled();
    const label = figure.by('.main-svg').getAttribute('aria-label');
    expect(label).toMatch(/^Values of 20 trials in their order/);
  });

  it('have a name for each control', async () => {
    const figure = await open();
    figure.press('Region');
    figure.press('Table');
    const unnamed = [...figure.node.querySelectorAll('button, input, select')].filter(
      one => !one.textContent && !one.getAttribute('aria-label') && !one.closest('label')?.textContent // prettier-ignore
    );
    expect(unnamed).toEqual([]);
  });
});

describe('a region', () => {
  it('is typed, counted, and becomes a cell below the figure that does not run', async () => {
    const figure = await open();
    figure.press('Region');
    type(figure, 'learningRate: low', '0.001');
    type(figure, 'learningRate: high', '0.1');
    expect(figure.by('.jp-TunelabControls-count').textContent).toMatch(/^\d+ trials of 20/);
    figure.press('Refine');
    expect(figure.insertCell).toHaveBeenCalledTimes(1);
    const [index, cell] = figure.insertCell.mock.lastCall!;
    expect(index).toBe(2);
    expect(cell.cell_type).toBe('code');
    expect(cell.source).toContain('learningRate: scales.log(0.001, 0.1)');
    expect(figure.notebook).toMatchObject({ activeCellIndex: 2, mode: 'edit' });
  });

  it('filters the figure', async () => {
    const figure = await open();
    figure.press('Region');
    type(figure, 'units: low', '30');
    figure.press('Show only these');
    await figure.settled();
    const data = figure.plotly.react.mock.lastCall![1] as { x?: ArrayLike<number> }[];
    const marks = data.reduce((sum, { x }) => sum + (x?.length ?? 0), 0);
    expect(marks).toBeGreaterThan(0);
    expect(marks).toBeLessThan(16);
  });

  it('says which end is no number, and takes nothing of it', async () => {
    const figure = await open();
    figure.press('Region');
    type(figure, 'learningRate: low', 'steal()');
    const input = figure.by('input[aria-label="learningRate: low"]');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(figure.by<HTMLButtonElement>('.jp-TunelabControls-region button').disabled).toBe(true);
  });
});

describe('a pinned trial', () => {
  const pinFirst = (figure: Opened): HTMLElement => {
    figure.press('Table');
    const row = figure.by<HTMLElement>('tbody tr');
    row.focus();
    return row;
  };

  it('is chosen in the table by arrow keys and Enter, which do not reach the notebook', async () => {
    const figure = await open();
    const seen: string[] = [];
    document.body.addEventListener('keydown', ({ key }) => seen.push(key), { once: true });
    const first = pinFirst(figure);
    pressed(first, 'ArrowDown');
    expect(document.activeElement).toBe(first.nextElementSibling);
    pressed(first.nextElementSibling as HTMLElement, 'Enter');
    expect(seen).toEqual([]);
    expect(figure.by('.jp-TunelabControls-pin').hidden).toBe(false);
    expect(figure.by('.jp-TunelabControls-title').textContent).toMatch(/^Trial \d+ · value: /);
  });

  it('becomes a cell that trains it again', async () => {
    const figure = await open(
      studyPayload(20, {}, 'scatter', { variables: { study: 'search', objective: 'train' } })
    );
    pressed(pinFirst(figure), 'Enter');
    figure.press('Insert a cell that trains it again');
    const [, { source }] = figure.insertCell.mock.lastCall!;
    expect(source).toMatch(
      /await search\.enqueue\(\{ learningRate: .*, beta: .*, units: \d+ \}\);/
    );
    expect(source).toContain('await search.optimize(train, { trials: 1 });');
  });

  it('has no buttons for a kernel that does not answer', async () => {
    const figure = await open();
    pressed(pinFirst(figure), 'Enter');
    const shown = [...figure.by('.jp-TunelabControls-pin').querySelectorAll('button')]
      .filter(one => !one.closest('[hidden]'))
      .map(one => one.textContent);
    expect(shown).toEqual(['Copy configuration', 'Insert a cell that trains it again', 'Unpin']);
  });
});

describe('a notebook that is not trusted', () => {
  it('gets no cell, and a sentence says why', async () => {
    const figure = await open(studyPayload(20), false);
    figure.press('Region');
    type(figure, 'learningRate: low', '0.001');
    figure.press('Refine');
    expect(figure.insertCell).not.toHaveBeenCalled();
    const [refine] = figure.by('.jp-TunelabControls-region').querySelectorAll('button');
    expect(refine.hidden).toBe(true);
    expect(figure.by('.jp-TunelabControls-why').textContent).toContain('not trusted');
  });
});

it('controls leave nothing behind', async () => {
  const figure = await open();
  figure.press('Table');
  figure.renderer.dispose();
  expect(figure.controls.isDisposed).toBe(true);
  expect(document.querySelector('.jp-TunelabControls-root, .jp-TunelabControls-table')).toBeNull();
  figure.controls.dispose();
});
