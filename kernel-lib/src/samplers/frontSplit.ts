import { crowding, dominates, fronts } from '../numeric/pareto';
import type { SearchHistory } from './history';
import { goodOf, MOST } from './split';

/** A complete trial, and how many others are known to dominate it. */
interface Member {
  row: number;
  losses: Float64Array;
  dominated: number;
}

/**
 * The best tenth of the trials of several objectives, at most 25: the first Pareto fronts, and of the front that
 * no longer fits, the points with the most room around them.
 *
 * A trial that `MOST` others dominate stands behind all of them for ever, and so does what it dominates: it is
 * forgotten, so that an ask compares few.
 */
export class FrontSplit {
  /** How many trials have a rank: the complete ones. */
  ranked = 0;
  #members: Member[] = [];
  #seen = 0;

  constructor(readonly history: SearchHistory) {}

  /** Takes up the results that came since the last call. */
  update(): void {
    const { history } = this;
    for (; this.#seen < history.finished.length; this.#seen++) {
      const row = history.finished[this.#seen];
      if (history.state(row) === 'complete') {
        this.#insert({ row, losses: history.lossesAt(row).slice(), dominated: 0 });
      }
    }
  }

  #insert(member: Member): void {
    this.ranked++;
    for (const other of this.#members) {
      if (dominates(other.losses, member.losses)) {
        member.dominated++;
      } else if (dominates(member.losses, other.losses)) {
        other.dominated++;
      }
    }
    this.#members.push(member);
    this.#members = this.#members.filter(({ dominated }) => dominated < MOST);
  }

  /** Rows of the trials that count as good, in ascending order. */
  good(): number[] {
    const size = goodOf(this.ranked);
    const members = this.#members;
    const good: number[] = [];
    for (const front of fronts(
      members.map(({ losses }) => losses),
      size
    )) {
      // prettier-ignore
      const room = crowding(front.map(i => members[i].losses));
      const order = front.map((_, k) => k).sort((a, b) => compare(room[b], room[a]) || a - b);
      good.push(...order.slice(0, size - good.length).map(k => members[front[k]].row));
    }
    return good.sort((a, b) => a - b);
  }
}

/** Infinities are equal: their difference would be NaN. */
const compare = (a: number, b: number) => (a === b ? 0 : a - b);
