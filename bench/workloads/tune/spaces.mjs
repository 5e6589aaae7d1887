// Spaces as data, one for both sides: tunelab's scales here, Optuna's suggestions in ask.py.
import { createRequire } from 'node:module';

const { scales } = createRequire(import.meta.url)('tunelab');

const MAKE = {
  linear: ({ low, high }) => scales.linear(low, high),
  log: ({ low, high }) => scales.log(low, high),
  oneMinusLog: ({ low, high }) => scales.oneMinusLog(low, high),
  integer: ({ low, high }) => scales.integer(low, high),
  quantized: ({ low, high, step }) => scales.quantized(low, high, step),
  choice: ({ values }) => scales.choice(values)
};

/**
 * tunelab's space for a list such as `[{ name: 'layers', kind: 'integer', low: 1, high: 3 }, …]`; an axis with
 * `when: { name, among }` exists where the one of that name, which stands above, has one of these values.
 */
export function spaceOf(axes) {
  return Object.fromEntries(
    axes.map(axis => {
      const { name, kind, when } = axis;
      const scale = MAKE[kind](axis);
      return [
        name,
        when ? scales.when(above => when.among.includes(above[when.name]), scale) : scale
      ];
    })
  );
}
