import type { SeededRandom } from '../../support/seeded-random.ts';

/** What became of one case. */
export interface CaseOutcome {
  /** The bytes were read as what they claim to be. */
  readonly decoded: boolean;
}

/** One world, made anew for every round: the same seed and number of a round give the same cases in it. */
export interface FuzzRound {
  /** Throws FuzzFailure, or whatever the code under test threw. */
  run(random: SeededRandom): CaseOutcome | Promise<CaseOutcome>;
  /** Looks at what only the end of a round shows. */
  end?(): void | Promise<void>;
  /** Lets its memory go, also after a failure. */
  close?(): void;
}

export interface FuzzTarget {
  readonly name: string;
  /** Its part of all cases. */
  readonly weight: number;
  readonly casesPerRound: number;
  begin(random: SeededRandom): FuzzRound | Promise<FuzzRound>;
}

/** Something happened that no input may bring about. */
export class FuzzFailure extends Error {
  override readonly name = 'FuzzFailure';
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function pick<T>(random: SeededRandom, from: readonly T[]): T {
  return from[random.below(from.length)]!;
}

/** One of `kinds` by weight. */
export function pickWeighted<T extends string>(random: SeededRandom, kinds: Readonly<Record<T, number>>): T {
  const names = Object.keys(kinds) as T[];
  let at = random.below(names.reduce((sum, name) => sum + kinds[name], 0));
  for (const name of names) {
    at -= kinds[name];
    if (at < 0) return name;
  }
  return names[0]!;
}
