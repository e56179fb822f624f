/** What tests of clusters ask of a broker, each time over a connection of its own. */
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DescribeQuorumResponse } from '#engine/protocol/generated/describe-quorum-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { WireClient } from './wire-client.ts';

export async function ask<Res>(port: number, key: number, version: number, message: object): Promise<Res> {
  const client = await WireClient.connect(port);
  try {
    return (await client.call(key, version, message)) as Res;
  } finally {
    client.close();
  }
}

export async function createTopic(
  port: number,
  name: string,
  numPartitions: number,
  replicationFactor = 1,
): Promise<number> {
  const topics = [{ name, numPartitions, replicationFactor }];
  const answer = await ask<CreateTopicsResponse>(port, apiKey.CreateTopics, 7, { topics, timeoutMs: 30_000 });
  return answer.topics[0]!.errorCode;
}

export const metadata = (port: number, ...names: string[]): Promise<MetadataResponse> => {
  const topics = names.map((name) => ({ name, topicId: 'AAAAAAAAAAAAAAAAAAAAAA' }));
  return ask<MetadataResponse>(port, apiKey.Metadata, 12, { topics, allowAutoTopicCreation: false });
};

export async function leaderOfQuorum(port: number): Promise<number> {
  const request = { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };
  const answer = await ask<DescribeQuorumResponse>(port, apiKey.DescribeQuorum, 2, request);
  return answer.topics[0]!.partitions[0]!.leaderId;
}
