import { Heartbeat } from 'tunelab/dist/storage/journal/heartbeat';
import type { Operation } from 'tunelab/dist/storage/operation';

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
});
