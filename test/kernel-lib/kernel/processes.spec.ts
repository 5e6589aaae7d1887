import { setTimeout as sleep } from 'node:timers/promises';
import { createAttribution, snapshot, TimerAttribution } from 'tunelab/dist/kernel/attribution';
import { SharedFlags, weight } from 'tunelab/dist/kernel/bridge';
import { CommBook } from 'tunelab/dist/kernel/commBook';
import { describeCrash } from 'tunelab/dist/kernel/crash';
import { encodeFrame, FrameReader } from 'tunelab/dist/kernel/pipe';
import { Prompts } from 'tunelab/dist/kernel/prompts';

describe('the pipe', () => {
  it('puts values together again, however they are cut', () => {
    const values: [unknown, ...Buffer[]][] = [
      [{ a: 1 }],
      ['text'.repeat(1000), Buffer.from('blob'), Buffer.alloc(0)],
      [{ buffers: [Buffer.from([1, 2])] }],
      [null, Buffer.alloc(5000, 7)]
    ];
    const bytes = Buffer.concat(values.flatMap(([value, ...blobs]) => encodeFrame(value, blobs)));
    for (const size of [1, 3, 7, 1000, bytes.length]) {
      const seen: unknown[] = [];
      const reader = new FrameReader((value, blobs) => seen.push([value, ...blobs]));
      for (let at = 0; at < bytes.length; at += size) {
        reader.push(bytes.subarray(at, at + size));
      }
      expect(seen).toEqual(values);
    }
  });
});

describe('SharedFlags', () => {
  it('lets output pass until much of it is under way', () => {
    const main = new SharedFlags();
    main.addUnsent(20 * 1024 * 1024);
    const relay = new SharedFlags(main.buffer);
    relay.subtractUnsent(20 * 1024 * 1024);
    const start = Date.now();
    main.addUnsent(1);
    expect(Date.now() - start).toBeLessThan(40);
  });

  it('weighs a message by its text and buffers', () => {
    const message = { type: 't', content: 'abc', parent: null, identities: [] };
    expect(weight({ kind: 'send', channel: 'iopub', message })).toBe(6);
    const buffers = [new Uint8Array(10)];
    expect(weight({ kind: 'send', channel: 'iopub', message: { ...message, buffers } })).toBe(16);
    expect(weight({ kind: 'stuck' })).toBe(0);
  });
});

describe.each([
  ['the attribution of this Node', () => createAttribution<string>()],
  ['the attribution by timers', () => new TimerAttribution<string>({ ...globalThis } as never)]
])('%s', (_, create) => {
  it('knows the owner of running code, and nobody outside', async () => {
    const attribution = create();
    expect(attribution.run('a', () => attribution.current())).toBe('a');
    await sleep(5);
    expect(attribution.current()).toBeUndefined();
  });

  it('gives a snapshot that runs later work as its own', () => {
    const attribution = create();
    const later = attribution.run('a', () => snapshot(attribution));
    attribution.run('b', () => {
      expect(later(() => attribution.current())).toBe('a');
    });
  });
});

describe('TimerAttribution', () => {
  it('follows timers, and the promises that go on when they fire', async () => {
    const timers = { setTimeout, setInterval, setImmediate } as never as Record<
      'setTimeout' | 'setInterval' | 'setImmediate',
      (...args: unknown[]) => unknown
    >;
    const attribution = new TimerAttribution<string>(timers);
    const work = async (): Promise<unknown[]> => {
      await new Promise(resolve => timers.setTimeout(resolve, 5));
      const seen: unknown[] = [attribution.current()];
      await new Promise(resolve => timers.setImmediate(resolve));
      return [...seen, attribution.current()];
    };
    const owners = ['a', 'b'];
    expect(await Promise.all(owners.map(owner => attribution.run(owner, work)))).toEqual([
      ['a', 'a'],
      ['b', 'b']
    ]);
  });
});

describe('CommBook', () => {
  it('knows what either side has opened and not closed', () => {
    const book = new CommBook();
    book.note('comm_open', () => ({ comm_id: '1', target_name: 't' }));
    book.note('comm_open', () => ({ comm_id: '2', target_name: 'other' }));
    book.note('comm_msg', () => {
      throw new Error('need not be read');
    });
    expect(book.find('t')).toEqual({ '1': { target_name: 't' } });
    book.note('comm_close', () => ({ comm_id: '1' }));
    expect(book.find(undefined)).toEqual({ '2': { target_name: 'other' } });
  });
});

describe('describeCrash', () => {
  const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';

  it.each([
    ['a heap that is full', { code: null, signal: 'SIGABRT' as const }, heap, 'OutOfMemory: '],
    ['the same on Windows', { code: 134, signal: null }, heap, 'OutOfMemory: '],
    ['a native abort', { code: null, signal: 'SIGABRT' as const }, '', '(SIGABRT)'],
    ['a wrong address on Windows', { code: 0xc0000005, signal: null }, '', '(SIGSEGV)'],
    ['a kill', { code: null, signal: 'SIGKILL' as const }, '', 'killed from outside'],
    ['another signal', { code: null, signal: 'SIGTERM' as const }, '', 'ended by SIGTERM'],
    ['an exit code', { code: 7, signal: null }, '', 'ended with code 7']
  ])('tells %s', (_, ending, lastWords, words) => {
    const { ename, evalue, traceback } = describeCrash({ ...ending, lastWords });
    expect(traceback[0]).toContain(`${ename}: ${evalue}`);
    expect(traceback[0]).toContain(words);
    expect(evalue).toContain('All variables are lost');
  });
});

describe('Prompts', () => {
  function reader(): { asker: { allowsInput: boolean; signal: AbortSignal }; stop(): void } {
    const controller = new AbortController();
    return {
      asker: { allowsInput: true, signal: controller.signal },
      stop: () => controller.abort()
    };
  }

  it('asks one question at a time', async () => {
    const asked: string[] = [];
    const prompts = new Prompts((_, text, password) => asked.push(`${text} ${password}`));
    const { asker } = reader();
    const both = Promise.all([
      prompts.ask(asker, 'a'),
      prompts.ask(asker, 'b', { password: true })
    ]);
    await sleep(1);
    expect(asked).toEqual(['a false']);
    prompts.take('1');
    await sleep(1);
    expect(asked).toEqual(['a false', 'b true']);
    prompts.take('2');
    expect(await both).toEqual(['1', '2']);
  });

  it('ends with its cell, and the next cell can ask', async () => {
    const prompts = new Prompts(() => undefined);
    const first = reader();
    const question = prompts.ask(first.asker, 'a');
    await sleep(1);
    first.stop();
    await expect(question).rejects.toThrow('interrupted');
    prompts.take('late');
    const second = prompts.ask(reader().asker, 'b');
    await sleep(1);
    prompts.take('in time');
    expect(await second).toBe('in time');
  });

  it('refuses where nobody can type, with advice', async () => {
    const prompts = new Prompts(() => undefined);
    const asker = { ...reader().asker, allowsInput: false };
    await expect(prompts.ask(asker, 'a')).rejects.toThrow('Give the value in the code');
  });
});
