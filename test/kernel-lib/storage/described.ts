import type { StoredStudy } from 'tunelab/dist/study/replay';

/** Studies as test/fixtures/optuna_journal.py describes what Optuna reads. */
export function described(studies: readonly StoredStudy[]): unknown[] {
  const external = ({ value, distribution }: { value: number; distribution: { kind: string } }) =>
    distribution.kind === 'categorical'
      ? (distribution as unknown as { choices: unknown[] }).choices[value]
      : value;
  const plain = (value: unknown): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
    }
    if (Array.isArray(value)) {
      return value.map(plain);
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
      : value;
  };
  const object = (map: ReadonlyMap<string, unknown>) => plain(Object.fromEntries(map));
  return studies
    .filter(({ deleted }) => !deleted)
    .map(study => ({
      name: study.name,
      directions: study.directions,
      userAttributes: object(study.userAttributes),
      systemAttributes: object(study.systemAttributes),
      trials: study.trials.map(trial => ({
        number: trial.number,
        state: trial.state,
        values: plain(trial.values),
        params: Object.fromEntries(
          [...trial.parameters].map(([name, each]) => [name, external(each)])
        ),
        // Of a trial that was added whole, the order of arrival is not kept.
        reports: plain(trial.reports.slice().sort(([a], [b]) => a - b)),
        userAttributes: object(trial.userAttributes),
        systemAttributes: object(trial.systemAttributes),
        started: trial.started,
        ended: trial.ended
      }))
    }));
}
