/** Rounds of a measurement, what is measured in turn. */
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { Figures, RunResult } from './report.ts';
import type { TargetName } from './target.ts';

/** Each of two goes first in every other round. */
export function inTurn<T>(all: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? all : [...all].reverse();
}

/** What is measured, by the name that it has in the results. */
export interface Measurable {
  readonly name: TargetName;
}

/** The figures of every round that counts; those before the first, with numbers below zero, only warm up. */
export async function measuredRounds<T extends Measurable>(
  all: readonly T[],
  { rounds, firstRounds }: Pick<Options, 'rounds' | 'firstRounds'>,
  progress: Progress,
  measure: (one: T, round: number) => Promise<Figures>,
): Promise<RunResult['rounds']> {
  const measured: RunResult['rounds'][number][] = [];
  for (let round = -firstRounds; round < rounds; round++) {
    for (const one of inTurn(all, round)) {
      progress.round(one.name, round, rounds);
      const figures = await measure(one, round);
      if (round >= 0) measured.push({ target: one.name, figures });
    }
  }
  return measured;
}
