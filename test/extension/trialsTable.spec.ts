import './domGaps';
import { nullTranslator } from '@jupyterlab/translation';
import { studyFigure } from 'tunelab/dist/figures/study/store';
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import type { TrialView } from 'tunelab/dist/figures/study/view';
import type { StudyPayload } from 'tunelab/dist/figures/payload';
import { makeRenderer, modelOf } from './fixtures';
import { TrialsTable } from '../../extension/trialsTable';

const trans = nullTranslator.load('jupyterlab_tunelab');
const HOSTILE = '<img src=x onerror="window.hacked = 1">';

function tableOf(count: number): TrialTable {
  const rows = Array.from({ length: count }, (_, i) => i);
  return {
    study: 'Search',
    directions: ['minimize'],
    metrics: [{ label: 'dev error', scale: 'linear' }],
    length: count,
    number: rows,
    // The last one failed.
    state: rows.map(i => (i === count - 1 ? 4 : 2)),
    values: [rows.map(i => (i === count - 1 ? NaN : ((i * 7) % count) / count))],
    hyperparameters: [
      {
        name: 'activation',
        axis: { label: HOSTILE, scale: 'category', categories: [HOSTILE, 'tanh'] },
        values: rows.map(i => i % 2)
      }
    ],
    errors: { [count - 1]: 'loss is NaN' }
  };
}

function payloadOf(count: number, view: TrialView = {}): StudyPayload {
  const { payload } = studyFigure({ figure: 'trialTable', table: tableOf(count), view });
  return payload as StudyPayload;
}

const make = (count: number, view?: TrialView): HTMLElement =>
  new TrialsTable(payloadOf(count, view), 400, trans).node;

/** Texts of column `index`. */
const column = (node: HTMLElement, index: number): string[] =>
  Array.from(node.querySelectorAll('tbody tr'), row => row.children[index].textContent ?? '');

const buttons = (node: HTMLElement): HTMLButtonElement[] =>
  Array.from(node.querySelectorAll('thead button'));

const sorts = (node: HTMLElement): (string | null)[] =>
  Array.from(node.querySelectorAll('thead th'), head => head.getAttribute('aria-sort'));

describe('TrialsTable', () => {
  it('has the best trial first and the one that failed last, with its reason', () => {
    const node = make(5);
    // Values of trials 0 to 3 are 0, 0.4, 0.8 and 0.2.
    expect(column(node, 0)).toEqual(['0', '3', '1', '2', '4']);
    expect(column(node, 1).at(-1)).toBe('failed: loss is NaN');
    expect(node.querySelectorAll('tr[data-best]')).toHaveLength(1);
    expect(sorts(node)).toEqual(['none', 'none', 'ascending', 'none']);
  });

  it('is sorted by the heads of its columns, the other way round when pressed once more', () => {
    const node = make(5);
    document.body.append(node);
    buttons(node)[0].click();
    expect(column(node, 0)).toEqual(['0', '1', '2', '3', '4']);
    buttons(node)[0].click();
    expect(column(node, 0)).toEqual(['4', '3', '2', '1', '0']);
    expect(sorts(node)[0]).toBe('descending');
    // Who sorts by keyboard goes on from where they were.
    expect(document.activeElement).toBe(buttons(node)[0]);
    node.remove();
  });

  it('shows what a payload says as text', () => {
    const node = make(4);
    expect(node.querySelector('img')).toBeNull();
    expect(buttons(node)[3].textContent).toBe(HOSTILE);
    expect(column(node, 3)).toContain(HOSTILE);
  });

  it('makes the rows of a long table as one scrolls to them', () => {
    const node = make(1000);
    const scroller = node.querySelector<HTMLElement>('[tabindex="0"]')!;
    const rows = (): number => node.querySelectorAll('tbody tr').length;
    const first = rows();
    expect(first).toBeLessThan(300);
    scroller.dispatchEvent(new Event('scroll'));
    expect(rows()).toBeGreaterThan(first);
    expect(node.querySelector('table')!.getAttribute('aria-rowcount')).toBe('1001');
  });

  it('stands in the output area in place of a plot, which comes back with another payload', async () => {
    const { renderer, plotly } = makeRenderer();
    await renderer.renderModel(modelOf(payloadOf(5)));
    expect(renderer.node.querySelector('table')!.getAttribute('aria-label')).toContain('5 trials');
    expect(plotly.react).not.toHaveBeenCalled();
    await renderer.renderModel(modelOf({ ...payloadOf(5), figure: 'history' }));
    expect(renderer.node.querySelector('table')).toBeNull();
    expect(plotly.react).toHaveBeenCalledTimes(1);
  });

  it('says which column a view names that is not there', async () => {
    const { renderer } = makeRenderer();
    const payload = payloadOf(5);
    await renderer.renderModel(modelOf({ ...payload, view: { names: ['nothing'] } }));
    expect(renderer.node.textContent).toContain('nothing');
    expect(renderer.node.querySelector('table')).toBeNull();
  });

  it('keeps its order and what was scrolled to when the study goes on', () => {
    const table = new TrialsTable(payloadOf(250), 400, trans);
    buttons(table.node)[0].click();
    const scroller = table.node.querySelector('.jp-RenderedTunelab-tableScroller')!;
    // jsdom lays nothing out: every place is the end.
    scroller.dispatchEvent(new Event('scroll'));
    scroller.scrollTop = 90;
    expect(column(table.node, 0)).toHaveLength(200);
    table.update({ ...payloadOf(251), title: 'Search: 251 trials' });
    expect(sorts(table.node)[0]).toBe('ascending');
    expect(column(table.node, 0).slice(0, 3)).toEqual(['0', '1', '2']);
    expect(column(table.node, 0)).toHaveLength(200);
    expect(scroller.scrollTop).toBe(90);
    expect(table.node.textContent).toContain('Search: 251 trials');
    expect(table.node.querySelector('table')!.getAttribute('aria-rowcount')).toBe('252');
  });

  it('is sorted by the value again when it shows a study without the column', () => {
    const table = new TrialsTable(payloadOf(5, { sort: 'activation' }), 400, trans);
    const other = studyFigure({
      figure: 'trialTable',
      table: { ...tableOf(3), hyperparameters: [] },
      view: {}
    });
    table.update(other.payload as StudyPayload);
    expect(sorts(table.node)).toEqual(['none', 'none', 'ascending']);
  });
});
