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
