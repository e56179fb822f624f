/** Topics of a run: made before it, filled where it reads, deleted after it. */
import type { ApiVersionsResponse } from '../../engine/protocol/generated/api-versions-response.js';
import type { CreateTopicsResponse } from '../../engine/protocol/generated/create-topics-response.js';
import type { DeleteTopicsResponse } from '../../engine/protocol/generated/delete-topics-response.js';
import type { ListOffsetsResponse } from '../../engine/protocol/generated/list-offsets-response.js';
import type { MetadataResponse } from '../../engine/protocol/generated/metadata-response.js';
import type { Batch } from './batches.ts';
import { produceFrame } from './frames.ts';
import { WireClient } from './wire-client.ts';

export interface Topic {
  readonly name: string;
  readonly id: string;
  readonly partitions: number;
}

const apiVersions = { key: 18, version: 0 };
const createTopics = { key: 19, version: 7 };
const deleteTopics = { key: 20, version: 6 };
const metadata = { key: 3, version: 12 };
const listOffsets = { key: 2, version: 7 };
const latestTimestamp = -1n;

/** Creates a topic and waits until every partition has a leader. */
export async function createTopic(
  port: number,
  name: string,
  partitions: number,
  configs: Readonly<Record<string, string>> = {},
): Promise<Topic> {
  const client = await WireClient.connect(port);
  try {
    const pairs = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
    const body = {
      topics: [{ name, numPartitions: partitions, replicationFactor: 1, assignments: [], configs: pairs }],
      timeoutMs: 30_000,
      validateOnly: false,
    };
    const { topics } = await client.call<CreateTopicsResponse>(createTopics.key, createTopics.version, body);
    if (topics[0].errorCode !== 0) throw new Error(`creating ${name}: error ${topics[0].errorCode}`);
    await untilLed(client, name, partitions);
    await untilServed(client, name, partitions);
    return { name, id: topics[0].topicId, partitions };
  } finally {
    client.close();
  }
}

async function untilLed(client: WireClient, name: string, partitions: number): Promise<void> {
  const body = { topics: [{ name }], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };
  for (let round = 0; round < 500; round++) {
    const { topics } = await client.call<MetadataResponse>(metadata.key, metadata.version, body);
    const led = topics[0].partitions.filter((one) => one.errorCode === 0 && one.leaderId >= 0);
    if (topics[0].errorCode === 0 && led.length === partitions) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${name} has no leaders`);
}

/** Leaders are named before they serve: asks each partition until it answers. */
async function untilServed(client: WireClient, name: string, count: number): Promise<void> {
  const partitions = Array.from({ length: count }, (_, partitionIndex) => ({
    partitionIndex,
    currentLeaderEpoch: -1,
    timestamp: latestTimestamp,
  }));
  const body = { replicaId: -1, isolationLevel: 0, topics: [{ name, partitions }] };
  for (let round = 0; round < 500; round++) {
    const { topics } = await client.call<ListOffsetsResponse>(listOffsets.key, listOffsets.version, body);
    if (topics[0].partitions.every((one) => one.errorCode === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${name} is not served`);
}

export async function deleteTopic(port: number, topic: Topic): Promise<void> {
  const client = await WireClient.connect(port);
  try {
    const body = { topics: [{ name: null, topicId: topic.id }], timeoutMs: 30_000 };
    const { responses } = await client.call<DeleteTopicsResponse>(deleteTopics.key, deleteTopics.version, body);
    if (responses[0].errorCode !== 0) throw new Error(`deleting ${topic.name}: error ${responses[0].errorCode}`);
  } finally {
    client.close();
  }
}

/** Writes the batch so many times to each partition. */
export async function fillTopic(port: number, topic: Topic, batch: Batch, batches: number): Promise<void> {
  const client = await WireClient.connect(port);
  try {
    for (let index = 0; index < topic.partitions; index++) {
      const frame = await produceFrame(topic, index, batch.bytes, -1);
      for (let at = 0; at < batches; at += 8) {
        const some = Math.min(8, batches - at);
        await Promise.all(Array.from({ length: some }, () => client.send(frame)));
      }
    }
  } finally {
    client.close();
  }
}

/** Whether the broker names an API in its answer to ApiVersions. */
export async function names(port: number, apiKey: number): Promise<boolean> {
  const client = await WireClient.connect(port);
  try {
    const { apiKeys } = await client.call<ApiVersionsResponse>(apiVersions.key, apiVersions.version, {});
    return apiKeys.some((one) => one.apiKey === apiKey);
  } finally {
    client.close();
  }
}
