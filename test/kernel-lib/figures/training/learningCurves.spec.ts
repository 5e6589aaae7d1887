import { figures } from 'tunelab';
import type { History } from 'tunelab';
import * as examples from '../examples';
import { layersOf, panelsOf } from '../drawn';

const { history } = examples;
const lines = (...args: Parameters<typeof figures.learningCurves>) =>
  layersOf(figures.learningCurves(...args), 'line');

/** Two epochs of four steps. */
const stepped = (changes: Partial<History> = {}): History => ({
  epochs: [
    { epoch: 1, loss: 2.5, accuracy: 0.5, devLoss: 2, devAccuracy: 0.5 },
    { epoch: 2, loss: 1, accuracy: 0.7, devLoss: 1.5, devAccuracy: 0.6 }
  ],
  stepLosses: Float32Array.of(4, 3, 2, 1, 1.5, 1, 1, 0.5),
  ended: 'complete',
  ...changes
});

describe('figures.learningCurves', () => {
  it('of a history that was stored as JSON are the same, NaN included', () => {
    const regression = history(3, 0.1, 1);
    for (const record of regression.epochs) record.accuracy = NaN;
    for (const run of [history(3, 0.1, 1), regression, stepped()]) {
      const stored = JSON.parse(JSON.stringify(run)) as History;
      for (const metric of ['loss', 'accuracy', 'error'] as const) {
        expect(figures.learningCurves(stored, { metric })).toEqual(
          figures.learningCurves(run, { metric })
        );
      }
      const by = { by: 'step' } as const;
      expect(figures.learningCurves(stored, by)).toEqual(figures.learningCurves(run, by));
    }
  });

  it('draws train solid and dev dashed, by epoch', () => {
    const [train, dev] = lines(history(3, 0.1, 1));
    expect([train, dev]).toMatchObject([{ name: 'train' }, { name: 'dev', dash: true }]);
    expect(Array.from(dev.x)).toEqual([1, 2, 3]);
    expect(Array.from(train.y)).toBeAllclose(history(3, 0.1, 1).epochs.map(e => e.loss));
  });

  it('gives the curves of one run one colour when there are several runs', () => {
    const figure = examples.curvesOfSeveralRuns();
    expect(layersOf(figure, 'line').map(({ group }) => group)).toEqual([
      'plain',
      'plain',
      'batch norm',
      'batch norm'
    ]);
  });

  it('reads the error as 1 - accuracy', () => {
    const run = history(2, 0.1, 1);
    expect(Array.from(lines(run, { metric: 'error' })[0].y)).toBeAllclose(
      run.epochs.map(e => 1 - e.accuracy)
    );
  });

  it('draws the smoothed line over the raw one, which is faint, in the same colour', () => {
    const all = lines(stepped(), { smoothing: 0.5 });
    expect(all.map(({ name, faint, group }) => [name, faint ?? false, group])).toEqual([
      ['', true, 'train'],
      ['train', false, 'train'],
      ['', true, 'dev'],
      ['dev', false, 'dev']
    ]);
    // scipy.signal.lfilter([0.5], [1, -0.5], [2.5, 1]) / (1 - 0.5 ** numpy.arange(1, 3))
    expect(Array.from(all[1].y)).toBeAllclose([2.5, 1.5]);
    expect(figures.learningCurves(stepped(), { smoothing: 0.5 }).alt).toContain(
      'Smoothed with weight 0.5 of the past'
    );
  });

  it('puts the dev set at the ends of epochs when drawn by step', () => {
    const [raw, train, dev] = lines(stepped(), { by: 'step' });
    expect(Array.from(raw.x)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(raw.faint).toBe(true);
    expect(train.name).toBe('train');
    expect(Array.from(dev.x)).toEqual([4, 8]);
    expect(Array.from(dev.y)).toEqual([2, 1.5]);
  });

  it('finds the length of epochs also when training was stopped within one', () => {
    const losses = Float32Array.of(...stepped().stepLosses, 0.4, 0.3, 0.2);
    const [, , dev] = lines(stepped({ stepLosses: losses, ended: 'stopped' }), { by: 'step' });
    expect(Array.from(dev.x)).toEqual([4, 8]);
  });

  it('thins out many steps to means of neighbours', () => {
    const stepLosses = new Float32Array(100_000).fill(2);
    const [raw, train] = lines(stepped({ stepLosses }), { by: 'step' });
    expect([raw.x.length, train.x.length]).toEqual([800, 800]);
    expect([raw.y[5], train.y[5], train.x[799]]).toBeAllclose([2, 2, 100_000]);
  });

  it('draws log axes when asked', () => {
    const [{ x, y }] = panelsOf(figures.learningCurves(stepped(), { logX: true, logY: true }));
    expect([x.scale, y.scale]).toEqual(['log', 'log']);
  });

  it('breaks a line where a loss is NaN, and shows a single epoch as a mark', () => {
    const diverged = stepped({ stepLosses: Float32Array.of(1, NaN, 3, 4) });
    expect(lines(diverged, { by: 'step' })[1].y[1]).toBeNaN();
    const [train] = lines({ ...stepped(), epochs: stepped().epochs.slice(0, 1) });
    expect(train.markers).toBe(true);
  });

  it('draws no dev curve when there was no dev set', () => {
    const epochs = [{ epoch: 1, loss: 1, accuracy: 0.5 }];
    const run: History = { epochs, stepLosses: new Float32Array(1), ended: 'complete' };
    expect(lines(run).map(({ name }) => name)).toEqual(['train']);
  });

  it('shows a training without an epoch as an empty figure with a note', () => {
    const run: History = { epochs: [], stepLosses: new Float32Array(0), ended: 'stopped' };
    expect(figures.learningCurves(run).payload.note).toBe('No epoch has ended yet.');
    expect(figures.learningCurves(run, { by: 'step' }).payload.note).toBe(
      'No step has been made yet.'
    );
    const begun = { ...run, stepLosses: Float32Array.of(3, 2) };
    expect(lines(begun, { by: 'step' }).map(({ name }) => name)).toEqual(['', 'train']);
  });

  it.each<[string, unknown, object, RegExp]>([
    ['what is no history', [1, 2], {}, /must be a history or an object of histories/],
    ['nothing', undefined, {}, /must be a history/],
    ['a set with an odd one in it', { a: 5 }, {}, /got a=5/],
    ['an unknown metric', history(1, 0.1, 1), { metric: 'f1' }, /`metric` must be .*"f1"/],
    ['an unknown option', history(1, 0.1, 1), { smooth: 3 }, /`smooth`/],
    ['a smoothing of 1', history(1, 0.1, 1), { smoothing: 1 }, /`0 <= smoothing < 1` must hold/],
    ['another unit of x', history(1, 0.1, 1), { by: 'batch' }, /'epoch' or 'step'/],
    ['accuracy by step', stepped(), { by: 'step', metric: 'accuracy' }, /needs `metric: 'loss'`/]
  ])('refuses %s', (_, input, options, message) => {
    expect(() => figures.learningCurves(input as History, options)).toThrow(message);
  });
});
