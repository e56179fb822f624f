/** kill -9 while offsets are committed: every commit that was acknowledged is there after the restart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { OffsetCommitResponse } from '#engine/protocol/generated/offset-commit-response.js';
import type { OffsetFetchResponse } from '#engine/protocol/generated/offset-fetch-response.js';
import { awaitCoordinator, Listener } from '../support/group-listener.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { ClosedByBroker, WireClient } from '../support/wire-client.ts';

const groups = ['one', 'two', 'three', 'four', 'five', 'six'];
const properties = { 'offsets.topic.num.partitions': '4', 'offsets.topic.replication.factor': '1' };

/** Commits one offset after the other until the connection breaks; what was acknowledged last is in `acknowledged`. */
async function commit(port: number, groupId: string, acknowledged: Map<string, bigint>): Promise<void> {
  const client = await WireClient.connect(port);
  try {
    for (let offset = (acknowledged.get(groupId) ?? 0n) + 1n; ; offset++) {
      const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: '' }];
      const request = { groupId, topics: [{ name: 't', partitions }] };
      const answer = (await client.call(apiKey.OffsetCommit, 8, request)) as OffsetCommitResponse;
      const code = answer.topics[0]!.partitions[0]!.errorCode;
      if (code === 0) acknowledged.set(groupId, offset);
      else assert.equal(code, errorCode.COORDINATOR_LOAD_IN_PROGRESS);
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

async function prepare(node: Millrace): Promise<void> {
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
    await delay(300);
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
