import { figures, scales, type Figure } from 'tunelab';

export const title = 'Timeline of four workers, with a pruned and a failed trial';

export async function example(): Promise<Figure> {
  // A finished search as plain data: nothing of it depends on how fast this machine is.
  const begin = Date.UTC(2026, 0, 1);
  const free = [0, 0, 0, 0];
  const trials = Array.from({ length: 26 }, (_, number) => {
    const state =
      number % 9 === 5
        ? ('failed' as const)
        : number % 4 === 3
          ? ('pruned' as const)
          : ('complete' as const);
    const learningRate = 10 ** (-4 + ((number * 7) % 26) / 6.5);
    const worker = free.indexOf(Math.min(...free));
    const started = free[worker] + (number % 6 === 4 ? 40 : 2);
    const seconds = state === 'complete' ? 60 + ((number * 37) % 50) : 25;
    free[worker] = started + seconds;
    return {
      number,
      state,
      config: { learningRate },
      value: state === 'complete' ? Math.log10(learningRate / 0.01) ** 2 : null,
      reports: [],
      attributes: { worker: `thread ${worker + 1}` },
      ...(state === 'failed' && { error: 'loss is NaN at step 12' }),
      seed: number,
      started: begin + 1000 * started,
      ended: begin + 1000 * (started + seconds)
    };
  });
  return figures.timeline({
    name: 'Four threads',
    direction: 'minimize',
    space: { learningRate: scales.log(1e-4, 1) },
    trials
  });
}
