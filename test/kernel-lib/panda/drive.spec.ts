import { datasets, layers, optimizers, sequential } from 'tunelab';
import { drive, type Message, type Request } from '../../../kernel-lib/src/panda/drive';
import type { Command } from '../../../kernel-lib/src/panda/format';
import { createLoop } from '../../../kernel-lib/src/panda/loop';
import { preparePanda } from '../../../kernel-lib/src/panda/options';

/** What a run says to whoever sends it these commands before its first mini-batch. */
async function saidTo(...commands: Command[]): Promise<Message[]> {
  const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
  const { start, train } = preparePanda(network, datasets.digits().dev, { optimizer: optimizers.adam() }); // prettier-ignore
  const requests: Request[] = commands.map((command, id) => ({ id, command }));
  const said: Message[] = [];
  await drive(createLoop(start, train, undefined), {
    poll: () => requests.shift(),
    wait: () => Promise.reject(new Error('nobody wakes it')),
    rest: () => undefined,
    post: message => said.push(message)
  });
  return said;
}

describe('what a run says', () => {
  it('has its state before the answer to what changed it', async () => {
    const said = await saidTo({ kind: 'pause' }, { kind: 'resume' }, { kind: 'stop' });
    expect(said.slice(0, 4)).toMatchObject([
      { kind: 'records', paused: true },
      { kind: 'done', id: 0 },
      { kind: 'records', paused: false },
      { kind: 'done', id: 1 }
    ]);
  });

  it('never calls it paused once it was stopped: the process may end before a paused run says its last word', async () => {
    const said = await saidTo({ kind: 'pause' }, { kind: 'stop' });
    const paused = said.flatMap(message => (message.kind === 'records' ? [message.paused] : []));
    expect(paused).toEqual([true, false, false]);
    expect(said.at(-1)).toMatchObject({ kind: 'ended', ended: 'stopped' });
  });
});
