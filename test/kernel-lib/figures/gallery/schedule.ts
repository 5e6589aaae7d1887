import { figures, schedules } from 'tunelab';
import type { Figure } from 'tunelab';

export const title = 'Schedules of the learning rate';

export async function example(): Promise<Figure> {
  return figures.schedule(
    {
      'inverse time': schedules.inverseTime({ decayRate: 0.5 }),
      exponential: schedules.exponential({ factor: 0.7 }),
      staircase: schedules.step({ every: 3, factor: 0.5 }),
      'warm-up, cosine': schedules.warmUp(schedules.cosine(), { length: 100 })
    },
    { learningRate: 0.1, steps: 1000, stepsPerEpoch: 100 }
  );
}
