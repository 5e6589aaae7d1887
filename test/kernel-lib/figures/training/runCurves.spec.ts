import { figures } from 'tunelab';
import type { RunHistory } from 'tunelab';
import * as examples from '../examples';
import { layersOf } from '../drawn';

const empty: RunHistory = {
  version: 1,
  epochs: [],
  stepLosses: new Float32Array(0),
  learningRates: new Float64Array(0),
  events: [],
  ended: 'stopped',
  start: {} as RunHistory['start']
};

describe('figures.runCurves', () => {
  it('draws mini-batches faint in the colour of train, and the dev set dashed', () => {
    expect(layersOf(examples.curvesOfARun(), 'line')).toMatchObject([
      { name: 'mini-batches', group: 'train', faint: true },
      { name: 'train' },
      { name: 'dev', dash: true }
    ]);
  });

  it('marks all that was done and warned of with its words, what happened at once in one mark', () => {
    const figure = examples.curvesOfARun();
    expect(layersOf(figure, 'rule').map(({ at, label }) => [at, label])).toEqual([
      [90, 'snapshot before decay'],
      [130, 'α = 0.0003, batchSize = 64'],
      [250, '! plateau'],
      [300, 'pause, back to before decay']
    ]);
    expect(figure.alt).toContain('Marks: snapshot before decay at 90; ');
  });

  it('marks the end of a slider’s way, not its every step, and a warning that comes again once', () => {
    const set = (tick: number, changes: object) => ({
      tick,
      step: tick,
      epoch: 1,
      kind: 'set' as const,
      changes
    });
    const events = [
      set(100, { learningRate: 0.1 }),
      set(110, { learningRate: 0.2 }),
      set(120, { learningRate: 0.3 }),
      {
        tick: 120,
        step: 120,
        epoch: 1,
        kind: 'warning' as const,
        warning: 'dead' as const,
        message: 'a'
      },
      set(125, { batchSize: 64 }),
      {
        tick: 130,
        step: 130,
        epoch: 1,
        kind: 'warning' as const,
        warning: 'dead' as const,
        message: 'b'
      },
      set(300, { batchSize: 128 })
    ];
    const stepLosses = new Float32Array(1000);
    const marks = layersOf(figures.runCurves({ ...empty, stepLosses, events }), 'rule');
    expect(marks.map(({ at, label }) => [at, label])).toEqual([
      [120, 'α = 0.3'], [125, 'batchSize = 64'], [130, '! dead'], [300, 'batchSize = 128']
    ]); // prettier-ignore
  });

  it('keeps what was done rather than what was warned of, and puts it first', () => {
    const warning = { kind: 'warning' as const, warning: 'dead' as const, message: '' };
    const at = (tick: number) => ({ tick, step: tick, epoch: 1 });
    const events = Array.from({ length: 100 }, (_, i) => ({ ...at(10 * i), ...warning }));
    const snapshot = { ...at(50), kind: 'snapshot' as const, name: 'good' };
    const stepLosses = new Float32Array(400);
    const figure = figures.runCurves({ ...empty, stepLosses, events: [...events.slice(0, 6), snapshot, ...events.slice(6)] }); // prettier-ignore
    const marks = layersOf(figure, 'rule');
    expect([marks.length, marks[0].label, marks[0].at]).toEqual([60, 'snapshot good, ! dead', 50]);
    expect(figure.alt).toContain('Marks: snapshot good, ! dead at 50; ! dead at 910;');
  });

  it('begins the curve of a branch, with its name, where it left the other run', () => {
    const start = { name: 'slower', branch: { tick: 500 } } as RunHistory['start'];
    const branch = { tick: 3, step: 503, epoch: 2, kind: 'branch' as const, name: 'slowest' };
    const figure = figures.runCurves({ ...empty, stepLosses: new Float32Array(4), events: [branch], start }); // prettier-ignore
    expect(figure.title).toBe('slower: loss by mini-batch');
    expect(Array.from(layersOf(figure, 'line')[0].x)).toEqual([501, 502, 503, 504]);
    expect(layersOf(figure, 'rule')).toMatchObject([{ at: 503, label: 'branch slowest' }]);
    expect(figure.alt).toContain('over 4 mini-batches from 500 on.');
  });

  it('keeps the last 60 of many marks', () => {
    const events = Array.from({ length: 100 }, (_, i) => ({
      tick: i, step: i, epoch: 1, kind: 'snapshot' as const, name: `${i}`
    })); // prettier-ignore
    const marks = layersOf(figures.runCurves({ ...empty, events }), 'rule');
    expect([marks.length, marks[0].label]).toEqual([60, 'snapshot 40']);
  });

  it('shows a run that has not begun as a note', () => {
    expect(figures.runCurves(empty).payload.note).toBe('No mini-batch has been learned from yet.');
  });

  it.each<[string, unknown, object, RegExp]>([
    ['the history of fit', examples.history(1, 1, 1), {}, /use figures.learningCurves/],
    ['nothing', undefined, {}, /the history of a run of `panda`/],
    ['an unknown option', empty, { logX: true }, /`logX`/],
    ['logY that is no boolean', empty, { logY: 'yes' }, /`logY` must be true or false/]
  ])('refuses %s', (_, history, options, message) => {
    expect(() => figures.runCurves(history as RunHistory, options as never)).toThrow(message);
  });
});
