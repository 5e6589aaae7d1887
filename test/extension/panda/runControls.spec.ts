import '../domGaps';
import { MimeModel } from '@jupyterlab/rendermime/lib/mimemodel';
import { nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import * as fc from 'fast-check';
import { FIGURE_MIME } from 'tunelab/dist/figures/payload';
import { CommandError } from '../../../extension/comm/commands';
import type { LiveFigure, LiveState } from '../../../extension/live/liveFigure';
import { placeOf, trackOf, valueAt } from '../../../extension/panda/places';
import { RunControls } from '../../../extension/panda/runControls';
import { deferred, makeRenderer, scatter } from '../fixtures';
import { CONTROLS, runPayload } from './runs';

type Reply = Record<string, unknown>;

/** A run's figure with its controls; commands wait for the test's answers. */
async function open(payload: object = runPayload(), trusted = true) {
  const { renderer } = makeRenderer();
  const controls = new RunControls(renderer, nullTranslator.load('jupyterlab_tunelab'));
  const { live } = renderer;
  const asked: { name: string; args: object; answer: ReturnType<typeof deferred<Reply>> }[] = [];
  jest.spyOn(live, 'command').mockImplementation((name, args) => {
    const answer = deferred<Reply>();
    asked.push({ name, args, answer });
    return answer.promise;
  });
  jest.spyOn(live, 'can').mockReturnValue(true);
  const be = (state: LiveState): void => {
    jest.spyOn(live, 'state', 'get').mockReturnValue(state);
    (live.changed as unknown as { emit(): void }).emit();
  };
  be('live');
  const show = (next: object): Promise<void> => {
    const data = { [FIGURE_MIME]: next } as unknown as ReadonlyPartialJSONObject;
    return renderer.renderModel(new MimeModel({ data, trusted }));
  };
  await show(payload);
  const root = renderer.node.querySelector<HTMLFieldSetElement>('fieldset')!;
  const field = (label: string): HTMLInputElement => {
    const number = root.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
    const slide = [...root.querySelectorAll('label')].find(one => one.textContent === label);
    return number ?? slide!.querySelector('input')!;
  };
  const turn = (label: string, value: string): void => {
    field(label).value = value;
    field(label).dispatchEvent(new Event('input'));
  };
  const type = (label: string, value: string): void => {
    turn(label, value);
    // A browser may say both.
    field(label).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    field(label).dispatchEvent(new Event('change'));
  };
  const press = (text: string): void =>
    [...root.querySelectorAll('button')].find(one => one.textContent === text)!.click();
  const words = (): string => root.querySelector('[role="status"]')!.textContent!;
  const why = (): string => root.querySelector('.jp-TunelabControls-why')!.textContent!;
  return { renderer, controls, live: live as LiveFigure, asked, be, show, root, field, turn, type, press, words, why }; // prettier-ignore
}

const ALPHA = 'learning rate α';
const later = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 60));

describe('the controls of a run', () => {
  it('stand over figures of runs only, and in a notebook that is trusted', async () => {
    expect((await open()).root.hidden).toBe(false);
    expect((await open(scatter())).root.hidden).toBe(true);
    expect((await open(runPayload({ state: 'ended' }), false)).root.hidden).toBe(true);
  });

  it('show the values that hold, and ask for nothing by themselves', async () => {
    const { field, asked } = await open();
    expect([field(ALPHA).value, field(ALPHA).getAttribute('aria-valuetext')]).toEqual(['-2', '0.01']); // prettier-ignore
    expect(field(`${ALPHA} as a number`).value).toBe('0.01');
    expect(field('momentum β').value).toBe('1');
    // 50 lies nearer to 64 than to 32.
    expect([field('batch size').value, field('batch size as a number').value]).toEqual(['5', '50']);
    expect(asked).toEqual([]);
  });

  it('send the newest value of a drag, one command at a time', async () => {
    const { turn, asked, field } = await open();
    for (const place of ['-1.9', '-1.8', '-1.7']) turn(ALPHA, place);
    expect(asked.map(({ name, args }) => [name, args])).toEqual([
      ['set', { changes: { learningRate: 0.0126 } }]
    ]);
    turn('momentum β', '2');
    await later();
    expect(asked).toHaveLength(1);
    asked[0].answer.resolve({ tick: 3 });
    await later();
    expect(asked[1].args).toEqual({ changes: { learningRate: 0.02, beta: 0.99 } });
    asked[1].answer.resolve({ tick: 4 });
    await later();
    expect(asked).toHaveLength(2);
    expect(field(`${ALPHA} as a number`).value).toBe('0.02');
  });

  it('leave aside what an older update says of a value that was turned', async () => {
    const { turn, asked, show, field } = await open();
    turn(ALPHA, '-1');
    await show(runPayload());
    expect(field(ALPHA).value).toBe('-1');
    asked[0].answer.resolve({ tick: 3 });
    await later();
    await show(runPayload());
    expect(field(ALPHA).value).toBe('-1');
    await show(runPayload({}, { learningRate: 0.1 }));
    await show(runPayload({}, { learningRate: 0.001 }));
    expect(field(ALPHA).value).toBe('-3');
  });

  it('say why a change was refused, and show what holds', async () => {
    const { type, asked, words, field, root } = await open();
    type(`${ALPHA} as a number`, '-3');
    expect(asked[0].args).toEqual({ changes: { learningRate: -3 } });
    asked[0].answer.reject(new CommandError('badArguments', 'must be > 0'));
    await later();
    expect([words(), field(ALPHA).value]).toEqual(['must be > 0', '-2']);
    type(`${ALPHA} as a number`, 'much');
    expect(words()).toContain('“much” is no number');
    expect(root.querySelectorAll('[aria-invalid="true"]')).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('pause and resume by one button, which keeps its focus', async () => {
    const { press, asked, show, root, words } = await open();
    press('Pause');
    asked[0].answer.resolve({ tick: 7 });
    await later();
    expect(words()).toBe('Paused after 7 mini-batches.');
    const before = root.querySelector('button');
    await show(runPayload({ state: 'paused' }));
    expect(root.querySelector('button')).toBe(before);
    press('Resume');
    expect(asked.map(({ name }) => name)).toEqual(['pause', 'resume']);
  });

  it('keep snapshots, go back to one, and branch, with names where there are some', async () => {
    const { press, asked, field, root, words } = await open();
    const name = field('Name of the next snapshot or branch, if any');
    const select = root.querySelector('select')!;
    expect([...select.options].map(({ label }) => label)).toEqual(['now', 'start', 'good']);
    press('Snapshot');
    name.value = ' better ';
    press('Snapshot');
    press('Roll back');
    expect(words()).toContain('Choose the snapshot');
    select.value = 'good';
    select.dispatchEvent(new Event('change'));
    press('Roll back');
    name.value = 'other';
    press('Branch');
    press('Stop');
    expect(asked.map(one => [one.name, one.args])).toEqual([
      ['snapshot', {}],
      ['snapshot', { name: 'better' }],
      ['rollBack', { name: 'good' }],
      ['branch', { from: 'good', name: 'other' }],
      ['stop', {}]
    ]);
    asked[3].answer.resolve({ name: 'other' });
    await later();
    expect(words()).toContain('“other” goes on below');
  });

  it.each<[string, LiveState, object, string]>([
    ['the run has ended', 'stored', runPayload({ state: 'ended' }), 'has ended'],
    ['its thread has died', 'live', runPayload({ state: 'lost' }), 'was lost'],
    ['the kernel has ended', 'ended', runPayload(), 'ended with its kernel'],
    ['no kernel knows it', 'stored', runPayload(), 'No kernel that runs here'],
    ['the kernel has no comms', 'stored', { ...runPayload(), live: undefined }, 'Only tunelab’s own kernel'],
    ['the kernel is being asked', 'connecting', runPayload(), 'Asking']
  ])('are out of use when %s, and say so', async (_, state, payload, sentence) => {
    const { be, root, why } = await open(payload);
    be(state);
    expect(root.disabled).toBe(true);
    expect(why()).toContain(sentence);
  }); // prettier-ignore

  it('keep their keys from the notebook', async () => {
    const { root } = await open();
    const focusable = [...root.querySelectorAll<HTMLElement>('button, input, select')];
    expect(focusable.length).toBeGreaterThan(10);
    expect(focusable.filter(({ dataset }) => dataset.lmSuppressShortcuts !== 'true')).toEqual([]);
  });

  it('go with their figure', async () => {
    const { renderer, controls, root, turn, asked } = await open();
    turn(ALPHA, '-1');
    turn(ALPHA, '-3');
    renderer.dispose();
    asked[0].answer.resolve({ tick: 1 });
    await later();
    expect([controls.isDisposed, root.isConnected, asked.length]).toEqual([true, false, 1]);
  });
});

describe('places of a slider', () => {
  it.each(CONTROLS.map(control => [control.name, control] as const))(
    'lead to values of %s and back',
    (_, control) => {
      const { min, max } = trackOf(control);
      fc.assert(
        fc.property(fc.double({ min, max, noNaN: true }), share => {
          const place = control.stops ? Math.round(share) : share;
          expect(placeOf(control, valueAt(control, place))).toBeCloseTo(place, 2);
        })
      );
    }
  );
});
