import { figures, schedules } from 'tunelab';
import { layersOf, panelsOf } from '../drawn';

describe('figures.schedule', () => {
  it('draws alpha at each step as PyTorch has it', () => {
    const cosine = schedules.cosine({ length: 10 });
    const figure = figures.schedule({ cosine }, { learningRate: 0.1, steps: 11 });
    const [{ x, y }] = layersOf(figure, 'line');
    expect(Array.from(x)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    // torch.optim.lr_scheduler.CosineAnnealingLR(SGD(lr=0.1), T_max=10), get_last_lr() before each of 11 steps
    expect(Array.from(y)).toBeAllclose(
      [0.1, 0.0975528258, 0.0904508497, 0.0793892626, 0.0654508497, 0.05, 0.0345491503, 0.0206107374, 0.0095491503, 0.0024471742, 0],
      { atol: 1e-9 }
    ); // prettier-ignore
  });

  it('asks schedules by epoch for the right epoch', () => {
    const halved = schedules.step({ every: 2, factor: 0.5 });
    const [{ y }] = layersOf(figures.schedule(halved, { steps: 12, stepsPerEpoch: 3 }), 'line');
    expect(Array.from(y)).toEqual([1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it('draws factors where no learning rate is given', () => {
    expect(panelsOf(figures.schedule(schedules.constant()))[0].y.label).toBe('α / α₀');
    const given = figures.schedule(schedules.constant(), { learningRate: 0.1 });
    expect(panelsOf(given)[0].y.label).toBe('learning rate α');
  });

  it('draws recorded learning rates as they are', () => {
    const figure = figures.schedule({ run: Float64Array.of(0.1, 0.05, NaN) }, { learningRate: 3 });
    expect(Array.from(layersOf(figure, 'line')[0].y)).toEqual([0.1, 0.05, NaN]);
    expect(figure.alt).toContain('run: from 0.1 to NaN at step 2, between 0.05 and 0.1');
  });

  it('draws at most 500 points of a long training', () => {
    const figure = figures.schedule(schedules.cosine(), { steps: 1e6, stepsPerEpoch: 1000 });
    expect(layersOf(figure, 'line')[0].x).toHaveLength(500);
  });

  it('shows nothing recorded as a note', () => {
    expect(figures.schedule([]).payload.note).toBe('There are no steps to show.');
    expect(figures.schedule({ never: () => NaN }).alt).toContain('never finite');
  });

  it.each<[string, unknown, object, RegExp]>([
    ['nothing', {}, {}, /1 to 100 schedules, but got 0/],
    ['a number', 5, {}, /1 to 100 schedules, but got 5/],
    ['a schedule that is none', { a: 'cosine' }, {}, /got a="cosine"/],
    [
      'a schedule that gives no number',
      () => '1',
      {},
      /learning rates must be numbers, but got "1"/
    ],
    ['half a step', schedules.constant(), { steps: 0.5 }, /`steps` must be a whole number/],
    [
      'alpha 0',
      schedules.constant(),
      { learningRate: 0 },
      /`learningRate` must be a finite number > 0/
    ]
  ])('refuses %s', (_, of, options, message) => {
    expect(() => figures.schedule(of as never, options)).toThrow(message);
  });
});
