/** Produce and fetch: rounds of one load, over a fresh topic and fresh connections each, the brokers in turn. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Broker } from './brokers.ts';
import { type Batch, type BatchShape, batchOf } from './load/batches.ts';
import { type FrameSet, fetchFrames, produceFrames } from './load/frames.ts';
import { type Round, runClient } from './load/run-client.ts';
import { createTopic, deleteTopic, fillTopic, type Topic } from './load/topics.ts';
import type { Options } from './options.ts';
import { logRoot } from './peer/node-properties.ts';
import type { Progress } from './progress.ts';
import type { Figures, RunResult } from './report.ts';
import { inTurn } from './rounds.ts';
import { startSink } from './sink/sink.ts';
import type { Target } from './target.ts';

export interface Load {
  readonly isFetch: boolean;
  readonly batch: BatchShape;
  readonly connections: number;
  readonly inFlight: number;
  readonly partitions: number;
  readonly acks: number;
  readonly topicConfigs: Readonly<Record<string, string>>;
  /** Requests a second of each connection; 0: as much as goes. */
  readonly rate: number;
}

const fetchedPartitionBytes = 1024 * 1024;
/** The topic is filled with so many full answers, spread over its partitions. */
const filledAnswers = 288;

export async function loadRounds(
  brokers: readonly Broker[],
  load: Load,
  options: Options,
  progress: Progress,
): Promise<RunResult['rounds']> {
  const rounds: RunResult['rounds'][number][] = [];
  const batch = await batchOf(load.batch, 0);
  for (let round = -options.firstRounds; round < options.rounds; round++) {
    for (const broker of inTurn(brokers, round)) {
      progress.round(broker.target.name, round, options.rounds);
      const result = await brokerRound(broker, load, batch, `bench${round}`, options);
      if (round >= 0) rounds.push({ target: broker.target.name, figures: figures(result, load, batch) });
    }
    if (options.sink && round >= 0) {
      progress.round('sink', round, options.rounds);
      rounds.push({ target: 'sink', figures: figures(await sinkRound(load, batch, options), load, batch) });
    }
  }
  return rounds;
}

async function brokerRound(broker: Broker, load: Load, batch: Batch, name: string, options: Options): Promise<Round> {
  const { target, files } = broker;
  const topic = await createTopic(target.port, name, load.partitions, load.topicConfigs);
  try {
    if (load.isFetch) await fillTopic(target.port, topic, batch, batchesOf(load, batch));
    return await run(target, await framesOf(load, batch, topic), load, options);
  } finally {
    await deleteTopic(target.port, topic);
    await untilGone(files.data, name);
  }
}

async function sinkRound(load: Load, batch: Batch, options: Options): Promise<Round> {
  const topic: Topic = { name: 'bench', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: load.partitions };
  const frames = await framesOf(load, batch, topic);
  const storedIn = options.sinkStores && !load.isFetch ? mkdtempSync(join(logRoot(options.logRoot), 'sink-')) : null;
  const sink = await startSink(frames, storedIn);
  try {
    return await run(sink, frames, load, storedIn === null ? { ...options, maxGb: Number.POSITIVE_INFINITY } : options);
  } finally {
    await sink.stop();
    if (storedIn !== null) rmSync(storedIn, { recursive: true });
  }
}

function batchesOf(load: Load, batch: Batch): number {
  const answers = Math.max(4, Math.floor(filledAnswers / load.partitions));
  return answers * Math.max(1, Math.floor(fetchedPartitionBytes / batch.bytes.length));
}

function framesOf(load: Load, batch: Batch, topic: Topic): Promise<FrameSet> {
  const { connections } = load;
  if (!load.isFetch) return produceFrames({ topic, connections, shape: load.batch, acks: load.acks });
  const batches = batchesOf(load, batch);
  return fetchFrames({ topic, connections, partitionBytes: fetchedPartitionBytes, batch, batches });
}

function run(target: Target, frames: FrameSet, load: Load, options: Options): Promise<Round> {
  // Fetches store nothing, and a rate has an end of its own: only time ends them.
  const isEndless = load.isFetch || load.rate > 0 || !Number.isFinite(options.maxGb);
  return runClient(target, frames, {
    connections: load.connections,
    threads: Math.min(options.threads, load.connections),
    inFlight: load.inFlight,
    warmUpMs: options.warmUpSeconds * 1000,
    durationMs: options.seconds * 1000,
    maxBytes: isEndless ? Number.MAX_SAFE_INTEGER : options.maxGb * 1e9,
    acks: load.isFetch ? 1 : load.acks,
    gather: options.gather,
    rate: load.rate,
  });
}

function figures(round: Round, load: Load, batch: Batch): Figures {
  const { p50, p99, p999, max } = round.latencyUs;
  const requests = { 'requests/s': round.requests / round.seconds };
  if (load.rate > 0) {
    return {
      'p50 us': p50,
      'p99 us': p99,
      'p99.9 us': p999,
      'max us': max,
      ...requests,
      'broker CPU s/s': round.brokerCpuSeconds / round.allSeconds,
    };
  }
  const bytes = load.isFetch ? round.bytesReceived : round.bytesSent;
  const allBytes = load.isFetch ? round.allBytesReceived : round.allBytesSent;
  const common = {
    'MB/s': bytes / round.seconds / 1e6,
    ...requests,
    'broker CPU s/GB': round.brokerCpuSeconds / (allBytes / 1e9),
    'client CPU s/GB': round.clientCpuSeconds / (allBytes / 1e9),
    // Without answers there is nothing to wait for.
    ...(load.acks === 0 && !load.isFetch ? {} : { 'p50 us': p50, 'p99 us': p99 }),
  };
  return load.isFetch ? common : { ...common, 'records/s': (round.requests * batch.records) / round.seconds };
}

/** Waits until the topic's files are gone, so that memory for the next round is free; for so long at most. */
async function untilGone(data: string, topic: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (!readdirSync(data).some((name) => name.startsWith(`${topic}-`))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
