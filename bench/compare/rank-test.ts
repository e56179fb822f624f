/** The Wilcoxon–Mann–Whitney test, exact also where values are equal: small samples, no assumption on their shape. */

/**
 * The chance that two samples of one distribution are at least as far apart in their ranks as these are, in either
 * direction. 1 where one of them is empty.
 */
export function rankTest(a: readonly number[], b: readonly number[]): number {
  const ranks = doubledRanks([...a, ...b]);
  const sum = ranks.slice(0, a.length).reduce((total, rank) => total + rank, 0);
  const ways = waysToSum(ranks, a.length);
  // Doubled ranks again: the mean rank of a sample is (n + 1) / 2.
  const mean = a.length * (ranks.length + 1);
  const distance = Math.abs(sum - mean);
  let [all, asFar] = [0, 0];
  for (const [total, count] of ways.entries()) {
    all += count;
    if (Math.abs(total - mean) >= distance) asFar += count;
  }
  return asFar / all;
}

/** The smallest answer that samples of these sizes can give: no value of one between two of the other. */
export function smallestChance(aCount: number, bCount: number): number {
  const ranks = Array.from({ length: aCount + bCount }, (_, index) => index);
  return rankTest(ranks.slice(0, aCount), ranks.slice(aCount));
}

/** Twice the rank of each value, from 2 on, so that the mean ranks of equal values are whole. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal + 1;
  });
}

/** In how many ways so many of the ranks can be chosen, by their sum. */
function waysToSum(ranks: readonly number[], chosen: number): Float64Array {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: chosen + 1 }, () => new Float64Array(most + 1));
  ways[0][0] = 1;
  for (const rank of ranks) {
    for (let count = chosen; count > 0; count--) {
      for (let sum = most; sum >= rank; sum--) ways[count][sum] += ways[count - 1][sum - rank];
    }
  }
  return ways[chosen];
}
