import { createHmac } from 'node:crypto';
import { Wire, WireError } from 'tunelab/dist/kernel/wire';

const key = 'a-secret';
const outgoing = {
  type: 'stream',
  content: '{"name":"stdout","text":"α 😀"}',
  parent: { msg_id: 'p', msg_type: 'execute_request' },
  identities: [Buffer.from([0, 1, 2])],
  buffers: [Buffer.from([9, 8])]
};

function frames(wire: Wire, change: Partial<typeof outgoing> = {}): Buffer[] {
  return wire.encode({ ...outgoing, ...change }).map(frame => Buffer.from(frame));
}

describe('Wire', () => {
  it('reads back what it writes, with identities and buffers', () => {
    const wire = new Wire(key);
    const message = wire.decode(frames(wire));
    expect(message.header).toMatchObject({ msg_type: 'stream', version: '5.4' });
    expect(message.content).toEqual({ name: 'stdout', text: 'α 😀' });
    expect(message.identities).toEqual(outgoing.identities);
    expect(message.buffers).toEqual(outgoing.buffers);
  });

  it('lays the frames out as the protocol says and signs the four parts, not the buffers', () => {
    const [identity, delimiter, signature, ...rest] = frames(new Wire(key));
    expect(identity).toEqual(outgoing.identities[0]);
    expect(delimiter!.toString()).toBe('<IDS|MSG>');
    const hmac = createHmac('sha256', key);
    rest.slice(0, 4).forEach(part => hmac.update(part));
    expect(signature!.toString()).toBe(hmac.digest('hex'));
    expect(JSON.parse(rest[1]!.toString())).toEqual(outgoing.parent);
    expect(rest).toHaveLength(5);
  });

  it('refuses a message signed with another key', () => {
    expect(() => new Wire(key).decode(frames(new Wire('another')))).toThrow(
      "not signed with this connection's key"
    );
  });

  it('refuses a message whose content was changed after it was signed', () => {
    const changed = frames(new Wire(key));
    changed[6] = Buffer.from('{"name":"stderr"}');
    expect(() => new Wire(key).decode(changed)).toThrow(WireError);
  });

  it('neither signs nor checks with an empty key', () => {
    const open = new Wire('');
    const written = frames(open);
    expect(written[2]).toHaveLength(0);
    expect(open.decode(written).content).toHaveProperty('name', 'stdout');
  });

  it.each([
    ['no frames', [], 'no <IDS|MSG>'],
    ['no delimiter', [Buffer.from('x')], 'no <IDS|MSG>'],
    ['too few frames', [Buffer.from('<IDS|MSG>'), Buffer.from('')], 'but got 2']
  ])('refuses %s', (_, given, sentence) => {
    expect(() => new Wire(key).decode(given)).toThrow(sentence);
  });

  it.each(['not json', '[1]', 'null', '3'])('refuses the content %s', content => {
    const open = new Wire('');
    expect(() => open.decode(frames(open, { content }))).toThrow('not a JSON object');
  });

  it('refuses a header without a type', () => {
    const open = new Wire('');
    const written = frames(open);
    written[3] = Buffer.from('{"msg_id":"1"}');
    expect(() => open.decode(written)).toThrow('without msg_id or msg_type');
  });

  it('refuses a signature scheme that it does not know', () => {
    expect(() => new Wire(key, 'rsa')).toThrow('hmac-sha256 is expected');
  });
});
