/** Time from exec to the first answer, cold and warm, and memory idle and after load. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from './brokers.ts';
import { produceFrames } from './load/frames.ts';
import { runClient } from './load/run-client.ts';
import { createTopic } from './load/topics.ts';
import type { Options } from './options.ts';
import { formatApache, startApache } from './peer/apache.ts';
import { logRoot, writeNodeFiles } from './peer/node-properties.ts';
import { startOurs } from './peer/ours.ts';
import { residentMb } from './process-stats.ts';
import type { Progress } from './progress.ts';
import type { Figures, RunResult } from './report.ts';
import { inTurn } from './rounds.ts';
import type { Target } from './target.ts';

const asked = (options: Options, round: number) =>
  inTurn(
    (['ours', 'peer'] as const).filter((name) => options[name]),
    round,
  );

/** After the first answer there is still something to do. */
const idleMs = 2000;

/**
 * Cold: an empty directory (formatted beforehand where the broker needs that) and, for ours, an empty compile cache.
 * Warm: the same directory and cache again, after a clean stop.
 */
export async function runStart(options: Options, progress: Progress): Promise<RunResult> {
  const rounds: RunResult['rounds'][number][] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const name of asked(options, round)) {
      progress.round(name, round, options.rounds);
      const files = await writeNodeFiles(logRoot(options.logRoot), options.properties);
      const cache = mkdtempSync(join(tmpdir(), 'millrace-compile-cache-'));
      try {
        if (name === 'peer') formatApache(files);
        const start = () => (name === 'ours' ? startOurs(files, cache) : startApache(files));
        const cold = await timed(start);
        const warm = await timed(start);
        rounds.push({ target: name, figures: { 'cold ms': cold, 'warm ms': warm } });
      } finally {
        rmSync(cache, { recursive: true, force: true });
        rmSync(files.directory, { recursive: true, force: true });
      }
    }
  }
  return { workload: 'start', rounds, details: {} };
}

/** Starts, stops cleanly, and leaves the files. */
async function timed(start: () => Promise<Target>): Promise<number> {
  const target = await start();
  // A moment of quiet, so that what comes after the first answer is written too.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await target.stop(true);
  return target.startMs ?? Number.NaN;
}

/** It differs little from one round to the next: few of them will do where the whole suite is to be short. */
export const memoryRounds = ({ rounds, full, workloads }: Options): number =>
  full || workloads.length > 0 ? rounds : Math.min(rounds, 5);

/** The whole process: idle after a start, after a load of 64 KB batches, and at its highest. */
export async function runMemory(options: Options, progress: Progress): Promise<RunResult> {
  const rounds: RunResult['rounds'][number][] = [];
  for (let round = 0; round < memoryRounds(options); round++) {
    for (const name of asked(options, round)) {
      progress.round(name, round, memoryRounds(options));
      const { target } = await startBroker(name, options);
      try {
        rounds.push({ target: name, figures: await memoryRound(target, options) });
      } finally {
        await target.stop();
      }
    }
  }
  return { workload: 'memory', rounds, details: {} };
}

async function memoryRound(target: Target, options: Options): Promise<Figures> {
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  const idle = residentMb(target.pid);
  const topic = await createTopic(target.port, 'bench', options.partitions);
  const connections = options.connections ?? 4;
  const shape = { recordBytes: 100, batchBytes: 65_536 };
  const frames = await produceFrames({ topic, connections, shape, acks: options.acks });
  await runClient(target, frames, {
    connections,
    threads: 1,
    inFlight: 10,
    warmUpMs: 0,
    durationMs: options.seconds * 1000,
    maxBytes: options.maxGb * 1e9,
    acks: options.acks,
    gather: options.gather,
  });
  const after = residentMb(target.pid);
  return { 'idle MB': idle.now, 'after load MB': after.now, 'peak MB': after.peak };
}
