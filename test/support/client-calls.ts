/** The few calls that tests of a running node make, over PipelinedClient. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import type { InitProducerIdResponse } from '#engine/protocol/generated/init-producer-id-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { BatchBuilder, type BatchOptions } from '#engine/protocol/records/batch-builder.ts';
import { RecordCursor } from '#engine/protocol/records/record-cursor.ts';
import { checksum } from '#native/checksum.ts';
import { PipelinedClient } from './pipelined-client.ts';

export const versions = { produce: 11, fetch: 12, createTopics: 7, initProducerId: 4, alterConfigs: 1 } as const;

export async function createTopic(
  port: number,
  name: string,
  partitions: number,
  configs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const client = await PipelinedClient.connect(port);
  const response = await client.call<CreateTopicsResponse>(19, versions.createTopics, {
    topics: [
      {
        name,
        numPartitions: partitions,
        replicationFactor: 1,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 30_000,
    validateOnly: false,
  });
  client.close();
  const { errorCode, errorMessage } = response.topics[0]!;
  if (errorCode !== 0) throw new Error(`${name} could not be created: ${errorCode} ${errorMessage}`);
}

export function batchOf(values: readonly Uint8Array[], options: BatchOptions = {}): Uint8Array {
  const builder = new BatchBuilder(options);
  for (const value of values) builder.append(Date.now(), null, value);
  return builder.build(checksum);
}

export interface PartitionBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: Uint8Array;
}

export async function produce(
  client: PipelinedClient,
  batches: readonly PartitionBatch[],
  acks = -1,
): Promise<ProduceResponse> {
  return client.call<ProduceResponse>(0, versions.produce, produceMessage(batches, acks));
}

export function produceMessage(batches: readonly PartitionBatch[], acks = -1): object {
  const topics = new Map<string, { index: number; records: Uint8Array }[]>();
  for (const { topic, partition, records } of batches) {
    const known = topics.get(topic) ?? [];
    known.push({ index: partition, records });
    topics.set(topic, known);
  }
  return {
    transactionalId: null,
    acks,
    timeoutMs: 30_000,
    topicData: [...topics].map(([name, partitionData]) => ({ name, partitionData })),
  };
}

export interface FetchOptions {
  readonly minBytes?: number;
  readonly maxWaitMs?: number;
  readonly maxBytes?: number;
  readonly partitionMaxBytes?: number;
}

export function fetchMessage(
  topic: string,
  offsets: ReadonlyMap<number, number>,
  { minBytes = 1, maxWaitMs = 500, maxBytes = 50 * 1024 * 1024, partitionMaxBytes = 1024 * 1024 }: FetchOptions = {},
): object {
  return {
    replicaId: -1,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      {
        topic,
        partitions: [...offsets].map(([partition, offset]) => ({
          partition,
          currentLeaderEpoch: -1,
          fetchOffset: BigInt(offset),
          lastFetchedEpoch: -1,
          logStartOffset: -1n,
          partitionMaxBytes,
        })),
      },
    ],
    forgottenTopicsData: [],
    rackId: '',
  };
}

export function fetch(
  client: PipelinedClient,
  topic: string,
  offsets: ReadonlyMap<number, number>,
  options: FetchOptions = {},
): Promise<FetchResponse> {
  return client.call<FetchResponse>(1, versions.fetch, fetchMessage(topic, offsets, options));
}

/** Every value of a partition, in the order of the log, with a check that offsets are dense. */
export async function readAll(port: number, topic: string, partition: number): Promise<Buffer[]> {
  const client = await PipelinedClient.connect(port);
  const values: Buffer[] = [];
  const deadline = performance.now() + 30_000;
  for (;;) {
    const response = await fetch(client, topic, new Map([[partition, values.length]]), { maxWaitMs: 0 });
    const found = response.responses[0]!.partitions[0]!;
    if (found.errorCode !== 0) {
      if (performance.now() > deadline) throw new Error(`fetching ends in error ${found.errorCode}`);
      await sleep(50);
      continue;
    }
    const before = values.length;
    for (const { offset, value } of recordsIn(found.records ?? new Uint8Array(0))) {
      if (offset < values.length) continue;
      if (offset > values.length) throw new Error(`offset ${values.length} is missing, ${offset} follows`);
      values.push(value);
    }
    if (values.length === before && BigInt(values.length) >= found.highWatermark) break;
  }
  client.close();
  return values;
}

export function recordsIn(bytes: Uint8Array): { offset: number; value: Buffer }[] {
  const records: { offset: number; value: Buffer }[] = [];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 61 <= buffer.length; ) {
    const end = at + 12 + buffer.readInt32BE(at + 8);
    if (end > buffer.length) break;
    const baseOffset = Number(buffer.readBigInt64BE(at));
    const cursor = new RecordCursor();
    cursor.openBatch(bytes, at);
    while (cursor.next()) {
      records.push({
        offset: baseOffset + cursor.offsetDelta,
        value: Buffer.from(bytes.slice(cursor.valueAt, cursor.valueAt + cursor.valueLength)),
      });
    }
    at = end;
  }
  return records;
}

export async function newProducerId(port: number): Promise<{ producerId: bigint; producerEpoch: number }> {
  const client = await PipelinedClient.connect(port);
  for (;;) {
    const response = await client.call<InitProducerIdResponse>(22, versions.initProducerId, {
      transactionalId: null,
      transactionTimeoutMs: 60_000,
      producerId: -1n,
      producerEpoch: -1,
    });
    if (response.errorCode === 0) {
      client.close();
      return { producerId: response.producerId, producerEpoch: response.producerEpoch };
    }
    await sleep(20);
  }
}
