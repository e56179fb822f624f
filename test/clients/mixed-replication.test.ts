/** Partitions with replicas on our nodes and on Apache Kafka's: each kind leads the other, follows it, and comes back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { requireKcat, runKcat } from '../support/kcat.ts';
import { apacheMember, type MixedMember, ourMember } from '../support/mixed-members.ts';
import { eventually, quorumPlaces } from '../support/quorum-processes.ts';
import { callOnce } from '../support/wire-client.ts';

const topic = 'shared';
const partitions = 3;

function serversOf(members: readonly MixedMember[]): string {
  return members.map(({ place }) => `127.0.0.1:${place.port}`).join(',');
}

/** Leader and ISR of each partition, as one broker has them. */
async function described(port: number): Promise<readonly { readonly leader: number; readonly isr: number }[]> {
  const answer = await callOnce<MetadataResponse>(port, apiKey.Metadata, 12, { topics: [{ name: topic }] });
  const found = [...(answer.topics[0]?.partitions ?? [])].sort((a, b) => a.partitionIndex - b.partitionIndex);
  return found.map(({ leaderId, isrNodes }) => ({ leader: leaderId, isr: isrNodes.length }));
}

async function allInSync(members: readonly MixedMember[]): Promise<void> {
  await eventually('all are in sync', async () => {
    const found = await described(members[0]!.place.port);
    return found.length === partitions && found.every(({ leader, isr }) => leader >= 0 && isr === 3) ? true : null;
  });
}

/** Writes so many values to each partition, and waits for all of them to be acknowledged by all replicas in sync. */
async function produce(members: readonly MixedMember[], name: string, count: number): Promise<string[]> {
  const written: string[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const values = Array.from({ length: count }, (_, at) => `${name}-${partition}-${at}`);
    const args = ['-P', '-b', serversOf(members), '-t', topic, '-p', String(partition)];
    const settings = ['-X', 'acks=all', '-X', 'enable.idempotence=true', '-X', 'message.timeout.ms=200000'];
    const input = values.map((value) => `${value}\n`).join('');
    const { code, stderr } = await runKcat([...args, ...settings], { input });
    assert.equal(code, 0, stderr);
    written.push(...values);
  }
  return written;
}

async function consume(members: readonly MixedMember[]): Promise<string[]> {
  const args = ['-C', '-b', serversOf(members), '-t', topic, '-e', '-q'];
  const { code, stdout, stderr } = await runKcat(args);
  assert.equal(code, 0, stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

function logOf({ logDirectory }: MixedMember, partition: number): Buffer {
  return readFileSync(join(logDirectory, `${topic}-${partition}`, '00000000000000000000.log'));
}

async function story(members: readonly MixedMember[]): Promise<void> {
  await Promise.all(members.map((member) => member.start(true)));
  await eventually('three brokers', async () => {
    const { brokers } = await callOnce<MetadataResponse>(members[0]!.place.port, apiKey.Metadata, 12, { topics: [] });
    return brokers.length === 3 ? true : null;
  });
  await eventually('a topic', async () => {
    const topics = [{ name: topic, numPartitions: partitions, replicationFactor: 3 }];
    const request = { topics, timeoutMs: 5000 };
    const answer = await callOnce<CreateTopicsResponse>(members[0]!.place.port, apiKey.CreateTopics, 7, request);
    const code = answer.topics[0]!.errorCode;
    return code === errorCode.NONE || code === errorCode.TOPIC_ALREADY_EXISTS ? true : null;
  });
  await allInSync(members);
  await eventually('each node leads a partition', async () => {
    const { port } = members[0]!.place;
    if (new Set((await described(port)).map(({ leader }) => leader)).size === 3) return true;
    // On a busy machine a session may have been over meanwhile: whoever lost a leadership takes it again.
    await callOnce(port, apiKey.ElectLeaders, 2, { electionType: 0, topicPartitions: null, timeoutMs: 5000 });
    return null;
  });
  const written = await produce(members, 'first', 300);
  for (const killed of members) {
    await killed.kill();
    const others = members.filter((member) => member !== killed);
    await eventually('others lead', async () => {
      const found = await described(others[0]!.place.port);
      return found.every(({ leader, isr }) => leader >= 0 && leader !== killed.place.id && isr === 2) ? true : null;
    });
    written.push(...(await produce(others, `without-${killed.place.id}`, 100)));
    await killed.start(false);
    await allInSync(members);
  }
  written.push(...(await produce(members, 'last', 50)));
  assert.deepEqual((await consume(members)).sort(), written.sort());
  for (let partition = 0; partition < partitions; partition++) {
    const logs = members.map((member) => logOf(member, partition));
    for (const log of logs) assert.ok(log.equals(logs[0]!), `the logs of partition ${partition} differ`);
  }
}

const quick = {
  'broker.session.timeout.ms': '6000',
  'broker.heartbeat.interval.ms': '1000',
  // Values are read in the order of their partitions' files: one segment each.
  'log.segment.bytes': '104857600',
};

test('two of ours and one of Apache Kafka: each leads, follows, is killed, and comes back with the same log', async (t) => {
  if (!requireApacheKafka(t) || !requireKcat(t)) return;
  const places = await quorumPlaces(3);
  await story([
    ourMember(t, places[0]!, places, quick),
    ourMember(t, places[1]!, places, quick),
    apacheMember(t, places[2]!, places, quick),
  ]);
});

test('one of ours and two of Apache Kafka: the same', async (t) => {
  if (!requireApacheKafka(t) || !requireKcat(t)) return;
  const places = await quorumPlaces(3);
  await story([
    ourMember(t, places[0]!, places, quick),
    apacheMember(t, places[1]!, places, quick),
    apacheMember(t, places[2]!, places, quick),
  ]);
});
