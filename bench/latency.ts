/** End-to-end latency at a fixed rate: see load/latency.c. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrokers, stopBrokers } from './brokers.ts';
import { compile } from './compile.ts';
import { latencySpec, writeNumbered } from './load/frames.ts';
import { runProgram } from './load/run-program.ts';
import { createTopic, deleteTopic, type Topic } from './load/topics.ts';
import { defaultRate, type Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { Figures, RunResult } from './report.ts';
import { measuredRounds } from './rounds.ts';
import type { Target } from './target.ts';

interface LatencyResult {
  readonly records: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

const recordBytes = 1000;

/** The run's name: other rates than the usual one are results of their own. */
export function latencyName(rate: number): string {
  return rate === defaultRate ? 'latency' : `latency rate=${rate}`;
}

export async function runLatency(options: Options, progress: Progress): Promise<RunResult> {
  const brokers = await startBrokers(options);
  const round = async (target: Target, number: number): Promise<Figures> => {
    const { p50, p95, p99, p999, max } = await latencyRound(target, `latency${number}`, options);
    return { 'p50 us': p50, 'p95 us': p95, 'p99 us': p99, 'p99.9 us': p999, 'max us': max };
  };
  try {
    const targets = brokers.map(({ target }) => target);
    const rounds = await measuredRounds(targets, options, progress, round);
    return { workload: latencyName(options.rate), rounds, details: { rate: options.rate, recordBytes } };
  } finally {
    await stopBrokers(brokers);
  }
}

export async function latencyRound(target: Target, name: string, options: Options): Promise<LatencyResult> {
  const topic = await createTopic(target.port, name, options.partitions);
  try {
    return await measureLatency([target.port], topic, options);
  } finally {
    await deleteTopic(target.port, topic);
  }
}

/** Of records of `recordBytes` at `rate`, through the brokers at `ports`. */
export async function measureLatency(
  ports: readonly number[],
  topic: Topic,
  { partitions, rate, acks, warmUpSeconds, seconds }: Options,
): Promise<LatencyResult> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-latency-'));
  try {
    const spec = await latencySpec(topic, recordBytes, acks);
    const file = join(directory, 'spec');
    writeNumbered(
      file,
      spec.frames.map(({ connection, bytes }) => ({ number: connection, bytes })),
    );
    const times = [warmUpSeconds * 1000, seconds * 1000];
    const numbers = [partitions, rate, ...times, spec.offsetAt, spec.recordsAt, spec.errorAt];
    const args = [file, '127.0.0.1', ports.join(','), ...numbers.map(String)];
    return (await runProgram(compile('load/latency.c'), args)) as LatencyResult;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
