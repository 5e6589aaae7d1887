import * as fc from 'fast-check';
import type { Comm, CommMessage } from 'tunelab/dist/host';
import { CommandRefused, Page } from 'tunelab/dist/live/page';
import { LiveEntry, type Command } from 'tunelab/dist/live/registry';
import { histogramOfOne } from '../figures/examples';

const commandsOf = (): Record<string, Command> => ({
  set: jest.fn(({ changes }) => {
    if (typeof changes !== 'object') throw new TypeError('set: `changes` must be an object');
    return { tick: 3 };
  }),
  later: () => {
    throw new CommandRefused('notNow', 'later: not now');
  },
  broken: () => Promise.reject(new Error('the disk is full'))
});

/** A page without a browser: what it says goes to `say`, what it hears lies in `heard`. */
function openPage(commands = commandsOf()) {
  const heard: Record<string, unknown>[] = [];
  const comm: Comm = { send: data => void heard.push(data!), close: jest.fn() };
  const figure = histogramOfOne();
  const entry = new LiveEntry({ figure: () => figure, revision: () => 0, commands });
  const gone = jest.fn();
  const page = new Page(comm, id => (id === entry.id ? entry : undefined), gone);
  const say = (data: object) => comm.onMessage!({ data, metadata: {}, buffers: [] } as CommMessage);
  return { page, comm, heard, entry, say, gone, commands };
}

const turn = () => new Promise(resolve => setTimeout(resolve, 5));

describe('what a page says to the kernel', () => {
  it('is answered by what the figure takes, and then by all of it', async () => {
    const { heard, entry, say } = openPage();
    say({ type: 'open', protocol: 1, id: entry.id });
    await turn();
    expect(heard).toMatchObject([
      { type: 'ready', protocol: 1, id: entry.id, seq: 0, follows: true, commands: ['set', 'later', 'broken'] },
      { type: 'update', seq: 1, payload: { kind: 'figure', figure: 'histogram' } }
    ]); // prettier-ignore
  });

  it.each([
    ['of another protocol', { type: 'open', protocol: 2 }, 'protocol'],
    ['about an unknown figure', { type: 'open', protocol: 1, id: 'other' }, 'unknownFigure']
  ])('%s gets a sentence', (_, message, code) => {
    const { heard, entry, say } = openPage();
    say({ id: entry.id, ...message });
    expect(heard).toMatchObject([{ type: 'error', code, message: expect.stringMatching(/\.$/) }]);
  });

  it.each([
    ['an unknown name', { name: 'explode', args: {} }, 'unknownCommand'],
    ['a name of every object', { name: 'toString', args: {} }, 'unknownCommand'],
    ['no arguments', { name: 'set' }, 'badArguments'],
    ['a list of arguments', { name: 'set', args: [] }, 'badArguments'],
    ['arguments that the command refuses', { name: 'set', args: { changes: 3 } }, 'badArguments'],
    ['what cannot be done now', { name: 'later', args: {} }, 'notNow'],
    ['what fails', { name: 'broken', args: {} }, 'failed']
  ])('a command with %s is answered by an error of that kind', async (_, command, code) => {
    const { heard, entry, say } = openPage();
    say({ type: 'command', id: entry.id, request: '1', ...command });
    await turn();
    expect(heard).toMatchObject([{ type: 'error', id: entry.id, request: '1', code }]);
  });

  it('a doubled command is done once and answered by the same answer', async () => {
    const { heard, entry, say, commands } = openPage();
    const command = { type: 'command', id: entry.id, request: 'a', name: 'set', args: { changes: {} } }; // prettier-ignore
    say(command);
    say(command);
    await turn();
    say(command);
    expect(commands.set).toHaveBeenCalledTimes(1);
    expect(heard).toEqual([
      { type: 'reply', id: entry.id, request: 'a', result: { tick: 3 } },
      { type: 'reply', id: entry.id, request: 'a', result: { tick: 3 } }
    ]);
  });

  it('10,000 requests in a second: a hundred are taken, and the rest is answered once', async () => {
    jest.useFakeTimers();
    const { heard, entry, say, commands } = openPage();
    for (let i = 0; i < 10_000; i++) {
      const request = String(i);
      say({ type: 'command', id: entry.id, request, name: 'set', args: { changes: {} } });
    }
    await jest.advanceTimersByTimeAsync(10);
    jest.useRealTimers();
    expect(commands.set).toHaveBeenCalledTimes(100);
    expect(heard).toHaveLength(101);
    expect(heard.filter(({ code }) => code === 'busy')).toHaveLength(1);
  });

  it('whatever it is, nothing is thrown', () => {
    const { entry, say, page } = openPage();
    const name = fc.oneof(fc.constant(entry.id), fc.string(), fc.anything());
    const message = fc.record(
      {
        type: fc.oneof(fc.constantFrom('open', 'ack', 'command', 'close'), fc.anything()),
        protocol: fc.constantFrom(1, 2, '1'),
        id: name,
        have: fc.oneof(fc.integer(), fc.anything()),
        seq: fc.oneof(fc.integer(), fc.anything()),
        rate: fc.oneof(fc.double(), fc.anything()),
        request: name,
        name: fc.oneof(fc.constant('set'), fc.anything()),
        args: fc.anything()
      },
      { requiredKeys: ['type'] }
    );
    fc.assert(fc.property(fc.oneof(message, fc.anything()), data => say(data as object)));
    page.close();
  });

  it('is forgotten when the page closes the comm', () => {
    const { comm, gone, entry, say } = openPage();
    say({ type: 'open', protocol: 1, id: entry.id });
    comm.onClose!({ data: {}, metadata: {}, buffers: [] });
    expect(gone).toHaveBeenCalledTimes(1);
  });
});
