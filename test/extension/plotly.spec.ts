import './domGaps';
import { loadWhenIdle, once } from '../../extension/plotly';
import { deferred, fakePlotly } from './fixtures';

describe('once', () => {
  it('loads once for callers that come while it is loading and after', async () => {
    const loading = deferred<ReturnType<typeof fakePlotly>>();
    const load = jest.fn(() => loading.promise);
    const cached = once(load);
    const callers = [cached(), cached()];
    const plotly = fakePlotly();
    loading.resolve(plotly);
    expect(await Promise.all([...callers, cached()])).toEqual([plotly, plotly, plotly]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('does not keep a failure: the next caller loads again', async () => {
    const plotly = fakePlotly();
    const load = jest
      .fn<Promise<typeof plotly>, []>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValue(plotly);
    const cached = once(load);
    await expect(cached()).rejects.toThrow('offline');
    await expect(cached()).resolves.toBe(plotly);
  });
});

describe('loadWhenIdle', () => {
  afterEach(() => jest.useRealTimers());

  it('loads after a while, and keeps a failure to itself', async () => {
    jest.useFakeTimers();
    const load = jest.fn().mockRejectedValue(new Error('offline'));
    loadWhenIdle(load);
    expect(load).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(5000);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
