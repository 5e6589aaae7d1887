import fs from 'node:fs';
import { journal } from 'tunelab';
import { Heartbeat } from 'tunelab/dist/storage/journal/heartbeat';
import type { Operation } from 'tunelab/dist/storage/operation';
import { journalFiles } from '../journalFiles';

const files = journalFiles('heartbeat');

describe("a worker's signs of life", () => {
  const begin: Operation = { op: 'createTrial', study: 0, started: 0 };
  const end: Operation = { op: 'state', trial: 0, state: 'complete', values: [1] };
  let beats: Operation[];
  let heartbeat: Heartbeat;
  beforeEach(() => {
    jest.useFakeTimers();
    beats = [];
    heartbeat = new Heartbeat(1000, beat => beats.push(beat));
  });
  afterEach(() => jest.useRealTimers());

  it('are written while it has running trials and nothing else to write', () => {
    heartbeat.wrote([begin, begin]);
    jest.advanceTimersByTime(1100);
    expect(beats[0]).toMatchObject({ op: 'studySystemAttribute', key: 'tunelab:heartbeat' });
    heartbeat.wrote([end]);
    beats = [];
    jest.advanceTimersByTime(1100);
    expect(beats.length).toBeGreaterThan(0);
    heartbeat.wrote([end]);
    beats = [];
    jest.advanceTimersByTime(5000);
    expect(beats).toEqual([]);
  });

  it('are not needed where it writes anyway', () => {
    heartbeat.wrote([begin]);
    for (let i = 0; i < 20; i++) {
      jest.advanceTimersByTime(250);
      heartbeat.wrote([{ op: 'report', trial: 0, step: i, value: 1 }]);
    }
    expect(beats).toEqual([]);
  });

  it('end with its storage', () => {
    heartbeat.wrote([begin]);
    heartbeat.stop();
    jest.advanceTimersByTime(5000);
    expect(beats).toEqual([]);
  });

  it('take nothing from what others wrote: who asks next hears of it', async () => {
    const file = files.fresh();
    const [ours, others] = [journal(file), journal(file)];
    const write = jest.spyOn(fs, 'writeSync');
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    await ours.append([{ op: 'createStudy', name: 's', directions: ['minimize'] }, begin]);
    await others.append([{ op: 'report', trial: 0, step: 1, value: 1 }]);
    const before = write.mock.calls.length;
    jest.advanceTimersByTime(5100);
    while (write.mock.calls.length === before) {
      await new Promise(setImmediate);
    }
    const news = [await ours.append([end]), await ours.sync()].flat();
    expect(news.map(({ op }) => op)).toEqual(['report', 'studySystemAttribute', 'state']);
    jest.useRealTimers();
    await Promise.all([ours.close(), others.close()]);
  });
});
