/** What groups cost: offsets committed a second, and how long many members take until their group is stable. */
import { startBrokers, stopBrokers } from './brokers.ts';
import { commitFrames, stableAfterMs, untilCoordinated } from './load/group-client.ts';
import { runClient } from './load/run-client.ts';
import { createTopic } from './load/topics.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { Figures, RunResult } from './report.ts';
import { measuredRounds } from './rounds.ts';
import type { Target } from './target.ts';

const connections = 4;
const inFlight = 5;
/** Over the partitions of the offsets topic, and so over the threads. */
const groups = Array.from({ length: 32 }, (_, index) => `bench-${index}`);
const members = 50;

export function runCommits(options: Options, progress: Progress): Promise<RunResult> {
  const round = async (target: Target, number: number): Promise<Figures> => {
    const topic = await createTopic(target.port, `commits${number}`, 1);
    await untilCoordinated(target.port, topic, groups);
    const result = await runClient(target, await commitFrames(topic, connections, groups), {
      connections,
      threads: Math.min(options.threads, connections),
      inFlight,
      warmUpMs: options.warmUpSeconds * 1000,
      durationMs: options.seconds * 1000,
      maxBytes: Number.MAX_SAFE_INTEGER,
      acks: -1,
      gather: options.gather,
    });
    return {
      'commits/s': result.requests / result.seconds,
      'broker CPU us/commit': (result.brokerCpuSeconds / result.allRequests) * 1e6,
      'p50 us': result.latencyUs.p50,
      'p99 us': result.latencyUs.p99,
    };
  };
  return overRounds('commits', { connections, inFlight, groups: groups.length }, {}, options, progress, round);
}

export function runGroup(options: Options, progress: Progress): Promise<RunResult> {
  // With the usual delay both wait three seconds for more members: it is what happens besides that is measured.
  const properties = { 'group.initial.rebalance.delay.ms': '0' };
  const round = async (target: Target, number: number): Promise<Figures> => {
    const topic = await createTopic(target.port, `group${number}`, 1);
    const name = `many-${number}`;
    await untilCoordinated(target.port, topic, [name]);
    return { 'stable after ms': await stableAfterMs(target.port, name, members) };
  };
  return overRounds('group', { members, properties }, properties, options, progress, round);
}

async function overRounds(
  workload: string,
  details: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, string>>,
  options: Options,
  progress: Progress,
  measure: (target: Target, number: number) => Promise<Figures>,
): Promise<RunResult> {
  const brokers = await startBrokers(options, properties);
  try {
    const targets = brokers.map(({ target }) => target);
    return { workload, rounds: await measuredRounds(targets, options, progress, measure), details };
  } finally {
    await stopBrokers(brokers);
  }
}
