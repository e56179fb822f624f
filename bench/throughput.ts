/** Produce and fetch: as much as goes, over fresh connections each round, the brokers in turn. */
import { readdirSync } from 'node:fs';
import { type Broker, startBrokers, stopBrokers } from './brokers.ts';
import { type Batch, buildBatch, type FrameSet, fetchFrames, produceFrames } from './load/frames.ts';
import { type Round, runClient } from './load/run-client.ts';
import { createTopic, deleteTopic, fillTopic, type Topic } from './load/topics.ts';
import type { Options, WorkloadName } from './options.ts';
import type { Counters } from './peer/ours.ts';
import type { Figures, RunResult } from './report.ts';
import { startSink } from './sink/sink.ts';
import type { Target } from './target.ts';

interface Shape {
  readonly isFetch: boolean;
  readonly recordBytes: number;
  readonly batchBytes: number;
  readonly connections: number;
  readonly inFlight: number;
}

const produce = { isFetch: false, connections: 4, inFlight: 10 };
const fetchedPartitionBytes = 1024 * 1024;
/** Each partition is filled with so many full answers. */
const filledAnswers = 48;

const throughputShapes: Partial<Record<WorkloadName, Shape>> = {
  'produce-64k': { ...produce, recordBytes: 100, batchBytes: 65_536 },
  'produce-1m': { ...produce, recordBytes: 1000, batchBytes: 1_000_000 },
  'produce-10': { ...produce, recordBytes: 100, batchBytes: 61 + 10 * 107, inFlight: 5 },
  'produce-1': { ...produce, recordBytes: 100, batchBytes: 1, inFlight: 5 },
  fetch: { isFetch: true, recordBytes: 100, batchBytes: 65_536, connections: 2, inFlight: 1 },
};

export async function runThroughput(workload: WorkloadName, options: Options): Promise<RunResult> {
  const named = throughputShapes[workload];
  if (named === undefined) throw new Error(`${workload} is not a throughput workload`);
  const shape: Shape = {
    ...named,
    connections: options.connections ?? named.connections,
    inFlight: options.inFlight ?? named.inFlight,
  };
  const batch = buildBatch(shape, 0);
  const rounds: RunResult['rounds'][number][] = [];
  const brokers = await startBrokers(options);
  let counters: Counters | null = null;
  try {
    for (let round = 0; round < options.rounds; round++) {
      for (const broker of brokers) {
        const result = await brokerRound(broker, shape, batch, `bench-${round}`, options);
        rounds.push({ target: broker.target.name, figures: figures(result, shape, batch) });
      }
      if (options.sink) {
        const result = await sinkRound(shape, batch, options);
        rounds.push({ target: 'sink', figures: figures(result, shape, batch) });
      }
    }
  } finally {
    counters = await stopBrokers(brokers);
  }
  return { workload, rounds, details: { shape, counters } };
}

async function brokerRound(broker: Broker, shape: Shape, batch: Batch, name: string, options: Options): Promise<Round> {
  const { target, files } = broker;
  const topic = await createTopic(target.port, name, options.partitions);
  try {
    if (shape.isFetch) await fillTopic(target.port, topic, batch, batchesOf(batch));
    return await load(target, await framesOf(shape, batch, topic, options), shape, options);
  } finally {
    await deleteTopic(target.port, topic);
    await untilGone(files.data, name);
  }
}

async function sinkRound(shape: Shape, batch: Batch, options: Options): Promise<Round> {
  const topic: Topic = { name: 'bench', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: options.partitions };
  const frames = await framesOf(shape, batch, topic, options);
  const sink = await startSink(frames);
  try {
    return await load(sink, frames, shape, { ...options, maxGb: Number.POSITIVE_INFINITY });
  } finally {
    await sink.stop();
  }
}

function batchesOf(batch: Batch): number {
  return filledAnswers * Math.max(1, Math.floor(fetchedPartitionBytes / batch.bytes.length));
}

function framesOf(shape: Shape, batch: Batch, topic: Topic, options: Options): Promise<FrameSet> {
  const { connections } = shape;
  if (!shape.isFetch) return produceFrames({ topic, connections, shape, acks: options.acks });
  return fetchFrames({ topic, connections, partitionBytes: fetchedPartitionBytes, batch, batches: batchesOf(batch) });
}

function load(target: Target, frames: FrameSet, shape: Shape, options: Options): Promise<Round> {
  return runClient(target, frames, {
    connections: shape.connections,
    threads: Math.min(options.threads, shape.connections),
    inFlight: shape.inFlight,
    warmUpMs: options.warmUpSeconds * 1000,
    durationMs: options.seconds * 1000,
    // Fetches store nothing: only time ends them.
    maxBytes: shape.isFetch || !Number.isFinite(options.maxGb) ? Number.MAX_SAFE_INTEGER : options.maxGb * 1e9,
    acks: shape.isFetch ? 1 : options.acks,
    gather: options.gather,
  });
}

function figures(round: Round, shape: Shape, batch: Batch): Figures {
  const bytes = shape.isFetch ? round.bytesReceived : round.bytesSent;
  const allBytes = shape.isFetch ? round.allBytesReceived : round.allBytesSent;
  const common = {
    'MB/s': bytes / round.seconds / 1e6,
    'requests/s': round.requests / round.seconds,
    'broker CPU s/GB': round.brokerCpuSeconds / (allBytes / 1e9),
    'client CPU s/GB': round.clientCpuSeconds / (allBytes / 1e9),
    'p50 us': round.latencyUs.p50,
    'p99 us': round.latencyUs.p99,
  };
  return shape.isFetch ? common : { ...common, 'records/s': (round.requests * batch.records) / round.seconds };
}

/** Waits until the topic's files are gone, so that memory for the next round is free; for so long at most. */
async function untilGone(data: string, topic: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (!readdirSync(data).some((name) => name.startsWith(`${topic}-`))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
