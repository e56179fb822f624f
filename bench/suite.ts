/** Runs the steps of a plan, one after the other. What fails is told and passed over; the rest is measured all the same. */
import { type Broker, startBrokers, stopBrokers } from './brokers.ts';
import { runCommits, runGroup } from './groups.ts';
import { runJavaTool } from './java-tools.ts';
import { runLatency } from './latency.ts';
import { loadRounds } from './load-rounds.ts';
import { basePoints, loadOf, type Point } from './matrix/points.ts';
import type { Options, WorkloadName } from './options.ts';
import type { Step } from './plan.ts';
import type { Progress } from './progress.ts';
import type { RunResult } from './report.ts';
import { runStall } from './stall/stall.ts';
import { runMemory, runStart } from './start.ts';
import { runThroughput } from './throughput.ts';

/** Answers how many steps failed. */
export async function runSteps(
  steps: readonly Step[],
  progress: Progress,
  done: (result: RunResult, options: Options) => void,
): Promise<number> {
  const shared = new SharedBrokers();
  let failures = 0;
  let doneSeconds = 0;
  progress.expect(steps.reduce((sum, { seconds }) => sum + seconds, 0));
  try {
    for (const [index, step] of steps.entries()) {
      progress.step(step.name, index, steps.length, doneSeconds);
      try {
        const result = await runStep(step, shared, progress);
        if (result !== null) done(result, step.options);
      } catch (error) {
        failures++;
        progress.note(`${step.name} failed: ${error instanceof Error ? error.message : String(error)}`);
        await shared.stop();
      }
      doneSeconds += step.seconds;
    }
  } finally {
    await shared.stop();
    progress.clear();
  }
  return failures;
}

/** What is not counted before the first point, so that it finds the brokers as warm as the last. */
const firstLoad = (options: Options): Options => ({
  ...options,
  rounds: 0,
  warmUpSeconds: options.seconds,
});

/** The brokers that the points of the matrix share: started for the first, stopped by whoever needs the machine. */
class SharedBrokers {
  #brokers: readonly Broker[] | null = null;

  async get(options: Options, progress: Progress): Promise<readonly Broker[]> {
    if (this.#brokers === null) {
      this.#brokers = await startBrokers(options);
      for (const point of [basePoints.produce, { ...basePoints.produce, batch: '1' }])
        await loadRounds(this.#brokers, loadOf(point), firstLoad(options), progress);
    }
    return this.#brokers;
  }

  async stop(): Promise<void> {
    const brokers = this.#brokers ?? [];
    this.#brokers = null;
    await stopBrokers(brokers);
  }
}

async function runStep(step: Step, shared: SharedBrokers, progress: Progress): Promise<RunResult | null> {
  if ('point' in step.what) return runPoint(step.name, step.what.point, step.options, shared, progress);
  await shared.stop();
  return runWorkload(step.what.workload, step.options, progress);
}

async function runPoint(
  workload: string,
  point: Point,
  options: Options,
  shared: SharedBrokers,
  progress: Progress,
): Promise<RunResult> {
  const rounds = await loadRounds(
    await shared.get(options, progress),
    loadOf(point),
    { ...options, firstRounds: 0 },
    progress,
  );
  return { workload, rounds, details: { point } };
}

function runWorkload(workload: WorkloadName, options: Options, progress: Progress): Promise<RunResult | null> {
  switch (workload) {
    case 'start':
      return runStart(options, progress);
    case 'memory':
      return runMemory(options, progress);
    case 'stall':
      return runStall(options, progress);
    case 'latency':
      return runLatency(options, progress);
    case 'commits':
      return runCommits(options, progress);
    case 'group':
      return runGroup(options, progress);
    case 'java-produce':
    case 'java-fetch':
      return runJavaTool(workload, options, progress);
    default:
      return runThroughput(workload, options, progress);
  }
}
