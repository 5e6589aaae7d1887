import type { Schedule } from './schedule';

/**
 * The learning rate stays as the optimizer has it: the factor is 1.
 *
 * @example schedules.warmUp(schedules.constant(), { length: 100 })
 */
export function constant(): Schedule {
  return () => 1;
}
