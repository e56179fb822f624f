import { Coverage, dataPaths, rarePaths } from './coverage.ts';
import { faultKinds } from './faults/kinds.ts';
import { failRunning, type SimulationResult, simulate } from './simulate.ts';

/** From so many seeds on, what was never seen is a failure: either it cannot happen any more or nobody looks for it. */
const seedsThatShowAll = 100;

export interface SeedsResult {
  readonly runs: number;
  readonly failures: readonly SimulationResult[];
  readonly coverage: Coverage;
  readonly events: number;
  /** Names of faults and rare paths that no seed has shown, where there were enough of them. */
  readonly missing: readonly string[];
}

/** @param failed called for each seed that fails. */
export async function runSeeds(
  seeds: Iterable<number>,
  failed: (result: SimulationResult) => void,
  options: {
    readonly without?: ReadonlySet<number>;
    readonly echo?: (line: string) => void;
    /** Ends with the first failure. */
    readonly onlyFirst?: boolean;
    readonly withData?: boolean;
  } = {},
): Promise<SeedsResult> {
  const coverage = new Coverage();
  const failures: SimulationResult[] = [];
  let runs = 0;
  let events = 0;
  const outOfTurn = (error: unknown): void => {
    if (!failRunning(error)) throw error;
  };
  process.on('unhandledRejection', outOfTurn);
  for (const seed of seeds) {
    const result = await simulate({ seed, ...options });
    runs++;
    events += result.events;
    coverage.add(result.coverage);
    if (result.failure === null) continue;
    failures.push(result);
    failed(result);
    if (options.onlyFirst === true) break;
  }
  process.off('unhandledRejection', outOfTurn);
  const missing = runs < seedsThatShowAll ? [] : coverage.missing(namesToBeSeen(options.withData === true));
  return { runs, failures, coverage, events, missing };
}

function namesToBeSeen(withData: boolean): string[] {
  // Memory of all replicas at once is not lost where records rest on it.
  if (withData) return [...faultKinds.filter((kind) => kind !== 'power cut of all'), ...rarePaths, ...dataPaths];
  // Without a wire nobody checks what a disk gives.
  return [...faultKinds.filter((kind) => kind !== 'bit flip'), ...rarePaths];
}

export function* range(from: number, to: number): Generator<number> {
  for (let seed = from; seed <= to; seed++) yield seed;
}

/** What to look at when a seed fails; the last line is the command that shows it again. */
export function describeFailure({ seed, withData, failure, plan, lastLines }: SimulationResult): string {
  const faults = plan.map((fault) => `fault ${fault.number}: ${fault.kind} at ${fault.atMs}, ${fault.durationMs} ms`);
  const reason = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  const replay = `node test/simulation/run.ts --seed ${seed}${withData ? ' --data' : ''}`;
  return [...lastLines, ...faults, `seed ${seed} failed: ${reason}`, replay].join('\n');
}
