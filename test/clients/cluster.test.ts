import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DeleteTopicsResponse } from '#engine/protocol/generated/delete-topics-response.js';
import type { DescribeClusterResponse } from '#engine/protocol/generated/describe-cluster-response.js';
import type { FindCoordinatorResponse } from '#engine/protocol/generated/find-coordinator-response.js';
import type { IncrementalAlterConfigsResponse } from '#engine/protocol/generated/incremental-alter-configs-response.js';
import type { InitProducerIdResponse } from '#engine/protocol/generated/init-producer-id-response.js';
import type { ListGroupsResponse } from '#engine/protocol/generated/list-groups-response.js';
import { ask, createTopic, leaderOfQuorum, metadata } from '../support/cluster-calls.ts';
import { eventually, type Member, MillraceCluster } from '../support/millrace-cluster.ts';

const ids = [1, 2, 3] as const;
const members: readonly Member[] = ids.map((id) => ({
  id,
  of: 'millrace',
  roles: 'broker,controller',
  properties: { 'offsets.topic.replication.factor': '1', 'offsets.topic.num.partitions': '12' },
}));

test('three nodes are one cluster, whichever of them is asked', async (t) => {
  const cluster = await MillraceCluster.start(members, t);
  const ports = ids.map((id) => cluster.portOf(id));
  const leader = await leaderOfQuorum(ports[0]!);
  for (const port of ports) assert.equal(await leaderOfQuorum(port), leader);

  await t.test('a topic that one makes is there when it answers, and soon on all; each leads its share', async () => {
    for (const [index, port] of ports.entries()) {
      const name = `made-by-${ids[index]}`;
      assert.equal(await createTopic(port, name, 6), 0);
      const own = (await metadata(port, name)).topics[0]!;
      assert.equal(own.errorCode, 0, 'the broker that made it knows it');
      for (const other of ports) {
        const seen = await eventually(async () => {
          const [topic] = (await metadata(other, name)).topics;
          return topic!.errorCode === 0 ? topic : undefined;
        }, `${name} on ${other}`);
        assert.equal(seen.topicId, own.topicId);
        assert.deepEqual(new Set(seen.partitions.map(({ leaderId }) => leaderId)), new Set(ids));
      }
    }
    assert.equal(await createTopic(ports[1]!, 'made-by-1', 1), errorCode.TOPIC_ALREADY_EXISTS);
  });

  await t.test('all brokers are told of, and any of them passes as controller', async () => {
    const controllers = new Set<number>();
    for (let asked = 0; asked < 30; asked++) {
      const port = ports[asked % 3]!;
      const answer = await ask<DescribeClusterResponse>(port, apiKey.DescribeCluster, 1, {});
      assert.deepEqual(
        answer.brokers.map(({ brokerId, port: at }) => [brokerId, at]).sort(),
        ids.map((id) => [id, cluster.portOf(id)]),
      );
      controllers.add(answer.controllerId);
    }
    assert.deepEqual(controllers, new Set(ids));
  });

  await t.test('a topic is deleted by way of any broker', async () => {
    for (const [index, port] of ports.entries()) {
      const name = `made-by-${ids[index]}`;
      const topics = [{ name, topicId: 'AAAAAAAAAAAAAAAAAAAAAA' }];
      const deleted = await ask<DeleteTopicsResponse>(port, apiKey.DeleteTopics, 6, { topics, timeoutMs: 30_000 });
      assert.equal(deleted.responses[0]!.errorCode, 0);
      assert.equal((await metadata(port, name)).topics[0]!.errorCode, errorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
  });

  await t.test('configs of a broker are changed by way of it', async () => {
    const configs = [{ name: 'log.cleaner.threads', configOperation: 0, value: '2' }];
    for (const [index, port] of ports.entries()) {
      const resources = ids.map((id) => ({ resourceType: 4, resourceName: String(id), configs }));
      const answer = await ask<IncrementalAlterConfigsResponse>(port, apiKey.IncrementalAlterConfigs, 1, { resources });
      const expected = ids.map((id) => (id === ids[index] ? 0 : errorCode.INVALID_REQUEST));
      assert.deepEqual(
        answer.responses.map(({ errorCode: code }) => code),
        expected,
      );
    }
  });

  await t.test('producer ids are given once', async () => {
    const given = new Set<bigint>();
    for (let asked = 0; asked < 30; asked++) {
      const request = { transactionalId: null, transactionTimeoutMs: 0, producerId: -1n, producerEpoch: -1 };
      const answer = await ask<InitProducerIdResponse>(ports[asked % 3]!, apiKey.InitProducerId, 4, request);
      assert.equal(answer.errorCode, 0);
      given.add(answer.producerId);
    }
    assert.equal(given.size, 30);
  });

  await t.test('groups have their coordinators on all brokers, and others say that they are not', async () => {
    assert.equal(await createTopic(ports[0]!, 'read-by-groups', 1), 0);
    const groups = Array.from({ length: 24 }, (_, index) => `group-${index}`);
    const coordinators = new Map<string, number>();
    for (const group of groups) {
      const found = await eventually(async () => {
        const answer = await ask<FindCoordinatorResponse>(ports[0]!, apiKey.FindCoordinator, 4, {
          keyType: 0,
          coordinatorKeys: [group],
        });
        return answer.coordinators[0]!.errorCode === 0 ? answer.coordinators[0] : undefined;
      }, `the coordinator of ${group}`);
      assert.equal(found.port, cluster.portOf(found.nodeId));
      coordinators.set(group, found.nodeId);
    }
    assert.deepEqual(new Set(coordinators.values()), new Set(ids));
    const commit = (group: string): object => ({
      groupId: group,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      topics: [
        { name: 'read-by-groups', partitions: [{ partitionIndex: 0, committedOffset: 1n, committedMetadata: '' }] },
      ],
    });
    for (const [group, coordinator] of coordinators) {
      for (const id of ids) {
        const code = await eventually(async () => {
          const answer = await ask<{ topics: { partitions: { errorCode: number }[] }[] }>(
            cluster.portOf(id),
            apiKey.OffsetCommit,
            7,
            commit(group),
          );
          const found = answer.topics[0]!.partitions[0]!.errorCode;
          return found === errorCode.COORDINATOR_LOAD_IN_PROGRESS ? undefined : found;
        }, `an answer of ${group}`);
        assert.equal(code, id === coordinator ? 0 : errorCode.NOT_COORDINATOR, `${group} on ${id}`);
      }
    }
    const listed: string[] = [];
    for (const port of ports) {
      const answer = await ask<ListGroupsResponse>(port, apiKey.ListGroups, 4, { statesFilter: [] });
      listed.push(...answer.groups.map(({ groupId }) => groupId));
    }
    assert.deepEqual(listed.sort(), [...groups].sort());
  });
});

test('the active controller is killed: the others go on, and it comes back as one of them', async (t) => {
  const cluster = await MillraceCluster.start(members, t);
  const first = await leaderOfQuorum(cluster.portOf(1));
  const others = ids.filter((id) => id !== first);
  const [asked] = others;
  const port = cluster.portOf(asked!);
  assert.equal(await createTopic(port, 'before', 3), 0);
  // A request is on its way to the controller when that dies.
  const midway = createTopic(port, 'midway', 3);
  await cluster.node(first).kill();
  const code = await midway;
  assert.ok(code === 0 || code === errorCode.TOPIC_ALREADY_EXISTS, `midway: ${code}`);
  assert.equal(await createTopic(port, 'after', 3), 0);
  const second = await leaderOfQuorum(port);
  assert.ok(others.includes(second as never), `${second} leads`);
  await cluster.node(first).restart();
  await eventually(async () => {
    const answer = await ask<DescribeClusterResponse>(port, apiKey.DescribeCluster, 1, {});
    return answer.brokers.length === 3 ? true : undefined;
  }, 'a cluster of three');
  const { topics } = await metadata(cluster.portOf(first), 'before', 'midway', 'after');
  assert.deepEqual(
    topics.map(({ errorCode: each }) => each),
    [0, 0, 0],
  );
  assert.equal(await createTopic(cluster.portOf(first), 'again', 1), 0);
});

test('a broker that is stopped lets its leaderships go first, and clients are not told of it any longer', async (t) => {
  const cluster = await MillraceCluster.start(members, t);
  for (const id of [3, 2]) {
    const left = ids.filter((each) => each < id);
    await cluster.node(id).stop();
    for (const each of left) {
      await eventually(async () => {
        const answer = await ask<DescribeClusterResponse>(cluster.portOf(each), apiKey.DescribeCluster, 1, {});
        return answer.brokers.every(({ brokerId }) => left.includes(brokerId as never)) ? true : undefined;
      }, `${id} is gone on ${each}`);
    }
    // Two of three still are a quorum.
    if (id === 3) assert.equal(await createTopic(cluster.portOf(1), 'without-3', 2), 0);
    else break;
  }
});
