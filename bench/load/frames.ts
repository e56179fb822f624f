/** Requests built before a run, and the answers to them that the sink gives. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { type Batch, type BatchShape, batchOf } from './batches.ts';
import type { Topic } from './topics.ts';
import { encodeAnswer, encodeFrame } from './wire-client.ts';

/** The client holds them all. */
const maxFrameBytes = 512 * 1024 * 1024;

const produceKey = 0;
const fetchKey = 1;

/** Versions that today's clients speak with Apache Kafka 4.3: topics by id. */
const loadVersions = { produce: 13, fetch: 17 } as const;

export interface FrameSet {
  /** A frame and the connection that sends it, round and round with the others of that connection. */
  readonly frames: readonly { readonly connection: number; readonly bytes: Buffer }[];
  /** Answers by the number that stands in a frame's client id. */
  readonly answers: readonly Buffer[];
  /** Where an answer has its first error code. */
  readonly errorAt: number;
}

export interface ProduceLoad {
  readonly topic: Topic;
  readonly connections: number;
  readonly shape: BatchShape;
  readonly acks: number;
  /** Nodes that lead partitions in turn, and that the connections go to in turn; one unless given. */
  readonly nodes?: number;
}

/** One batch a request, over all partitions of the connection's node in turn; each connection begins at another one. */
export async function produceFrames(load: ProduceLoad): Promise<FrameSet> {
  const { topic, connections, acks, nodes = 1 } = load;
  const byPartition: Buffer[] = [];
  for (let index = 0; index < topic.partitions; index++) {
    const { bytes } = await batchOf(load.shape, index);
    byPartition.push(await produceFrame(topic, index, bytes, acks));
  }
  const frames = [];
  for (let connection = 0; connection < connections; connection++) {
    for (let i = 0; i < topic.partitions; i++) {
      const partition = (connection + i) % topic.partitions;
      if (partition % nodes === connection % nodes) frames.push({ connection, bytes: byPartition[partition] });
    }
  }
  const answers = [];
  for (let index = 0; index < topic.partitions; index++) answers.push(await produceAnswer(topic, index, 0));
  const errorAt = acks === 0 ? 0 : whereTheyDiffer(answers[0], await produceAnswer(topic, 0, 1));
  return { frames, answers, errorAt };
}

export function produceFrame(topic: Topic, index: number, records: Uint8Array, acks: number): Promise<Buffer> {
  const body = {
    acks,
    timeoutMs: 30_000,
    topicData: [{ name: topic.name, topicId: topic.id, partitionData: [{ index, records }] }],
  };
  return encodeFrame(produceKey, loadVersions.produce, acks === 0 ? '-1' : String(index), body);
}

function produceAnswer(topic: Topic, index: number, errorCode: number): Promise<Buffer> {
  const partitionResponses = [{ index, errorCode, baseOffset: 0n, logStartOffset: 0n }];
  const responses = [{ name: topic.name, topicId: topic.id, partitionResponses }];
  return encodeAnswer(produceKey, loadVersions.produce, { responses });
}

export interface FetchLoad {
  readonly topic: Topic;
  readonly connections: number;
  readonly partitionBytes: number;
  /** How the topic was filled: equal batches, so many a partition. */
  readonly batch: Batch;
  readonly batches: number;
}

/** Each connection reads its share of the partitions from beginning to end, again and again. */
export async function fetchFrames(load: FetchLoad): Promise<FrameSet> {
  const { connections, batch } = load;
  const step = Math.max(1, Math.floor(load.partitionBytes / batch.bytes.length));
  const frames = [];
  for (let connection = 0; connection < connections; connection++) {
    for (let at = 0; at + step <= load.batches; at += step) {
      frames.push({ connection, bytes: await fetchFrame(load, connection, at * batch.records) });
    }
  }
  const answers = [];
  for (let connection = 0; connection < connections; connection++)
    answers.push(await fetchAnswer(load, connection, step, 0));
  return { frames, answers, errorAt: whereTheyDiffer(answers[0], await fetchAnswer(load, 0, step, 1)) };
}

function share(load: FetchLoad, connection: number): number[] {
  const all = Array.from({ length: load.topic.partitions }, (_, index) => index);
  return all.filter((index) => index % load.connections === connection % load.topic.partitions);
}

function fetchFrame(load: FetchLoad, connection: number, offset: number): Promise<Buffer> {
  const partitions = share(load, connection).map((partition) => ({
    partition,
    currentLeaderEpoch: -1,
    fetchOffset: BigInt(offset),
    lastFetchedEpoch: -1,
    logStartOffset: -1n,
    partitionMaxBytes: load.partitionBytes,
  }));
  const body = {
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: 55 * 1024 * 1024,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ topic: load.topic.name, topicId: load.topic.id, partitions }],
    forgottenTopicsData: [],
    rackId: '',
  };
  return encodeFrame(fetchKey, loadVersions.fetch, String(connection), body);
}

function fetchAnswer(load: FetchLoad, connection: number, batches: number, errorCode: number): Promise<Buffer> {
  const records = Buffer.concat(Array.from({ length: batches }, () => load.batch.bytes));
  const partitions = share(load, connection).map((partitionIndex) => ({
    partitionIndex,
    errorCode,
    highWatermark: 1n,
    lastStableOffset: 1n,
    logStartOffset: 0n,
    abortedTransactions: null,
    preferredReadReplica: -1,
    records,
  }));
  const responses = [{ topic: load.topic.name, topicId: load.topic.id, partitions }];
  return encodeAnswer(fetchKey, loadVersions.fetch, { responses });
}

export interface LatencySpec {
  /** For each partition the produce frame of one record, then the fetch frame. */
  readonly frames: FrameSet['frames'];
  readonly offsetAt: number;
  readonly recordsAt: number;
  readonly errorAt: number;
}

/** The last version of Fetch in which every field of an answer lies at a fixed place. */
const fixedFetchVersion = 11;

export async function latencySpec(topic: Topic, recordBytes: number, acks: number): Promise<LatencySpec> {
  const frames = [];
  for (let connection = 0; connection < topic.partitions; connection++) {
    const { bytes } = await batchOf({ recordBytes, records: 1 }, connection);
    frames.push({ connection, bytes: await produceFrame(topic, connection, bytes, acks) });
    frames.push({ connection, bytes: await tailFrame(topic, connection, 0) });
  }
  const short = await tailAnswer(topic, 1);
  const long = await tailAnswer(topic, 2);
  // The size in front differs too: the length of the records is what differs next.
  const recordsAt = whereTheyDiffer(short.subarray(4), long.subarray(4)) + 4 - 2;
  const offsetAt = whereTheyDiffer(await tailFrame(topic, 0, 0), await tailFrame(topic, 0, 1)) - 6;
  const errorAt = whereTheyDiffer(await produceAnswer(topic, 0, 0), await produceAnswer(topic, 0, 1));
  return { frames, offsetAt, recordsAt, errorAt };
}

function tailFrame(topic: Topic, partition: number, offset: number): Promise<Buffer> {
  const partitions = [
    {
      partition,
      currentLeaderEpoch: -1,
      fetchOffset: BigInt(offset),
      logStartOffset: -1n,
      partitionMaxBytes: 1024 * 1024,
    },
  ];
  const limits = {
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: 1024 * 1024,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
  };
  const body = {
    ...limits,
    replicaId: -1,
    topics: [{ topic: topic.name, partitions }],
    forgottenTopicsData: [],
    rackId: '',
  };
  return encodeFrame(fetchKey, fixedFetchVersion, 'latency', body);
}

function tailAnswer(topic: Topic, recordsLength: number): Promise<Buffer> {
  const partitions = [
    { partitionIndex: 0, abortedTransactions: null, preferredReadReplica: -1, records: new Uint8Array(recordsLength) },
  ];
  return encodeAnswer(fetchKey, fixedFetchVersion, { responses: [{ topic: topic.name, partitions }] });
}

/** Where two answers differ that are the same but for an error code of 0 and 1: its second byte. */
export function whereTheyDiffer(good: Buffer, bad: Buffer): number {
  for (let at = 0; at < good.length; at++) if (good[at] !== bad[at]) return at - 1;
  throw new Error('the answers do not differ');
}

/** What the load client reads: each different frame once, then which connection sends which. See client.c. */
export function writeFrames(path: string, frames: FrameSet['frames']): void {
  const unique = [...new Set(frames.map(({ bytes }) => bytes))];
  const bytesOfAll = unique.reduce((sum, { length }) => sum + length, 0);
  if (bytesOfAll > maxFrameBytes) throw new Error(`${bytesOfAll} bytes of frames: at most ${maxFrameBytes}`);
  const numbers = new Map(unique.map((bytes, number) => [bytes, number]));
  const turns = new Uint32Array(frames.flatMap(({ connection, bytes }) => [connection, numbers.get(bytes)!]));
  const file = openSync(path, 'w');
  try {
    writeSync(file, new Uint32Array([unique.length]));
    for (const bytes of unique) {
      writeSync(file, new Uint32Array([bytes.length]));
      writeSync(file, bytes);
    }
    writeSync(file, turns);
  } finally {
    closeSync(file);
  }
}

/** Writes (u32 number, u32 length, bytes) in this machine's byte order, as the sink and the latency client read it. */
export function writeNumbered(
  path: string,
  list: readonly { readonly number: number; readonly bytes: Buffer }[],
): void {
  const parts = list.flatMap(({ number, bytes }) => {
    const head = new Uint32Array([number, bytes.length]);
    return [Buffer.from(head.buffer), bytes];
  });
  writeFileSync(path, Buffer.concat(parts));
}
