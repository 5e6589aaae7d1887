import fs from 'node:fs';
import { Disk } from 'tunelab/dist/storage/journal/disk';

afterEach(() => jest.restoreAllMocks());

/** A disk that takes so many milliseconds of a clock of its own; which of the two ways it was waited for, each time. */
function diskOf(takes: () => number) {
  const ways: string[] = [];
  let time = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => time);
  jest.spyOn(fs, 'fdatasyncSync').mockImplementation(() => {
    ways.push('here');
    time += takes();
  });
  jest.spyOn(fs, 'fdatasync').mockImplementation((_, done) => {
    ways.push('elsewhere');
    time += takes();
    setImmediate(done, null);
  });
  return ways;
}

describe("a journal's disk", () => {
  it('is waited for in place while it is quick, and elsewhere while it is slow', async () => {
    let takes = 0.2;
    const ways = diskOf(() => takes);
    const disk = new Disk();
    await disk.store(3);
    await disk.store(3);
    takes = 8;
    await disk.store(3);
    await disk.store(3);
    takes = 0.2;
    await disk.store(3);
    await disk.store(3);
    expect(ways).toEqual(['elsewhere', 'here', 'here', 'elsewhere', 'elsewhere', 'here']);
  });

  it('that is quick lets the event loop turn every 30 ms all the same', async () => {
    const ways = diskOf(() => 1);
    const disk = new Disk();
    let turns = 0;
    setImmediate(function turn() {
      turns++;
      if (ways.length < 100) setImmediate(turn);
    });
    while (ways.length < 100) {
      await disk.store(3);
    }
    expect(turns).toBeGreaterThanOrEqual(3);
    expect(ways.filter(way => way === 'here').length).toBeGreaterThan(90);
  });
});
