/** What the lives in this folder have in common: a life is recorded once, and then cut short in every way. */

import { type CrashChoices, type CrashState, crashStates, kills, type Recorded } from '../../support/recording-disk.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { StoreImage } from '../../support/simulated-store.ts';

export interface RecordedLife<M> {
  readonly start: StoreImage;
  readonly recorded: readonly Recorded<M>[];
  /** Starts again from what a crash left, and throws unless all is there that was promised. */
  check(state: CrashState<M>): Promise<void>;
  /**
   * Starts on the disk as the next process does that follows a killed one, and makes all durable that it found. Answers
   * what holds from then on.
   */
  restart(disk: SimulatedDisk, marks: readonly M[]): Promise<M>;
}

/** Records a life from a seed. */
export type Life<M> = (seed: number) => Promise<RecordedLife<M>>;

export interface ExploredLife {
  readonly states: number;
  /** States of a process that was killed, started again, and lost power. */
  readonly killed: number;
  readonly steps: number;
  /** The most changes that a crash could have lost at one step. */
  readonly mostPending: number;
}

/** A few states of a life, spread over its steps: what a normal test run looks at. */
export const sampled = { maxDropped: 3, dropsPerStep: 2, everyNthStep: 4 } as const;
/** Every step, and every subset of up to three changes unless there are too many to name all; then some by chance. */
export const exhaustive = { maxDropped: 3, dropsPerStep: 60, allSubsetsUpTo: 12 } as const;

export async function explore<M>(
  name: string,
  life: Life<M>,
  seed: number,
  choices: Omit<CrashChoices, 'random'>,
): Promise<ExploredLife> {
  const { start, recorded, check, restart } = await life(seed);
  const random = new SeededRandom(seed);
  let states = 0;
  let mostPending = 0;
  for (const state of crashStates(start, recorded, { ...choices, random })) {
    states++;
    mostPending = Math.max(mostPending, state.pendingChanges);
    try {
      await check(state);
    } catch (error) {
      throw new Error(`${name}, MILLRACE_SEED=${seed}, state ${states}: ${state.description}`, { cause: error });
    }
  }
  let killed = 0;
  for (const { store, marks, description } of kills(start, recorded, choices.everyNthStep ?? 1)) {
    killed++;
    const disk = new SimulatedDisk({ store });
    const inOneLine = `${name}, MILLRACE_SEED=${seed}, ${description}, started again, then nothing unsynced kept`;
    try {
      const mark = await restart(disk, marks);
      const image = store.crashed({ survives: () => false });
      await check({ image, marks: [mark], pendingChanges: 0, description });
    } catch (error) {
      throw new Error(inOneLine, { cause: error });
    }
  }
  const steps = recorded.filter((entry) => entry.kind !== 'mark').length;
  return { states, killed, steps, mostPending };
}
