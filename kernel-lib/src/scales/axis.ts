/**
 * How a quantity lies on an axis of a figure. Made by a scale, read by figures: nobody has to say
 * "log" twice. Plain data, so that it travels to the browser as it is.
 */
export interface Axis {
  /** Name shown beside the axis, for example `learning rate α`. */
  label: string;
  /**
   * - `linear`: equal steps, equal lengths.
   * - `log`: equal ratios, equal lengths; all values > 0.
   * - `oneMinusLog`: position -log10(1 - value), so that 0.9, 0.99, 0.999 are equally far apart; values < 1.
   * - `category`: one place for each of `categories`; a column holds the index.
   */
  scale: 'linear' | 'log' | 'oneMinusLog' | 'category';
  /** Lowest and highest value shown, in the quantity's own units. Default: what the data need. */
  range?: [number, number];
  /** Labels of the categories, in order; only with `scale: 'category'`. */
  categories?: string[];
  /** Only whole numbers have a meaning here. Default: `false`. */
  integer?: boolean;
}
