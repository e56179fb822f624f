/** End-to-end latency at a fixed rate: see load/latency.c. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrokers, stopBrokers } from './brokers.ts';
import { compile } from './compile.ts';
import { latencySpec, writeNumbered } from './load/frames.ts';
import { runProgram } from './load/run-program.ts';
import { createTopic, deleteTopic } from './load/topics.ts';
import { inTurn } from './load-rounds.ts';
import { defaultRate, type Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { RunResult } from './report.ts';
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
  const rounds: RunResult['rounds'][number][] = [];
  const brokers = await startBrokers(options);
  try {
    for (let round = -options.firstRounds; round < options.rounds; round++) {
      for (const { target } of inTurn(brokers, round)) {
        progress.round(target.name, round, options.rounds);
        const result = await latencyRound(target, `latency${round}`, options);
        if (round < 0) continue;
        rounds.push({
          target: target.name,
          figures: {
            'p50 us': result.p50,
            'p95 us': result.p95,
            'p99 us': result.p99,
            'p99.9 us': result.p999,
            'max us': result.max,
          },
        });
      }
    }
  } finally {
    await stopBrokers(brokers);
  }
  return { workload: latencyName(options.rate), rounds, details: { rate: options.rate, recordBytes } };
}
export async function latencyRound(target: Target, name: string, options: Options): Promise<LatencyResult> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-latency-'));
  const topic = await createTopic(target.port, name, options.partitions);
  try {
    const spec = await latencySpec(topic, recordBytes, options.acks);
    const file = join(directory, 'spec');
    writeNumbered(
      file,
      spec.frames.map(({ connection, bytes }) => ({ number: connection, bytes })),
    );
    const times = [options.warmUpSeconds * 1000, options.seconds * 1000];
    const numbers = [options.partitions, options.rate, ...times, spec.offsetAt, spec.recordsAt, spec.errorAt];
    const args = [file, '127.0.0.1', String(target.port), ...numbers.map(String)];
    return (await runProgram(compile('load/latency.c'), args)) as LatencyResult;
  } finally {
    await deleteTopic(target.port, topic);
    rmSync(directory, { recursive: true, force: true });
  }
}
