/** How long a cluster is without a controller, or a partition without a leader, when a node is killed; and how fast a follower catches up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CreateTopicsResponse } from '../../engine/protocol/generated/create-topics-response.js';
import type { ProduceResponse } from '../../engine/protocol/generated/produce-response.js';
import { batchOf } from '../load/batches.ts';
import { produceFrames } from '../load/frames.ts';
import { runClient } from '../load/run-client.ts';
import type { Options } from '../options.ts';
import type { Figures } from '../report.ts';
import type { BenchCluster } from './cluster.ts';
import { createClusterTopic, deleteClusterTopic, ignoreNoAnswer, untilInSync } from './topics.ts';

/** Of a single try: whoever does not answer in this time is left for another node. */
const tryMs = 500;
const giveUpMs = 120_000;

/** From SIGKILL of the active controller until a topic is made. */
export async function controllerFailover(cluster: BenchCluster, name: string): Promise<Figures> {
  const { client, nodes } = cluster;
  const kept = await createClusterTopic(cluster, `${name}-kept`, 1);
  const controller = await client.activeController();
  if (controller === null) throw new Error('there is no active controller');
  const others = nodes.map(({ nodeId }) => nodeId).filter((nodeId) => nodeId !== controller);
  cluster.kill(controller);
  const killedAtMs = performance.now();
  const made = await again(async (turn) => {
    const nodeId = others[turn % others.length];
    const assignments = [{ partitionIndex: 0, brokerIds: [nodeId] }];
    const topics = [{ name, numPartitions: -1, replicationFactor: -1, assignments, configs: [] }];
    const message = { topics, timeoutMs: tryMs, validateOnly: false };
    const answer = await client.call<CreateTopicsResponse>(nodeId, 19, 7, message, tryMs).catch(ignoreNoAnswer);
    const code = answer?.topics[0].errorCode;
    // Made by a try whose answer did not come in time.
    return code === 0 || code === 36;
  });
  const ms = made - killedAtMs;
  await backAgain(cluster, controller, kept.name);
  await deleteClusterTopic(cluster, kept);
  return { 'controller killed, topic made ms': ms };
}

/** From SIGKILL of a partition's leader, which is not the active controller, until acks=all is answered again. */
export async function leaderFailover(cluster: BenchCluster, name: string): Promise<Figures> {
  const { client } = cluster;
  const topic = await createClusterTopic(cluster, name, 3);
  const controller = await client.activeController();
  let partition = 0;
  let leader = await client.leaderOf(name, partition);
  while (leader === controller) leader = await client.leaderOf(name, ++partition);
  if (leader === null) throw new Error('a partition has no leader');
  const { bytes } = await batchOf({ recordBytes: 100, records: 1 }, 0);
  cluster.kill(leader);
  const killedAtMs = performance.now();
  const produced = await again(async () => {
    client.forgetLeader(name, partition);
    const now = await client.leaderOf(name, partition).catch(ignoreNoAnswer);
    if (now === null || now === leader) return false;
    const topicData = [{ name, partitionData: [{ index: partition, records: bytes }] }];
    const message = { transactionalId: null, acks: -1, timeoutMs: tryMs, topicData };
    const answer = await client.call<ProduceResponse>(now, 0, 11, message, tryMs).catch(ignoreNoAnswer);
    return answer?.responses[0].partitionResponses[0].errorCode === 0;
  });
  const ms = produced - killedAtMs;
  await backAgain(cluster, leader, name);
  await deleteClusterTopic(cluster, topic);
  return { 'leader killed, produced ms': ms };
}

/** A follower that was away starts: from its first answer until it is in sync, and how much it fetched. */
export async function catchUp(cluster: BenchCluster, name: string, options: Options): Promise<Figures> {
  const { client, nodes } = cluster;
  const topic = await createClusterTopic(cluster, name, 1);
  const follower = nodes[2].nodeId;
  await cluster.targetOf(follower).stop(true);
  const { port, pid } = cluster.targetOf(nodes[0].nodeId);
  const shape = { recordBytes: 1000, batchBytes: 1_000_000 };
  const frames = await produceFrames({ topic, connections: 1, shape, acks: -1 });
  const { allBytesSent } = await runClient({ port, pid }, frames, {
    connections: 1,
    threads: 1,
    inFlight: 5,
    warmUpMs: 0,
    durationMs: giveUpMs,
    maxBytes: (options.maxGb * 1e9) / 4,
    acks: -1,
    gather: 1,
  });
  await cluster.startNode(follower);
  const startedAtMs = performance.now();
  await untilInSync(client, name, 1, nodes.length);
  const seconds = (performance.now() - startedAtMs) / 1000;
  await deleteClusterTopic(cluster, topic);
  return { 'catch-up s': seconds, 'catch-up MB/s': allBytesSent / 1e6 / seconds };
}

/** Tries until it is true; answers when that was. */
async function again(attempt: (turn: number) => Promise<boolean>): Promise<number> {
  const giveUpAtMs = performance.now() + giveUpMs;
  for (let turn = 0; performance.now() < giveUpAtMs; turn++) {
    if (await attempt(turn)) return performance.now();
    await sleep(5);
  }
  throw new Error(`nothing in ${giveUpMs / 1000} s`);
}

async function backAgain(cluster: BenchCluster, nodeId: number, topic: string): Promise<void> {
  await cluster.startNode(nodeId);
  const isr = await cluster.client.isrOf(topic).catch(ignoreNoAnswer);
  await untilInSync(cluster.client, topic, isr?.size ?? 1, cluster.nodes.length);
}
