import { fuzz } from '../kernel-lib/figures/hostile/fuzz';

describe('a payload from anywhere', () => {
  it(
    'is drawn without live markup or refused by a sentence: 100,000 changed ones',
    () => {
      const outcome = fuzz(100_000, Number(process.env.TUNELAB_SEED ?? 2));
      console.log(outcome);
      expect(outcome.failure).toBeUndefined();
    },
    60 * 60_000
  );
});
