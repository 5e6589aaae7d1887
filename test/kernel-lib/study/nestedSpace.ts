import { scales, type Space } from 'tunelab';

/** Groups within a space, a list among them, with hyperparameters that do not always exist. */
export const nestedSpace = {
  optimizer: {
    kind: scales.choice(['sgd', 'adam']),
    learningRate: scales.log(1e-4, 1),
    beta1: scales.when(
      ({ optimizer }: { optimizer: { kind: string } }) => optimizer.kind === 'adam',
      scales.oneMinusLog(0.5, 0.99)
    )
  },
  layers: scales.integer(1, 3),
  units: [
    scales.integer(8, 64),
    scales.when(({ layers }: { layers: number }) => layers >= 2, scales.integer(8, 64)),
    scales.when(({ layers }: { layers: number }) => layers >= 3, scales.integer(8, 64))
  ]
} satisfies Space;
