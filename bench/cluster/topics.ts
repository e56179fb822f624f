/** Topics with three replicas, whose partitions the nodes lead in turn. */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CreateTopicsResponse } from '../../engine/protocol/generated/create-topics-response.js';
import type { ProduceResponse } from '../../engine/protocol/generated/produce-response.js';
import { batchOf } from '../load/batches.ts';
import { deleteTopic, type Topic } from '../load/topics.ts';
import type { BenchCluster } from './cluster.ts';
import { type ClusterClient, NoAnswer } from './cluster-client.ts';

const createTopics = { key: 19, version: 7 };
/** By the topic's id, as the load is. */
const produce = { key: 0, version: 13 };
const giveUpMs = 60_000;

export async function createClusterTopic(
  { client, nodes }: BenchCluster,
  name: string,
  partitions: number,
): Promise<Topic> {
  const ids = nodes.map(({ nodeId }) => nodeId);
  const assignments = Array.from({ length: partitions }, (_, partitionIndex) => ({
    partitionIndex,
    brokerIds: ids.map((_, place) => ids[(partitionIndex + place) % ids.length]),
  }));
  const configs = [{ name: 'min.insync.replicas', value: '2' }];
  const topics = [{ name, numPartitions: -1, replicationFactor: -1, assignments, configs }];
  const created = await untilTrue(`creating ${name}`, async () => {
    const message = { topics, timeoutMs: 10_000, validateOnly: false };
    const answer = await client
      .call<CreateTopicsResponse>(ids[0], createTopics.key, createTopics.version, message, 15_000)
      .catch(ignoreNoAnswer);
    const [topic] = answer?.topics ?? [];
    return topic?.errorCode === 0 ? topic : null;
  });
  await untilInSync(client, name, partitions, ids.length);
  const topic = { name, id: created.topicId, partitions };
  await untilWritten(client, topic);
  return topic;
}

/** Waits until all replicas are in the ISR of every partition. */
export async function untilInSync(
  client: ClusterClient,
  name: string,
  partitions: number,
  replicas: number,
): Promise<void> {
  await untilTrue(`replicas of ${name} in sync`, async () => {
    const isr = await client.isrOf(name).catch(ignoreNoAnswer);
    return isr?.size === partitions && [...isr.values()].every((ids) => ids.length === replicas) ? isr : null;
  });
}

/** One node knows who leads before the leader does: each partition takes a record on all replicas before it counts. */
async function untilWritten(client: ClusterClient, { name, id, partitions }: Topic): Promise<void> {
  const { bytes } = await batchOf({ recordBytes: 100, records: 1 }, 0);
  for (let index = 0; index < partitions; index++) {
    const topicData = [{ topicId: id, partitionData: [{ index, records: bytes }] }];
    const message = { transactionalId: null, acks: -1, timeoutMs: 10_000, topicData };
    await untilTrue(`writing to ${name}-${index}`, async () => {
      client.forgetLeader(name, index);
      const leader = await client.leaderOf(name, index).catch(ignoreNoAnswer);
      if (leader === null) return null;
      const answer = await client
        .call<ProduceResponse>(leader, produce.key, produce.version, message, 15_000)
        .catch(ignoreNoAnswer);
      return answer?.responses[0]?.partitionResponses[0]?.errorCode === 0 ? true : null;
    });
  }
}

/** Deletes it, and waits until its files are gone, so that there is room for the next. */
export async function deleteClusterTopic({ nodes }: BenchCluster, topic: Topic): Promise<void> {
  await deleteTopic(nodes[0].port, topic);
  for (let i = 0; i < 200; i++) {
    const left = nodes.flatMap(({ directory }) => readdirSync(directory)).filter((name) => name.startsWith(topic.name));
    if (left.length === 0) return;
    await sleep(50);
  }
}

async function untilTrue<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const giveUpAtMs = performance.now() + giveUpMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > giveUpAtMs) throw new Error(`${what} took more than ${giveUpMs / 1000} s`);
    await sleep(20);
  }
}

export function ignoreNoAnswer(error: unknown): null {
  if (error instanceof NoAnswer) return null;
  throw error;
}
