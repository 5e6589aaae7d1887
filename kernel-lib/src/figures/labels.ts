/** Names of hyperparameters as axes show them: in code `learningRate`, on axes with its letter. */

const KNOWN: Readonly<Record<string, string>> = {
  learningRate: 'learning rate α',
  alpha: 'α',
  momentum: 'momentum β',
  beta: 'β',
  beta1: 'β₁',
  beta2: 'β₂',
  gamma: 'γ',
  epsilon: 'ε',
  lambda: 'λ',
  l2: 'L2 λ',
  batchSize: 'mini-batch size',
  learningRateDecay: 'learning rate decay'
};

/** `hiddenUnits` becomes `hidden units`; the lecture's hyperparameters get their letters, `adam.beta1` is `adam β₁`. */
export function axisLabel(name: string): string {
  return name.split('.').map(wordsFor).join(' ');
}

function wordsFor(name: string): string {
  if (Object.hasOwn(KNOWN, name)) {
    return KNOWN[name];
  }
  return name
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => {
      return `${before} ${after.toLowerCase()}`;
    })
    .replace(/_/g, ' ');
}
