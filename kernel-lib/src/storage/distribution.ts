/** A label among the choices of a categorical distribution, as JSON has them. */
export type Choice = string | number | boolean | null;

/** Where a parameter lies, in the terms that Optuna has for it. */
export type Distribution =
  | {
      readonly kind: 'float';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      /** Distance of neighbouring values; `null` if continuous. */
      readonly step: number | null;
    }
  | {
      readonly kind: 'int';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number;
    }
  | {
      readonly kind: 'categorical';
      /** A parameter's number is the index of its choice. */
      readonly choices: readonly Choice[];
    };
