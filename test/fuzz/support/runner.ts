import { SeededRandom } from '../../support/seeded-random.ts';
import type { FuzzRound, FuzzTarget } from './target.ts';

export interface TargetReport {
  readonly cases: number;
  readonly decoded: number;
  readonly seconds: number;
  readonly failures: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  readonly cases: number;
  /** Failures after which a target is given up. */
  readonly mostFailures: number;
  /** Called after every round. */
  readonly progress?: (target: FuzzTarget, cases: number) => void;
}

/** The part of all cases that each target gets. */
export function shareOut(targets: readonly FuzzTarget[], cases: number): Map<FuzzTarget, number> {
  const sum = targets.reduce((total, { weight }) => total + weight, 0);
  return new Map(targets.map((target) => [target, Math.ceil((cases * target.weight) / sum)]));
}

export async function runTarget(target: FuzzTarget, options: RunOptions): Promise<TargetReport> {
  const { seed, cases, mostFailures } = options;
  const startedMs = performance.now();
  const failures: string[] = [];
  let decoded = 0;
  let done = 0;
  for (let round = 0; done < cases && failures.length < mostFailures; round++) {
    const wanted = Math.min(target.casesPerRound, cases - done);
    const outcome = await runRound(target, seed, round, wanted);
    done += outcome.cases;
    decoded += outcome.decoded;
    if (outcome.failure !== undefined) failures.push(outcome.failure);
    options.progress?.(target, done);
  }
  return { cases: done, decoded, seconds: (performance.now() - startedMs) / 1000, failures };
}

interface RoundOutcome {
  readonly cases: number;
  readonly decoded: number;
  readonly failure: string | undefined;
}

/** One world and its cases, up to the first that fails. Chance comes from target, seed, round and case alone. */
export async function runRound(target: FuzzTarget, seed: number, round: number, cases: number): Promise<RoundOutcome> {
  let decoded = 0;
  let number = 0;
  let world: FuzzRound | undefined;
  try {
    world = await target.begin(randomOf(target, seed, round, -1));
    for (; number < cases; number++) {
      const outcome = world.run(randomOf(target, seed, round, number));
      if ((outcome instanceof Promise ? await outcome : outcome).decoded) decoded += 1;
    }
    await world.end?.();
    return { cases: number, decoded, failure: undefined };
  } catch (error) {
    return { cases: number + 1, decoded, failure: describe(target, seed, round, number, error) };
  } finally {
    world?.close?.();
  }
}

function describe(target: FuzzTarget, seed: number, round: number, number: number, error: unknown): string {
  const replay = `node test/fuzz/run.ts --target ${target.name} --seed ${seed} --round ${round} --cases ${number + 1}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { cause } = error as { cause?: unknown };
  const because = cause === undefined ? '' : `\nbecause: ${cause instanceof Error ? cause.stack : String(cause)}`;
  return `${target.name}, round ${round}, case ${number}\nreplay: ${replay}\n${stack}${because}`;
}

function randomOf({ name }: FuzzTarget, seed: number, round: number, number: number): SeededRandom {
  let hash = seed ^ 0x9e37_79b9;
  for (const part of [...Buffer.from(name), round, number]) hash = Math.imul(hash ^ part, 0x0100_0193) ^ (hash >>> 15);
  return new SeededRandom(hash);
}
