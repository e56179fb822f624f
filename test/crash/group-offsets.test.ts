/** Processes and shards die while offsets are committed: every commit that was acknowledged is there afterwards. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { OffsetCommitResponse } from '#engine/protocol/generated/offset-commit-response.js';
import type { OffsetFetchResponse } from '#engine/protocol/generated/offset-fetch-response.js';
import { EmbeddedNode } from '../support/embedded-node.ts';
import { awaitCoordinator, Listener } from '../support/group-listener.ts';
import { startMillrace } from '../support/millrace.ts';
import { until } from '../support/until.ts';
import { ClosedByBroker, WireClient } from '../support/wire-client.ts';

const groups = ['one', 'two', 'three', 'four', 'five', 'six'];
const properties = { 'offsets.topic.num.partitions': '4', 'offsets.topic.replication.factor': '1' };

/** While a coordinator begins, and where it died. */
const passing: readonly number[] = [
  errorCode.COORDINATOR_LOAD_IN_PROGRESS,
  errorCode.COORDINATOR_NOT_AVAILABLE,
  errorCode.NOT_COORDINATOR,
];

/** Commits one offset after the other until the connection breaks; what was acknowledged last is in `acknowledged`. */
async function commit(
  port: number,
  groupId: string,
  acknowledged: Map<string, bigint>,
  isOver: () => boolean = () => false,
): Promise<void> {
  const client = await WireClient.connect(port);
  try {
    for (let offset = (acknowledged.get(groupId) ?? 0n) + 1n; !isOver(); offset++) {
      const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: '' }];
      const request = { groupId, topics: [{ name: 't', partitions }] };
      const answer = (await client.call(apiKey.OffsetCommit, 8, request)) as OffsetCommitResponse;
      const code = answer.topics[0]!.partitions[0]!.errorCode;
      if (code === 0) acknowledged.set(groupId, offset);
      else assert.ok(passing.includes(code), `code ${code}`);
    }
  } catch (error) {
    if (!(error instanceof ClosedByBroker)) throw error;
  } finally {
    client.close();
  }
}

async function offsets(port: number): Promise<Map<string, bigint>> {
  const listener = new Listener(port, new Map());
  try {
    for (;;) {
      const asked = groups.map((groupId) => ({ groupId, topics: [{ name: 't', partitionIndexes: [0] }] }));
      const answer = (await listener.ask(apiKey.OffsetFetch, 8, { groups: asked })) as OffsetFetchResponse;
      if (answer.groups.every((group) => group.errorCode === 0)) {
        return new Map(
          answer.groups.map(({ groupId, topics }) => [groupId, topics[0]!.partitions[0]!.committedOffset]),
        );
      }
      await delay(20);
    }
  } finally {
    listener.close();
  }
}

async function prepare(node: { readonly port: number }): Promise<void> {
  const listener = new Listener(node.port, new Map());
  const topics = [{ name: 't', numPartitions: 1, replicationFactor: 1 }];
  await listener.ask(apiKey.CreateTopics, 7, { topics, timeoutMs: 30_000 });
  await awaitCoordinator(listener);
  listener.close();
}

test('kill -9 while offsets are committed: none that was acknowledged is lost', async (t) => {
  const node = await startMillrace({ properties }, t);
  await prepare(node);
  const acknowledged = new Map<string, bigint>();
  for (let round = 0; round < 3; round++) {
    const load = groups.map((groupId) => commit(node.port, groupId, acknowledged));
    const before = new Map(acknowledged);
    await until(() => groups.every((groupId) => (acknowledged.get(groupId) ?? 0n) > (before.get(groupId) ?? 0n) + 5n));
    await node.kill();
    await Promise.all(load);
    await node.restart();
    const found = await offsets(node.port);
    for (const groupId of groups) {
      const [there, known] = [found.get(groupId)!, acknowledged.get(groupId) ?? 0n];
      assert.ok(known > 0n && there >= known && there <= known + 1n, `${groupId}: ${there}, acknowledged ${known}`);
      acknowledged.set(groupId, there);
    }
  }
});

test('shards die while offsets are committed: others take no notice, and none that was acknowledged is lost', async (t) => {
  const node = await EmbeddedNode.start(t, { shardDeathsAllowed: 100, properties });
  await prepare(node);
  const acknowledged = new Map<string, bigint>();
  let isOver = false;
  const load = groups.map((groupId) => commitOnAndOn(node.port, groupId, acknowledged, () => isOver));
  const sum = (): bigint => [...acknowledged.values()].reduce((all, offset) => all + offset, 0n);
  const goesOn = async (): Promise<void> => {
    const before = sum();
    await until(() => sum() > before + 200n);
  };
  try {
    for (let death = 0; death < 6; death++) {
      await goesOn();
      await node.inflict({ shard: death % 2, kind: 'throw' });
      await until(() => node.deaths() > death);
    }
    await goesOn();
  } finally {
    isOver = true;
    await Promise.all(load);
  }
  const found = await offsets(node.port);
  for (const groupId of groups) assert.ok(found.get(groupId)! >= acknowledged.get(groupId)!, groupId);
  assert.deepEqual(node.fatal, []);
});

/** A connection that went with its shard is made anew, once there is somebody who listens. */
async function commitOnAndOn(
  port: number,
  groupId: string,
  acknowledged: Map<string, bigint>,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    try {
      await commit(port, groupId, acknowledged, isOver);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ECONNREFUSED', 'ECONNRESET'].includes(code)) throw error;
      await delay(20);
    }
  }
}
