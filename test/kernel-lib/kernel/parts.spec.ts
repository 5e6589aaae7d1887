import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SharedFlags, Phase } from 'tunelab/dist/kernel/bridge';
import { Cell } from 'tunelab/dist/kernel/cell';
import { Comms, type Runner } from 'tunelab/dist/kernel/comms';
import { address, readConnection } from 'tunelab/dist/kernel/connection';
import { bundleOf, fullBundle } from 'tunelab/dist/kernel/display';
import { History } from 'tunelab/dist/kernel/history';
import { toCodePoints, toUtf16 } from 'tunelab/dist/kernel/offsets';
import { parentDied } from 'tunelab/dist/kernel/parentWatch';
import { requirePeer } from 'tunelab/dist/kernel/peers';
import { SendChain } from 'tunelab/dist/kernel/sockets';
import { Streams } from 'tunelab/dist/kernel/streams';

describe('SendChain', () => {
  it('sends in order with one send in flight, and goes on after a failure', async () => {
    let inFlight = 0;
    let most = 0;
    const sent: string[] = [];
    const errors: unknown[] = [];
    const socket = {
      async send(frames: unknown[]) {
        most = Math.max(most, ++inFlight);
        await new Promise(resolve => setTimeout(resolve, 1));
        inFlight--;
        sent.push(String(frames[0]));
        if (sent.length === 2) {
          throw new Error('refused');
        }
      }
    };
    const chain = new SendChain(socket, error => errors.push(error));
    ['a', 'b', 'c'].forEach(text => chain.send([Buffer.from(text)]));
    await chain.flushed();
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(most).toBe(1);
    expect(errors).toHaveLength(1);
  });
});

describe('SendChain with a slow reader', () => {
  it('waits where the socket refuses, keeps the order, and counts what waits', async () => {
    const sent: string[] = [];
    const waiting: number[] = [];
    let refusals = 3;
    const socket = {
      send(frames: unknown[]) {
        if (refusals-- > 0) {
          return Promise.reject(Object.assign(new Error('again'), { code: 'EAGAIN' }));
        }
        sent.push(String(frames[0]));
        return Promise.resolve();
      }
    };
    const errors: unknown[] = [];
    const chain = new SendChain(
      socket,
      error => errors.push(error),
      bytes => waiting.push(bytes)
    );
    ['a', 'bb'].forEach(text => chain.send([Buffer.from(text)]));
    await chain.flushed();
    expect(sent).toEqual(['a', 'bb']);
    expect(waiting).toEqual([1, 3, 2, 0]);
    expect(errors).toEqual([]);
  });
});

describe('Streams', () => {
  it('joins text of one stream and keeps the order of two', async () => {
    const sent: string[] = [];
    const streams = new Streams<number>(
      (name, text) => sent.push(`${name}:${text}`),
      () => 1
    );
    streams.write('stdout', 'a');
    streams.write('stdout', 'b');
    streams.write('stderr', 'c');
    streams.write('stdout', 'd');
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(sent).toEqual(['stdout:ab', 'stderr:c', 'stdout:d']);
  });

  it('keeps what two cells print at the same time apart', () => {
    const sent: string[] = [];
    let owner = 'a';
    const streams = new Streams<string>(
      (_, text, whose) => sent.push(`${whose}:${text}`),
      () => owner
    );
    streams.write('stdout', '1');
    owner = 'b';
    streams.write('stdout', '2');
    streams.flush();
    expect(sent).toEqual(['a:1', 'b:2']);
  });

  it('sends while code computes without pause', () => {
    const sent: string[] = [];
    const streams = new Streams<number>(
      (_, text) => sent.push(text),
      () => 1
    );
    const end = Date.now() + 200;
    while (Date.now() < end) {
      streams.write('stdout', '.');
    }
    expect(sent.length).toBeGreaterThan(1);
  });

  it('does not gather without limit', () => {
    const sent: string[] = [];
    const streams = new Streams<number>(
      (_, text) => sent.push(text),
      () => 1
    );
    streams.write('stdout', 'x'.repeat(100_000));
    expect(sent).toHaveLength(1);
  });
});

describe('History', () => {
  const history = new History();
  history.add(1, 'a = 1');
  history.add(2, 'b.c');
  history.setOutput('7');
  history.add(3, 'a = 1');

  it.each([
    ['the tail', { hist_access_type: 'tail', n: 2 }, [2, 3]],
    ['an empty tail', { hist_access_type: 'tail', n: 0 }, []],
    ['a range', { hist_access_type: 'range', session: 0, start: 1, stop: 3 }, [1, 2]],
    ['another session', { hist_access_type: 'range', session: -1, start: 1, stop: 3 }, []],
    ['a search', { hist_access_type: 'search', pattern: 'a*' }, [1, 3]],
    ['a unique search', { hist_access_type: 'search', pattern: 'a*', unique: true }, [3]],
    ['a dot as itself', { hist_access_type: 'search', pattern: 'b?c' }, [2]],
    ['a pattern that is no prefix', { hist_access_type: 'search', pattern: 'a' }, []],
    ['an unknown way', { hist_access_type: 'other' }, []]
  ])('finds %s', (_, request, lines) => {
    expect(history.find(request).map(entry => (entry as number[])[1])).toEqual(lines);
  });

  it('adds outputs when asked', () => {
    expect(history.find({ hist_access_type: 'tail', n: 2, output: true })).toEqual([
      [1, 2, ['b.c', '7']],
      [1, 3, ['a = 1', null]]
    ]);
  });
});

describe('Comms', () => {
  const direct = (): Runner => work => work();

  it('closes a comm whose target throws, and tells the error', () => {
    const sent: string[] = [];
    const comms = new Comms(type => sent.push(type), direct);
    comms.registerTarget('t', () => {
      throw new Error('not today');
    });
    expect(() => comms.take('comm_open', { comm_id: '1', target_name: 't' }, [])).toThrow(
      'not today'
    );
    expect(sent).toEqual(['comm_close']);
  });

  it('hears the front end close a comm that was opened here', () => {
    const comms = new Comms(() => undefined, direct);
    const comm = comms.open('t');
    let closed = 0;
    comm.onClose = () => closed++;
    comms.take('comm_close', { comm_id: comm.id }, []);
    comms.take('comm_close', { comm_id: comm.id }, []);
    expect(closed).toBe(1);
  });

  it('ignores a message to a comm that is gone', () => {
    expect(() =>
      new Comms(() => undefined, direct).take('comm_msg', { comm_id: 'gone' }, [])
    ).not.toThrow();
  });
});

describe('bundles', () => {
  it.each([
    ['representations alone', { 'text/plain': 'a' }, { data: { 'text/plain': 'a' }, metadata: {} }],
    [
      'data with metadata',
      { data: { 'a/b': 1 }, metadata: { 'a/b': { c: 2 } } },
      { data: { 'a/b': 1 }, metadata: { 'a/b': { c: 2 } } }
    ]
  ])('takes %s', (_, given, expected) => {
    expect(fullBundle(given, 'here')).toEqual(expected);
  });

  it.each([
    ['nothing', undefined],
    ['a string', 'text'],
    ['an array', ['text/plain']],
    ['an empty bundle', {}],
    ['a key that is no MIME type', { text: 'a' }],
    ['data with such a key', { data: { html: 'a' } }],
    ['metadata that is no object', { data: { 'a/b': 1 }, metadata: 3 }]
  ])('refuses %s', (_, given) => {
    expect(() => fullBundle(given, 'here')).toThrow(/^here: a MIME bundle such as/);
  });

  it('shows a value by its own method, also when it is a function', async () => {
    const shown = Object.assign(() => 1, {
      [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'mine' })
    });
    expect((await bundleOf(shown))?.data).toEqual({ 'text/plain': 'mine' });
    expect((await bundleOf([1, 'a']))?.data).toEqual({ 'text/plain': "[ 1, 'a' ]" });
  });
});

describe('Cell', () => {
  const parent = {
    header: { msg_id: '1', msg_type: 'execute_request' },
    identities: [],
    content: {}
  };

  it('aborts its signal and gives what obeys it a moment', async () => {
    const cell = new Cell(parent);
    cell.interrupt(false);
    expect(cell.signal.aborted).toBe(true);
    expect(cell.abandoned).toBe(false);
    await expect(cell.interruption).rejects.toThrow('interrupted');
    expect(cell.abandoned).toBe(true);
  });

  it('is given up at once when its execution was terminated', async () => {
    const cell = new Cell(parent);
    cell.interrupt(true);
    expect(cell.abandoned).toBe(true);
    await expect(cell.interruption).rejects.toThrow('interrupted');
  });

  it('waits for displays, also for one that another began', async () => {
    const cell = new Cell(parent);
    const releaseFirst = cell.hold();
    let done = false;
    const sent = cell.displaysSent().then(() => (done = true));
    const releaseSecond = cell.hold();
    releaseFirst();
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(done).toBe(false);
    releaseSecond();
    await sent;
    expect(done).toBe(true);
  });
});

describe('SharedFlags', () => {
  it('is seen alike by both threads and counts interrupts', () => {
    const main = new SharedFlags();
    const server = new SharedFlags(main.buffer);
    main.phase = Phase.Cell;
    expect(main.protect(() => server.phase)).toBe(Phase.Kernel);
    expect(server.phase).toBe(Phase.Cell);
    const id = server.requestInterrupt();
    expect([main.interruptWaits(), server.interruptWaits(id)]).toEqual([true, true]);
    main.acknowledgeInterrupts();
    expect([main.interruptWaits(), server.interruptWaits(id)]).toEqual([false, false]);
  });
});

describe('offsets', () => {
  it('count a character outside the basic plane once for Jupyter and twice for JavaScript', () => {
    expect(toUtf16('a😀b', 2)).toBe(3);
    expect(toCodePoints('a😀b', 3)).toBe(2);
    expect(toUtf16('ab', 9)).toBe(2);
  });
});

describe('parentDied', () => {
  it('watches nobody when the kernel was started by hand', () => {
    expect(parentDied({})).toBeUndefined();
  });

  it('tells a living parent from one that is gone', () => {
    expect(parentDied({ JPY_PARENT_PID: String(process.ppid) })!()).toBe(false);
    // No system gives out process numbers as high as this one.
    const named = parentDied({ JPY_PARENT_PID: '2147483646' })!;
    expect(named()).toBe(process.platform !== 'win32');
  });
});

describe('requirePeer', () => {
  it('says what to install', () => {
    expect(() => requirePeer('@nobody/has-this/deep')).toThrow('npm install @nobody/has-this');
  });
});

describe('readConnection', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tunelab connection '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };

  function write(text: string): string {
    const file = path.join(folder, 'connection.json');
    writeFileSync(file, text);
    return file;
  }

  it('reads ports, key and address', () => {
    const connection = readConnection(write(JSON.stringify({ ...ports, key: 'k', ip: '::1' })));
    expect(connection).toMatchObject({ ...ports, key: 'k', transport: 'tcp' });
    expect(address(connection, 7)).toBe('tcp://::1:7');
    expect(address({ ...connection, transport: 'ipc', ip: 'file' }, 7)).toBe('ipc://file-7');
  });

  it.each([
    ['a port is missing', JSON.stringify({ ...ports, hb_port: undefined }), 'has no hb_port'],
    ['it is not JSON', '{', 'is not JSON'],
    ['it holds no object', 'null', 'is not a JSON object'],
    ['a port is none', JSON.stringify({ ...ports, hb_port: 65536 }), 'hb_port 65536: a port is'],
    ['the key is no text', JSON.stringify({ ...ports, key: 5 }), 'key 5: the key'],
    [
      'the hash is unknown',
      JSON.stringify({ ...ports, signature_scheme: 'hmac-x' }),
      '"hmac-x": hmac-'
    ]
  ])('says when %s', (_, text, sentence) => {
    expect(() => readConnection(write(text))).toThrow(sentence);
  });

  it('says when the file is missing', () => {
    expect(() => readConnection(path.join(folder, 'none.json'))).toThrow('cannot be read');
  });
});
