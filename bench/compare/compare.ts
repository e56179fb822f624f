/** Two runs of the suite, figure by figure: better, worse, or nothing that the noise of their rounds could not do. */
import { type Run, valuesOf } from '../../tools/figures/runs.ts';
import { lowerIsBetter, type Spread, spread } from '../figures.ts';
import { rankTest, smallestChance } from './rank-test.ts';

export interface CompareOptions {
  /** A difference counts if chance makes one like it this seldom at most. */
  readonly alpha: number;
  /** And if the medians differ by this share at least. */
  readonly threshold: number;
  /** Of our own figures, even where both runs measured the peer. */
  readonly isAbsolute: boolean;
}

/** `unclear`: so few rounds could not show a difference of any size. */
export type Verdict = 'better' | 'worse' | 'same' | 'unclear';

export interface Comparison {
  readonly workload: string;
  readonly figure: string;
  /** `ratio`: each round of ours over that of the peer beside it, so that what slowed both cancels out. */
  readonly basis: 'ratio' | 'absolute';
  readonly before: Spread;
  readonly after: Spread;
  /** Of the medians: 0.1 is ten percent more. */
  readonly change: number;
  readonly chance: number;
  readonly verdict: Verdict;
}

/** More rounds than these add time and no insight. */
const mostRounds = 50;

export function compareRuns(
  before: ReadonlyMap<string, Run>,
  after: ReadonlyMap<string, Run>,
  options: CompareOptions,
): Comparison[] {
  const comparisons: Comparison[] = [];
  for (const [workload, run] of before) {
    const other = after.get(workload);
    if (other === undefined) continue;
    for (const figure of Object.keys(run.summary.ours ?? {})) {
      // What the load client takes of the machine is no figure of the broker.
      if (figure.startsWith('client ')) continue;
      const comparison = compareFigure(run, other, figure, options);
      if (comparison !== null) comparisons.push(comparison);
    }
  }
  return comparisons;
}

function compareFigure(before: Run, after: Run, figure: string, options: CompareOptions): Comparison | null {
  let basis: Comparison['basis'] = 'ratio';
  let [a, b] = [ratios(before, figure), ratios(after, figure)];
  if (options.isAbsolute || a.length === 0 || b.length === 0) {
    basis = 'absolute';
    [a, b] = [valuesOf(before, 'ours', figure), valuesOf(after, 'ours', figure)];
  }
  if (a.length === 0 || b.length === 0) return null;
  [a, b] = [a.slice(0, mostRounds), b.slice(0, mostRounds)];
  return { workload: before.workload, figure, basis, ...judge(a, b, lowerIsBetter(figure), options) };
}

/** The rounds of ours over those of the peer, in the order in which they were taken. */
function ratios(run: Run, figure: string): number[] {
  const [ours, peer] = [valuesOf(run, 'ours', figure), valuesOf(run, 'peer', figure)];
  if (ours.length !== peer.length || peer.some((value) => value === 0)) return [];
  return ours.map((value, round) => value / peer[round]);
}

/** The verdict on two samples, neither of them empty. */
export function judge(
  a: readonly number[],
  b: readonly number[],
  isLowerBetter: boolean,
  options: Pick<CompareOptions, 'alpha' | 'threshold'>,
): Pick<Comparison, 'before' | 'after' | 'change' | 'chance' | 'verdict'> {
  const [before, after] = [spread(a), spread(b)];
  const change = before.median === after.median ? 0 : after.median / before.median - 1;
  const chance = rankTest(a, b);
  let verdict: Verdict = 'same';
  if (smallestChance(a.length, b.length) > options.alpha) verdict = 'unclear';
  else if (chance <= options.alpha && Math.abs(change) >= options.threshold)
    verdict = change > 0 === isLowerBetter ? 'worse' : 'better';
  return { before, after, change, chance, verdict };
}
