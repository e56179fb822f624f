/** What every API of groups says in each of its versions when the group can't be asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiRow } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

const protocols = [{ name: 'range', metadata: new Uint8Array(0) }];

interface GroupCase {
  readonly key: number;
  message(version: number, topicId: string): object;
}

const cases: Readonly<Record<string, GroupCase>> = {
  OffsetCommit: {
    key: apiKey.OffsetCommit,
    message: (version, topicId) => {
      const partitions = [{ partitionIndex: 0, committedOffset: 1n, committedMetadata: null }];
      return { groupId: 'g', topics: [{ ...(version >= 10 ? { topicId } : { name: 't' }), partitions }] };
    },
  },
  OffsetFetch: {
    key: apiKey.OffsetFetch,
    message: (version, topicId) => {
      const topic = { ...(version >= 10 ? { topicId } : { name: 't' }), partitionIndexes: [0] };
      return version >= 8 ? { groups: [{ groupId: 'g', topics: [topic] }] } : { groupId: 'g', topics: [topic] };
    },
  },
  JoinGroup: {
    key: apiKey.JoinGroup,
    message: () => ({ groupId: 'g', sessionTimeoutMs: 10_000, memberId: 'm', protocolType: 'consumer', protocols }),
  },
  Heartbeat: { key: apiKey.Heartbeat, message: () => ({ groupId: 'g', generationId: 1, memberId: 'm' }) },
  LeaveGroup: {
    key: apiKey.LeaveGroup,
    message: (version) =>
      version < 3 ? { groupId: 'g', memberId: 'm' } : { groupId: 'g', members: [{ memberId: 'm' }] },
  },
  SyncGroup: {
    key: apiKey.SyncGroup,
    message: () => ({ groupId: 'g', generationId: 1, memberId: 'm', protocolType: 'consumer', protocolName: 'range' }),
  },
  DescribeGroups: { key: apiKey.DescribeGroups, message: () => ({ groups: ['g'] }) },
  ListGroups: { key: apiKey.ListGroups, message: () => ({}) },
  DeleteGroups: { key: apiKey.DeleteGroups, message: () => ({ groupsNames: ['g'] }) },
  OffsetDelete: {
    key: apiKey.OffsetDelete,
    message: () => ({ groupId: 'g', topics: [{ name: 't', partitions: [{ partitionIndex: 0 }] }] }),
  },
};

/** Every error code of an answer that is not 0. */
function codesIn(answer: unknown): number[] {
  if (Array.isArray(answer)) return answer.flatMap(codesIn);
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([field, value]) =>
    field === 'errorCode' ? (value === 0 ? [] : [value as number]) : codesIn(value),
  );
}

function brokerOf(answer: { errorCode: number; reply: null } | undefined): { broker: FakeBroker; topicId: string } {
  const broker = new FakeBroker({ groups: () => answer });
  broker.addTopic('__consumer_offsets', { partitions: 1 });
  return { broker, topicId: broker.addTopic('t') };
}

for (const [name, { key, message }] of Object.entries(cases)) {
  test(`${name}: every version says why the group was not asked`, async () => {
    const { minVersion, maxVersion } = apiRow(key)!;
    for (let version = minVersion; version <= maxVersion; version++) {
      for (const code of [errorCode.COORDINATOR_LOAD_IN_PROGRESS, errorCode.NOT_COORDINATOR]) {
        const { broker, topicId } = brokerOf({ errorCode: code, reply: null });
        const answer = await broker.call(key, version, message(version, topicId));
        assert.deepEqual(codesIn(answer), expectedOf(name, code), `version ${version}`);
      }
    }
  });

  test(`${name}: a shard that died is no coordinator that is there`, async () => {
    const { maxVersion } = apiRow(key)!;
    const { broker, topicId } = brokerOf(undefined);
    const answer = await broker.call(key, maxVersion, message(maxVersion, topicId));
    assert.deepEqual(codesIn(answer), [errorCode.COORDINATOR_NOT_AVAILABLE]);
  });
}

/** A heartbeat is good while its group is loaded; other brokers keep groups that this one does not list. */
function expectedOf(name: string, code: number): number[] {
  if (name === 'Heartbeat' && code === errorCode.COORDINATOR_LOAD_IN_PROGRESS) return [];
  if (name === 'ListGroups' && code === errorCode.NOT_COORDINATOR) return [];
  return [code];
}

test('a SyncGroup of version 5 that names no protocol is refused before anybody is asked', async () => {
  const { broker } = brokerOf(undefined);
  const answer = await broker.call(apiKey.SyncGroup, 5, { groupId: 'g', generationId: 1, memberId: 'm' });
  assert.deepEqual(codesIn(answer), [errorCode.INCONSISTENT_GROUP_PROTOCOL]);
});

test('clients write to internal topics only by the name of the administrator', async () => {
  const broker = new FakeBroker();
  broker.addTopic('__consumer_offsets', { isInternal: true });
  const topicData = [{ name: '__consumer_offsets', partitionData: [{ index: 0, records: null }] }];
  const answer = await broker.call(apiKey.Produce, 9, { acks: -1, timeoutMs: 1000, topicData });
  assert.deepEqual(codesIn(answer), [errorCode.INVALID_TOPIC_EXCEPTION]);
});
