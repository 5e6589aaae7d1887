import type { Trial } from '../trials/trial';
import type { SearchHistory } from './history';

/** At most so many trials count as good. */
export const MOST = 25;

/** How many of so many trials count as good: a tenth, at most 25. */
export const goodOf = (ranked: number) => Math.min(Math.ceil(0.1 * ranked), MOST);

/** How well a trial did: complete ones by their loss, behind them pruned ones, the longest first. */
interface Rank {
  row: number;
  /** The last step of a pruned trial, -1 without a report; infinite for a complete one. */
  reached: number;
  loss: number;
}

/** The best tenth of a study's trials, at most 25: one insertion for each result, and no sorting. */
export class Split {
  /** How many trials have a rank: complete and pruned ones. */
  ranked = 0;
  readonly #top: Rank[] = [];
  #seen = 0;

  constructor(readonly history: SearchHistory) {}

  /** Takes up the results that came since the last call. */
  update(trials: readonly Trial[]): void {
    const { history } = this;
    for (; this.#seen < history.finished.length; this.#seen++) {
      const row = history.finished[this.#seen];
      const state = history.state(row);
      if (state === 'complete') {
        this.#insert({ row, reached: Infinity, loss: history.losses[row] });
      } else if (state === 'pruned') {
        const { reports } = trials[history.numbers[row]];
        const [step, value] = reports.length > 0 ? reports[reports.length - 1] : [-1, NaN];
        const loss = Number.isNaN(value) ? Infinity : history.loss(value);
        this.#insert({ row, reached: step, loss });
      }
    }
  }

  #insert(rank: Rank): void {
    this.ranked++;
    let place = this.#top.length;
    while (place > 0 && precedes(rank, this.#top[place - 1])) {
      place--;
    }
    this.#top.splice(place, 0, rank);
    this.#top.length = Math.min(this.#top.length, MOST);
  }

  /** Rows of the trials that count as good, in ascending order. */
  good(): number[] {
    const rows = this.#top.slice(0, goodOf(this.ranked)).map(({ row }) => row);
    return rows.sort((a, b) => a - b);
  }
}

function precedes(a: Rank, b: Rank): boolean {
  if (a.reached !== b.reached) {
    return a.reached > b.reached;
  }
  return a.loss < b.loss || (a.loss === b.loss && a.row < b.row);
}
