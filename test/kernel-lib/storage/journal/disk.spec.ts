import fs from 'node:fs';
import { Disk } from 'tunelab/dist/storage/journal/disk';

afterEach(() => jest.restoreAllMocks());

/** A disk that takes so many milliseconds; which of the two ways it was waited for. */
function diskOf(takes: () => number) {
  const ways: string[] = [];
  const busy = () => {
    for (const end = performance.now() + takes(); performance.now() < end;);
  };
  jest.spyOn(fs, 'fdatasyncSync').mockImplementation(() => {
    ways.push('here');
    busy();
  });
  jest.spyOn(fs, 'fdatasync').mockImplementation((_, done) => {
    ways.push('elsewhere');
    setImmediate(() => {
      busy();
      done(null);
    });
  });
  return ways;
}

describe("a journal's disk", () => {
  it('is waited for in place while it is quick, and elsewhere while it is slow', async () => {
    let takes = 0;
    const ways = diskOf(() => takes);
    const disk = new Disk();
    await disk.store(3);
    await disk.store(3);
    takes = 5;
    await disk.store(3);
    await disk.store(3);
    takes = 0;
    await disk.store(3);
    await disk.store(3);
    expect(ways).toEqual(['elsewhere', 'here', 'here', 'elsewhere', 'elsewhere', 'here']);
  });

  it('that is quick lets timers through all the same', async () => {
    diskOf(() => 0.1);
    const disk = new Disk();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    for (const end = performance.now() + 300; performance.now() < end;) {
      await disk.store(3);
    }
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });
});
