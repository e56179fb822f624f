/** What tests of storage ask of a node, one request at a time. */
import { apiKey } from '#engine/protocol/api-table.ts';
import type { AlterReplicaLogDirsResponse } from '#engine/protocol/generated/alter-replica-log-dirs-response.js';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DeleteRecordsResponse } from '#engine/protocol/generated/delete-records-response.js';
import type { DeleteTopicsResponse } from '#engine/protocol/generated/delete-topics-response.js';
import type { DescribeLogDirsResponse } from '#engine/protocol/generated/describe-log-dirs-response.js';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import type { IncrementalAlterConfigsResponse } from '#engine/protocol/generated/incremental-alter-configs-response.js';
import type { ListOffsetsResponse } from '#engine/protocol/generated/list-offsets-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import type { PartitionProduceResponse, ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { testBatch } from './log-fixture.ts';
import { type ReadRecord, readPartition } from './read-partition.ts';
import { until } from './until.ts';
import { WireClient } from './wire-client.ts';

export class StorageClient {
  readonly wire: WireClient;

  private constructor(wire: WireClient) {
    this.wire = wire;
  }

  /** Connects, and disconnects when the test is over. */
  static async connect(port: number, t: { after(run: () => void): void }): Promise<StorageClient> {
    const wire = await WireClient.connect(port);
    t.after(() => wire.close());
    return new StorageClient(wire);
  }

  /** Over a connection that is the caller's to close. */
  static over(wire: WireClient): StorageClient {
    return new StorageClient(wire);
  }

  /** Answers the error code; a topic that is still being deleted is tried again. */
  async createTopic(name: string, numPartitions = 1, configs: Readonly<Record<string, string>> = {}): Promise<number> {
    const topic = {
      name,
      numPartitions,
      replicationFactor: 1,
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    };
    return (await this.createTopics([topic]))[0]!;
  }

  async createTopics(topics: readonly object[]): Promise<number[]> {
    const answer = await this.wire.call(apiKey.CreateTopics, 7, { topics, timeoutMs: 30_000, validateOnly: false });
    return (answer as CreateTopicsResponse).topics.map(({ errorCode }) => errorCode);
  }

  async deleteTopics(names: readonly string[]): Promise<number[]> {
    const topics = names.map((name) => ({ name }));
    const answer = await this.wire.call(apiKey.DeleteTopics, 6, { topics, timeoutMs: 30_000 });
    return (answer as DeleteTopicsResponse).responses.map(({ errorCode }) => errorCode);
  }

  /** One batch of values, one of `count` records of `valueBytes`, or ready bytes. */
  async produce(
    name: string,
    index: number,
    batch: Uint8Array | { readonly count?: number; readonly valueBytes?: number } = {},
    acks = -1,
  ): Promise<PartitionProduceResponse> {
    const records = batch instanceof Uint8Array ? batch : testBatch({ ...batch, timestampMs: Date.now() });
    const answer = (await this.wire.call(apiKey.Produce, 12, {
      transactionalId: null,
      acks,
      timeoutMs: 30_000,
      topicData: [{ name, partitionData: [{ index, records }] }],
    })) as ProduceResponse;
    return answer.responses[0]!.partitionResponses[0]!;
  }

  read(topic: string, partition = 0, offset = 0): Promise<ReadRecord[]> {
    return readPartition(this.wire, topic, partition, offset);
  }

  /** Error code of a fetch at `offset`. */
  async fetchError(topic: string, partition: number, offset = 0): Promise<number> {
    const asked = { partition, fetchOffset: BigInt(offset), partitionMaxBytes: 1 << 20 };
    const topics = [{ topic, partitions: [asked] }];
    const body = { maxWaitMs: 0, minBytes: 0, sessionEpoch: -1, topics };
    const answer = (await this.wire.call(apiKey.Fetch, 12, body)) as FetchResponse;
    return answer.responses[0]!.partitions[0]!.errorCode;
  }

  /** -1: nobody leads it. */
  async leader(name: string, partition: number): Promise<number> {
    const answer = (await this.wire.call(apiKey.Metadata, 12, { topics: [{ name }] })) as MetadataResponse;
    return answer.topics[0]!.partitions.find(({ partitionIndex }) => partitionIndex === partition)!.leaderId;
  }

  /** `timestamp` -2: the log start, -1: its end. */
  async offset(topic: string, partition: number, timestamp: number): Promise<number> {
    const partitions = [{ partitionIndex: partition, currentLeaderEpoch: -1, timestamp: BigInt(timestamp) }];
    const body = { replicaId: -1, isolationLevel: 0, topics: [{ name: topic, partitions }] };
    const answer = (await this.wire.call(apiKey.ListOffsets, 7, body)) as ListOffsetsResponse;
    const found = answer.topics[0]!.partitions[0]!;
    if (found.errorCode !== 0) throw new Error(`ListOffsets of ${topic}-${partition}: error ${found.errorCode}`);
    return Number(found.offset);
  }

  async deleteRecords(topic: string, partition: number, before: number): Promise<{ code: number; low: number }> {
    const partitions = [{ partitionIndex: partition, offset: BigInt(before) }];
    const body = { topics: [{ name: topic, partitions }], timeoutMs: 30_000 };
    const answer = (await this.wire.call(apiKey.DeleteRecords, 2, body)) as DeleteRecordsResponse;
    const { errorCode, lowWatermark } = answer.topics[0]!.partitions[0]!;
    return { code: errorCode, low: Number(lowWatermark) };
  }

  async configure(topic: string, configs: Readonly<Record<string, string>>): Promise<number> {
    const changes = Object.entries(configs).map(([name, value]) => ({ name, configOperation: 0, value }));
    const resources = [{ resourceType: 2, resourceName: topic, configs: changes }];
    const body = { resources, validateOnly: false };
    const answer = await this.wire.call(apiKey.IncrementalAlterConfigs, 1, body);
    return (answer as IncrementalAlterConfigsResponse).responses[0]!.errorCode;
  }

  /** Error codes by partition. */
  async moveLogs(path: string, topic: string, partitions: readonly number[]): Promise<number[]> {
    const dirs = [{ path, topics: [{ name: topic, partitions }] }];
    const answer = await this.wire.call(apiKey.AlterReplicaLogDirs, 2, { dirs });
    const found = (answer as AlterReplicaLogDirsResponse).results.flatMap((result) => result.partitions);
    return partitions.map((index) => found.find(({ partitionIndex }) => partitionIndex === index)!.errorCode);
  }

  /** `broker`: its id; of all of them otherwise. */
  async setBrokerConfig(name: string, value: string, broker = ''): Promise<number> {
    const resources = [{ resourceType: 4, resourceName: broker, configs: [{ name, configOperation: 0, value }] }];
    const answer = await this.wire.call(apiKey.IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    return (answer as IncrementalAlterConfigsResponse).responses[0]!.errorCode;
  }

  /** Where a partition's log lies, and (`future`) where it is moved to. */
  async placeOf(topic: string, partition: number): Promise<{ current: string | null; future: string | null }> {
    const place: { current: string | null; future: string | null } = { current: null, future: null };
    for (const { logDir, topics } of await this.logDirs()) {
      for (const { name, partitions } of topics) {
        const found = name === topic ? partitions.filter(({ partitionIndex }) => partitionIndex === partition) : [];
        for (const { isFutureKey } of found) place[isFutureKey ? 'future' : 'current'] = logDir;
      }
    }
    return place;
  }

  async logDirs(): Promise<DescribeLogDirsResponse['results']> {
    const answer = await this.wire.call(apiKey.DescribeLogDirs, 4, { topics: null });
    return (answer as DescribeLogDirsResponse).results;
  }
}

/** Tries again until `check` gives something. */
export async function eventually<T>(check: () => Promise<T | false> | T | false, what: string): Promise<T> {
  let found: T | false = false;
  await until(async () => {
    found = await check();
    return found !== false;
  }, what);
  return found as T;
}
