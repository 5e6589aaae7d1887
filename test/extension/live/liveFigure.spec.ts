/** What the page does with whatever a kernel, or somebody who says he is one, sends. */
import '../domGaps';
import { encodeColumn } from 'tunelab/dist/figures/payload';
import type { FromKernel, FromPage, SentPayload } from 'tunelab/dist/live/protocol';
import type {
  IChannelListener,
  IKernelSource,
  KernelChange
} from '../../../extension/comm/channel';
import { Signal } from '@lumino/signaling';
import { openPage, scatterOfRows } from './sides';

const ID = '6f1c0000-0000-4000-8000-000000000000';

/** A kernel that says only what the test says. */
class Puppet implements IKernelSource {
  readonly changed = new Signal<this, KernelChange>(this);
  readonly heard: FromPage[] = [];
  private _listener: IChannelListener | null = null;

  open(first: FromPage, listener: IChannelListener) {
    this.heard.push(first);
    this._listener = listener;
    return { send: (message: FromPage) => void this.heard.push(message), close: () => undefined };
  }

  say(message: unknown, buffers: ArrayBuffer[] = []): void {
    this._listener!.message(message, buffers);
  }

  close(): void {
    this._listener!.closed();
  }

  ready(): void {
    this.say({ type: 'ready', protocol: 1, id: ID, seq: 0, commands: ['stop'], follows: true });
  }
}

const whole = (count = 2): SentPayload => {
  const x = Array.from({ length: count }, (_, i) => i + 0.5);
  const text = x.map(String);
  return scatterOfRows({ x, y: x.map(one => 2 * one), text, title: 't' }).payload as never;
};

describe('updates', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pass = (milliseconds = 20) => jest.advanceTimersByTimeAsync(milliseconds);

  async function begin() {
    const kernel = new Puppet();
    const page = openPage(kernel, ID);
    kernel.ready();
    kernel.say({ type: 'update', id: ID, seq: 1, payload: whole() });
    await pass();
    kernel.heard.length = 0;
    return { kernel, page };
  }
  const lengthOf = (page: ReturnType<typeof openPage>) => page.payload!.columns.x;

  it('that came before or twice are thrown away', async () => {
    const { kernel, page } = await begin();
    const append = {
      x: encodeColumn([9]),
      y: encodeColumn(Uint8Array.of(9)),
      text: encodeColumn(['n'])
    };
    const second = { type: 'update', id: ID, seq: 2, base: 1, change: { append } };
    kernel.say(second);
    kernel.say(second);
    kernel.say({ type: 'update', id: ID, seq: 1, payload: whole(7) });
    await pass();
    kernel.say(second);
    await pass();
    expect(lengthOf(page)).toMatchObject({ length: 3 });
    expect(kernel.heard).toEqual([{ type: 'ack', id: ID, seq: 2 }]);
  });

  it('with a gap before them are not taken: the page asks from what it has', async () => {
    const { kernel, page } = await begin();
    kernel.say({ type: 'update', id: ID, seq: 3, base: 2, change: { set: { title: 'no' } } });
    await pass();
    expect(page.payload!.title).toBe('t');
    expect(kernel.heard).toEqual([{ type: 'open', protocol: 1, id: ID, have: 1 }]);
  });

  it('of 10,000 in one turn only the newest full one is taken', async () => {
    const { kernel, page } = await begin();
    for (let seq = 2; seq < 10_002; seq++) {
      kernel.say({ type: 'update', id: ID, seq, payload: whole(1 + (seq % 9)) });
    }
    await pass();
    expect(page.updates).toBe(2);
    expect(kernel.heard).toEqual([{ type: 'ack', id: ID, seq: 10_001 }]);
    for (let seq = 20_000; seq < 30_000; seq++) {
      kernel.say({ type: 'update', id: ID, seq, base: seq - 1, change: { set: { title: 'x' } } });
    }
    await pass();
    expect(kernel.heard).toHaveLength(2);
  });

  it.each([
    ['a column that is not there', { append: { z: encodeColumn([1]) } }],
    ['another dtype', { append: { x: encodeColumn(Int32Array.of(1)) } }],
    ['a place outside', { write: { x: { at: encodeColumn(Int32Array.of(2)), values: encodeColumn([1.5]) } } }],
    ['a negative place', { write: { x: { at: encodeColumn(Int32Array.of(-1)), values: encodeColumn([1.5]) } } }],
    ['columns of unequal length', { append: { x: encodeColumn([1.5]) } }],
    ['a buffer that did not come', { append: { x: { dtype: 'float64', length: 1, buffer: 3 } } }],
    ['panels that are none', { set: { panels: 'none' } }],
    ['nothing at all', null]
  ])('of %s are not drawn: the page asks for all of it', async (_, change) => {
    const { kernel, page } = await begin();
    kernel.say({ type: 'update', id: ID, seq: 2, base: 1, change });
    await pass();
    expect(page.updates).toBe(1);
    expect(kernel.heard).toEqual([{ type: 'open', protocol: 1, id: ID }]);
    kernel.say({ type: 'update', id: ID, seq: 3, payload: whole(4) });
    await pass();
    expect(lengthOf(page)).toMatchObject({ length: 4 });
  }); // prettier-ignore

  it('that break the rules three times in a row are the last: a sentence says why', async () => {
    const { kernel, page } = await begin();
    for (let seq = 2; seq < 5; seq++) {
      kernel.say({ type: 'update', id: ID, seq, payload: { ...whole(), panels: 7 } });
      await pass();
    }
    expect(page.live.state).toBe('stored');
    expect(page.live.words).toContain('panels');
    expect(kernel.heard.at(-1)).toEqual({ type: 'close', id: ID });
  });

  it('cannot change what the figure is, or whose', async () => {
    const { kernel, page } = await begin();
    const set = { kind: 'quiz', version: 9, live: { id: 'other' }, columns: {}, title: 'new' };
    kernel.say({ type: 'update', id: ID, seq: 2, base: 1, change: { set } });
    await pass();
    expect(page.payload).toMatchObject({
      kind: 'figure',
      version: 2,
      title: 'new',
      live: { id: ID }
    });
    expect(lengthOf(page)).toMatchObject({ length: 2 });
  });

  it('are not acknowledged in a tab that nobody sees', async () => {
    const { kernel } = await begin();
    const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    kernel.say({ type: 'update', id: ID, seq: 2, payload: whole(3) });
    await pass();
    expect(kernel.heard).toEqual([]);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(kernel.heard).toEqual([{ type: 'ack', id: ID, seq: 2 }]);
    hidden.mockRestore();
  });

  it('after a draw that was felt wait a second', async () => {
    const { kernel, page } = await begin();
    page.live.drew(80);
    kernel.say({ type: 'update', id: ID, seq: 2, payload: whole(3) });
    await pass(900);
    expect(page.updates).toBe(1);
    await pass(200);
    expect(page.updates).toBe(2);
  });

  it('messages that are none are left aside', async () => {
    const { kernel, page } = await begin();
    const odd = [null, 7, 'open', [], {}, { type: 'update' }, { type: 'update', id: ID }, { type: 'reply', request: '99' }, { type: 'error', id: 7 }, { type: 'explode', id: ID }]; // prettier-ignore
    odd.forEach(one => kernel.say(one as FromKernel));
    await pass();
    expect(page.live.state).toBe('live');
    expect(page.updates).toBe(1);
  });

  it('a kernel without the target leaves the figure as it is stored, and commands are refused', async () => {
    const { kernel, page } = await begin();
    const waiting = page.live.command('stop', {});
    kernel.close();
    await expect(waiting).rejects.toMatchObject({ code: 'lost' });
    expect(page.live.state).toBe('stored');
    expect(page.live.commands).toEqual([]);
  });

  it('after it was disposed nothing is said, heard or waited for', async () => {
    const { kernel, page } = await begin();
    page.live.dispose();
    page.live.dispose();
    expect(kernel.heard).toEqual([{ type: 'close', id: ID }]);
    kernel.say({ type: 'update', id: ID, seq: 2, payload: whole(3) });
    await pass(60_000);
    expect(page.updates).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
