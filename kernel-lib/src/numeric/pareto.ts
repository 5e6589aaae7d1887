/**
 * Whether `a` is nowhere worse than `b` and somewhere better; small is good.
 * @param a,b losses, one for each objective
 */
export function dominates(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  let better = false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] > b[i]) {
      return false;
    }
    better ||= a[i] < b[i];
  }
  return better;
}

/**
 * Indices of points by front: the first front is dominated by nobody, the second only by the first, and so on.
 * Fronts after the one that makes `enough` points are left out.
 *
 * @param losses one array of losses for each point; small is good
 * @see Deb et al. 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II".
 */
export function fronts(losses: readonly ArrayLike<number>[], enough = losses.length): number[][] {
  const found: number[][] = [];
  let rest = losses.map((_, i) => i);
  for (let taken = 0; rest.length > 0 && taken < enough;) {
    const front = rest.filter(i => !rest.some(j => dominates(losses[j], losses[i])));
    const members = new Set(front);
    rest = rest.filter(i => !members.has(i));
    found.push(front);
    taken += front.length;
  }
  return found;
}

/** Above two objectives, points beyond this many on a front are compared no more: nobody could look at them. */
const MOST_ON_FRONT = 2000;

/**
 * Indices of the points that nobody dominates, rising: the first of `fronts`, for many points. With two objectives in
 * n log n steps; with more, a front of above 2,000 points counts as none.
 *
 * @param losses one array of losses for each point; small is good
 */
export function firstFront(losses: readonly ArrayLike<number>[]): number[] {
  const compare = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    for (let i = 0; i < a.length; i++) {
      if (a[i] !== b[i]) return a[i] - b[i];
    }
    return 0;
  };
  // Only a point that comes earlier in this order can dominate a later one.
  const order = losses.map((_, i) => i).sort((a, b) => compare(losses[a], losses[b]) || a - b);
  const front: number[] = [];
  for (const i of order) {
    // Along a front of two objectives the second falls: the last point of the front is the strictest.
    const rivals = losses[i].length === 2 ? front.slice(-1) : front;
    if (!rivals.some(rival => dominates(losses[rival], losses[i]))) {
      front.push(i);
    }
    if (losses[i].length > 2 && front.length > MOST_ON_FRONT) {
      return [];
    }
  }
  return front.sort((a, b) => a - b);
}

/**
 * How much room each point of a front has: the sum over objectives of the distance between its neighbours, as a
 * share of the front's extent; infinite at the ends.
 *
 * @see Deb et al. 2002, section III.B, "crowding distance".
 */
export function crowding(losses: readonly ArrayLike<number>[]): Float64Array {
  const room = new Float64Array(losses.length);
  const objectives = losses[0]?.length ?? 0;
  for (let o = 0; o < objectives; o++) {
    const order = losses.map((_, i) => i).sort((a, b) => losses[a][o] - losses[b][o] || a - b);
    const extent = losses[order[order.length - 1]][o] - losses[order[0]][o];
    room[order[0]] = room[order[order.length - 1]] = Infinity;
    for (let k = 1; k < order.length - 1 && extent > 0; k++) {
      room[order[k]] += (losses[order[k + 1]][o] - losses[order[k - 1]][o]) / extent;
    }
  }
  return room;
}
