/** Nodes of a running cluster are replaced, one by one, by nodes of another program on the same directories. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import { ClusterClient } from '../../bench/cluster/cluster-client.ts';
import { untilInSync } from '../chaos/faults.ts';
import { Load } from '../chaos/load.ts';
import { readReplicaLog } from '../chaos/replica-logs.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { ask } from '../support/cluster-calls.ts';
import { apacheMember, type MixedMember, ourMember } from '../support/mixed-members.ts';
import { eventually, listTopics, quorumPlaces, tryCreateTopic } from '../support/quorum-processes.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const topic = 'through';
const partitions = 2;
const patienceMs = 60_000;

async function createReplicated(port: number): Promise<void> {
  const configs = [{ name: 'min.insync.replicas', value: '2' }];
  const topics = [{ name: topic, numPartitions: partitions, replicationFactor: 3, configs }];
  await eventually('three brokers, and a topic', async () => {
    const answer = await ask<CreateTopicsResponse>(port, apiKey.CreateTopics, 7, { topics, timeoutMs: 5000 });
    return answer.topics[0]!.errorCode === 0 ? true : null;
  });
}

test('three nodes of Apache Kafka are replaced by ours one by one, and back again, under load', async (t) => {
  if (!requireApacheKafka(t)) return;
  const home = tempDirFor(t);
  const places = await quorumPlaces(3);
  /** One directory a node, whoever runs on it. */
  const members = places.map((place) => {
    const properties = { 'log.dirs': join(home, `node-${place.id}`), 'offsets.topic.num.partitions': '3' };
    return { apache: apacheMember(t, place, places, properties), ours: ourMember(t, place, places, properties) };
  });
  await Promise.all(members.map(({ apache }) => apache.start(true)));
  await createReplicated(places[0]!.port);
  const ports = new Map(places.map(({ id, port }) => [id, port]));
  const client = new ClusterClient(ports);
  t.after(() => client.close());
  const load = new Load({ ports, topic, partitions });
  load.begin();
  t.after(() => load.abandon());
  assert.deepEqual(await load.progressed(patienceMs), []);

  const made: string[] = [];
  const replace = async (before: MixedMember, next: MixedMember, name: string): Promise<void> => {
    await before.stop();
    assert.deepEqual(await load.progressed(patienceMs), [], `without node ${before.place.id}`);
    await next.start(false);
    assert.ok(await untilInSync(client, topic, 3, patienceMs), `node ${next.place.id} is in sync`);
    assert.deepEqual(await load.progressed(patienceMs), []);
    await eventually(name, () => tryCreateTopic(next.place.port, name));
    made.push(name);
  };
  for (const { apache, ours } of members) await replace(apache, ours, `by-ours-${ours.place.id}`);
  for (const { apache, ours } of members) await replace(ours, apache, `by-apache-${ours.place.id}`);
  await load.end();
  const read = await load.readAll(patienceMs);
  for (const { port } of places) {
    const topics = await listTopics(port);
    assert.deepEqual(
      made.filter((name) => !topics.includes(name)),
      [],
    );
  }
  assert.ok(await untilInSync(client, topic, 3, patienceMs));
  await Promise.all(members.map(({ apache }) => apache.kill()));
  const replicas = members.flatMap(({ apache }) =>
    Array.from({ length: partitions }, (_, partition) =>
      readReplicaLog(apache.logDirectory, apache.place.id, topic, partition),
    ).filter((log) => log !== null),
  );
  assert.equal(replicas.length, 3 * partitions);
  assert.deepEqual(load.findings(read, replicas), []);
});
