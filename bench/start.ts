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
import type { RunResult } from './report.ts';
import type { Target } from './target.ts';

type BrokerName = 'ours' | 'peer';

const asked = (options: Options): BrokerName[] => (['ours', 'peer'] as const).filter((name) => options[name]);

/**
 * Cold: an empty directory (formatted beforehand where the broker needs that) and, for ours, an empty compile cache.
 * Warm: the same directory and cache again, after a clean stop.
 */
export async function runStart(options: Options): Promise<RunResult> {
  const rounds: RunResult['rounds'][number][] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const name of asked(options)) {
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

export async function runMemory(options: Options): Promise<RunResult> {
  const rounds: RunResult['rounds'][number][] = [];
  const shape = { recordBytes: 100, batchBytes: 65_536 };
  for (const name of asked(options)) {
    const { target } = await startBroker(name, options);
    try {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      const idle = residentMb(target.pid);
      const topic = await createTopic(target.port, 'bench', options.partitions);
      const connections = options.connections ?? 4;
      const frames = await produceFrames({ topic, connections, shape, acks: options.acks });
      const load = { connections, threads: 1, inFlight: 10, warmUpMs: 0, durationMs: options.seconds * 1000 };
      await runClient(target, frames, {
        ...load,
        maxBytes: options.maxGb * 1e9,
        acks: options.acks,
        gather: options.gather,
      });
      rounds.push({ target: name, figures: { 'idle MB': idle, 'after load MB': residentMb(target.pid) } });
    } finally {
      await target.stop();
    }
  }
  return { workload: 'memory', rounds, details: {} };
}
