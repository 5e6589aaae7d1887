/**
 * The lecture's ranking: which hyperparameters to tune first. 1: the learning rate; 2: mini-batch size, beta of
 * momentum, hidden units; 3: layers, learning rate decay; 4: Adam's beta1, beta2 and epsilon, hardly ever tuned.
 * @example lecturePriorities.learningRate // 1
 * @see lecture, "Tuning process".
 */
export const lecturePriorities = Object.freeze({
  learningRate: 1,
  batchSize: 2,
  beta: 2,
  hiddenUnits: 2,
  layers: 3,
  learningRateDecay: 3,
  beta1: 4,
  beta2: 4,
  epsilon: 4
} as const);

/** The lecture's words under other names that a study may use. */
const ALIASES: Readonly<Record<string, keyof typeof lecturePriorities>> = {
  alpha: 'learningRate',
  momentum: 'beta',
  miniBatchSize: 'batchSize',
  units: 'hiddenUnits',
  hiddenLayers: 'layers',
  decayRate: 'learningRateDecay'
};

/** The lecture's rank of a hyperparameter, also of a numbered or grouped one: `units2`, `units.1`, `optimizer.beta1`. */
export function lectureRank(name: string): 1 | 2 | 3 | 4 | undefined {
  const own = name.replace(/(\.\d+)+$/, '').replace(/^.*\./, '');
  for (const key of [own, own.replace(/\d+$/, '')]) {
    const known = ALIASES[key] ?? key;
    if (Object.hasOwn(lecturePriorities, known)) {
      return lecturePriorities[known as keyof typeof lecturePriorities];
    }
  }
  return undefined;
}
