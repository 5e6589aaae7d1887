/** Payloads of a run's figure. */
import type { ScenePayload, Steer } from 'tunelab/dist/figures/format';

export const CONTROLS: Steer['controls'] = [
  { name: 'learningRate', axis: { label: 'learning rate α', scale: 'log', range: [1e-6, 1] }, value: 0.01 },
  { name: 'beta', axis: { label: 'momentum β', scale: 'oneMinusLog', range: [0, 0.9999] }, value: 0.9 },
  {
    name: 'batchSize', axis: { label: 'batch size', scale: 'log', range: [2, 100], integer: true },
    value: 50, stops: [2, 4, 8, 16, 32, 64, 100]
  }
]; // prettier-ignore

/** A run that goes on; `changes` replace what is said of it, `values` those of its controls. */
export function runPayload(
  changes: Partial<Steer> = {},
  values: Readonly<Record<string, number>> = {}
): ScenePayload {
  const controls = CONTROLS.map(one => ({ ...one, value: values[one.name] ?? one.value }));
  return {
    kind: 'figure',
    version: 2,
    figure: 'runCurves',
    title: 'Training run: loss by mini-batch',
    alt: 'Curve of a training run.',
    columns: {},
    panels: [],
    live: { id: 'a run' },
    steer: { state: 'running', controls, snapshots: ['start', 'good'], ...changes }
  };
}
