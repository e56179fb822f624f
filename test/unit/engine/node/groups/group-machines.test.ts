/** Groups on several shards: calls find the shard that keeps the group, wait there, and are given up; partitions are read again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compressionCodec } from '#engine/base/codec.ts';
import { partitionOfGroup } from '#engine/broker/ask-groups.ts';
import { encodeGroupRecord } from '#engine/groups/group-records.ts';
import type { ShardDelta } from '#engine/metadata/delta.ts';
import { apiRow } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { DescribeGroupsResponse } from '#engine/protocol/generated/describe-groups-response.js';
import type { HeartbeatResponse } from '#engine/protocol/generated/heartbeat-response.js';
import type { JoinGroupResponse } from '#engine/protocol/generated/join-group-response.js';
import type { ListGroupsResponse } from '#engine/protocol/generated/list-groups-response.js';
import type { OffsetCommitResponse } from '#engine/protocol/generated/offset-commit-response.js';
import type { OffsetFetchResponse } from '#engine/protocol/generated/offset-fetch-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { encodeRequestHeader } from '#engine/protocol/generated/request-header.js';
import { Reader } from '#engine/protocol/reader.ts';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { checksum } from '#native/checksum.ts';
import { compression } from '#native/compression.ts';
import { type FakeClient, ShardGroup } from '../../../../support/shard-group.ts';
import { SimulatedDisk } from '../../../../support/simulated-disk.ts';

const partitions = 8;
const offsets = { name: '__consumer_offsets', id: 'AAAAAAAAAAAAAAAAAAAAAg', partitions };
const topic = { name: 't', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: 3000 };
const shards = 3;

async function frame(key: number, version: number, message: object): Promise<Uint8Array> {
  const row = apiRow(key)!;
  const writer = new Writer();
  writer.int32(0);
  const header = { requestApiKey: key, requestApiVersion: version, correlationId: 1, clientId: 'test' };
  encodeRequestHeader(writer, header, row.requestHeaderVersion(version));
  (await row.loadRequest()).encode(writer, message, version);
  writer.patchInt32(0, writer.sizeBytes - 4);
  return writer.toBytes().slice();
}

async function answerOf<T>(client: FakeClient, key: number, version: number): Promise<T | undefined> {
  const [answer] = client.answers();
  if (answer === undefined) return undefined;
  const row = apiRow(key)!;
  const reader = new Reader(answer.slice(), 4);
  if (row.responseHeaderVersion(version) === 1) reader.skipTags();
  return (await row.loadResponse()).decode(reader, version) as T;
}

async function call<T>(
  group: ShardGroup,
  client: FakeClient,
  key: number,
  version: number,
  message: object,
): Promise<T> {
  client.send(await frame(key, version, message));
  await group.settle();
  const answer = await answerOf<T>(client, key, version);
  assert.ok(answer !== undefined, 'no answer');
  return answer;
}

function joining(groupId: string, memberId = ''): object {
  const protocols = [{ name: 'range', metadata: new Uint8Array(0) }];
  const timeouts = { sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 60_000 };
  return { groupId, memberId, protocolType: 'other', protocols, ...timeouts };
}

function commitOf(groupId: string, indexes: readonly number[], metadata: string): object {
  const committed = indexes.map((partitionIndex) => ({
    partitionIndex,
    committedOffset: BigInt(partitionIndex),
    committedMetadata: metadata,
  }));
  return { groupId, topics: [{ name: 't', partitions: committed }] };
}

/** The shard that keeps a group, found by asking each which partitions it has. */
function ownerOf(group: ShardGroup, groupId: string): number {
  const { topics } = group.metadata;
  const row = topics.partitionRow(topics.findByNameString(offsets.name), partitionOfGroup(groupId, partitions));
  return group.shards.findIndex((shard) => shard.replicas.owns(row));
}

test('the partition of a group is the one that every broker reckons', () => {
  // What Java says of their hashes.
  const hashes = new Map([
    ['', 0],
    ['abc', 96_354],
    ['grüße', 98_768_023],
    ['consumer-group-\u{1f600}', 278_777_704],
    ['polygenelubricants', -2_147_483_648],
  ]);
  for (const [id, hash] of hashes) assert.equal(partitionOfGroup(id, 50), (hash & 0x7fffffff) % 50, id);
});

test('members on every shard are in one group; who waits holds nobody up', async () => {
  const group = new ShardGroup(shards, [offsets, topic]);
  const clients = [0, 1, 2].map((shard) => group.connect(shard));
  for (const client of clients) client.send(await frame(apiKey.JoinGroup, 3, joining('g')));
  await group.settle();
  const others = [0, 1, 2].map((shard) => group.connect(shard));
  for (const client of others) {
    const listed = await call<ListGroupsResponse>(group, client, apiKey.ListGroups, 4, {});
    assert.deepEqual(
      listed.groups.map(({ groupId, groupState }) => [groupId, groupState]),
      [['g', 'PreparingRebalance']],
    );
  }
  // The initial delay, and once more for those who came meanwhile.
  group.clock.advance(3000);
  group.clock.advance(3000);
  await group.settle();
  const joined = await Promise.all(clients.map((client) => answerOf<JoinGroupResponse>(client, apiKey.JoinGroup, 3)));
  assert.deepEqual(
    joined.map((one) => [one?.errorCode, one?.generationId]),
    [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
  );
  assert.deepEqual(joined.map((one) => one?.members.length).sort(), [0, 0, 3]);
  assert.equal(new Set(joined.map((one) => one?.memberId)).size, 3);
});

test('however many wait to join, other requests are served; a closed connection gives its wait up', async () => {
  const group = new ShardGroup(shards, [offsets, topic]);
  const waiting = Array.from({ length: 1200 }, (_, index) => group.connect(index % shards));
  for (const client of waiting) client.send(await frame(apiKey.JoinGroup, 3, joining('g')));
  await group.settle();
  const other = group.connect(0);
  const described = await call<DescribeGroupsResponse>(group, other, apiKey.DescribeGroups, 4, { groups: ['g'] });
  assert.equal(described.groups[0]!.members.length, 1200);
  for (const client of waiting.slice(1)) client.close();
  await group.settle();
  group.clock.advance(3000);
  group.clock.advance(3000);
  await group.settle();
  const joined = await answerOf<JoinGroupResponse>(waiting[0]!, apiKey.JoinGroup, 3);
  assert.equal(joined?.errorCode, 0);
  for (const shard of group.shards) {
    const stats = shard.stats();
    assert.equal(stats.requestsUnderWay, 0);
    assert.ok(stats.links.every(({ controlQueued }) => controlQueued === 0));
  }
});

test('what no chunk holds crosses from shard to shard all the same', async () => {
  const group = new ShardGroup(shards, [offsets, topic]);
  const owner = ownerOf(group, 'g');
  const client = group.connect((owner + 1) % shards);
  const metadata = 'x'.repeat(4000);
  for (let from = 0; from < 3000; from += 200) {
    const indexes = Array.from({ length: 200 }, (_, index) => from + index);
    const answer = await call<OffsetCommitResponse>(
      group,
      client,
      apiKey.OffsetCommit,
      8,
      commitOf('g', indexes, metadata),
    );
    assert.ok(answer.topics[0]!.partitions.every((partition) => partition.errorCode === 0));
  }
  const request = { groups: [{ groupId: 'g', topics: null }] };
  const fetched = await call<OffsetFetchResponse>(group, client, apiKey.OffsetFetch, 8, request);
  const found = fetched.groups[0]!.topics[0]!.partitions;
  assert.equal(found.length, 3000);
  assert.ok(found.every((one) => one.committedOffset === BigInt(one.partitionIndex) && one.metadata === metadata));
});

function delta(more: Partial<ShardDelta>): ShardDelta {
  const lists = {
    lead: [],
    altered: [],
    follow: [],
    remove: [],
    removedTopics: [],
    topicConfigs: [],
    resourceConfigs: [],
  };
  return { imageOffset: 1, imageEpoch: 1, full: false, ...lists, brokerConfigs: null, cluster: null, ...more };
}

test('commits of one connection are under way together, are written in their order, and are read by what comes after', async () => {
  const group = new ShardGroup(shards, [offsets, topic]);
  const owner = ownerOf(group, 'g');
  const client = group.connect((owner + 1) % shards);
  await call(group, client, apiKey.OffsetCommit, 8, commitOf('g', [1], 'first'));
  await call(group, client, apiKey.OffsetFetch, 8, { groups: [{ groupId: 'g', topics: null }] });
  const commits = [];
  for (let i = 0; i < 5; i++) commits.push(await frame(apiKey.OffsetCommit, 8, commitOf('g', [1], `commit ${i}`)));
  const fetch = await frame(apiKey.OffsetFetch, 8, { groups: [{ groupId: 'g', topics: null }] });
  client.send(Buffer.concat([...commits, fetch]));
  const sizes: number[] = [];
  const fetched: Uint8Array[] = [];
  for (let idle = 0; idle < 3; idle++) {
    while (group.turn()) {
      idle = 0;
      const answers = client.answers();
      if (answers.length > 0) sizes.push(answers.length);
      fetched.push(...answers.slice(-1));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(sizes, [5, 1]);
  const reader = new Reader(fetched.at(-1)!.slice(), 4);
  reader.skipTags();
  const { groups } = (await apiRow(apiKey.OffsetFetch)!.loadResponse()).decode(reader, 8) as OffsetFetchResponse;
  assert.equal(groups[0]!.topics[0]!.partitions[0]!.metadata, 'commit 4');
});

test('a partition that is led again is read in slices; who asks meanwhile is told so, and who waited that it is gone', async () => {
  const group = new ShardGroup(shards, [offsets, topic]);
  const owner = ownerOf(group, 'g');
  const shard = group.shards[owner]!;
  const client = group.connect(owner);
  for (let round = 0; round < 20; round++) {
    const indexes = Array.from({ length: 200 }, (_, index) => round * 100 + index);
    await call(group, client, apiKey.OffsetCommit, 8, commitOf('g', indexes, `${round}`));
  }
  const waiting = group.connect((owner + 1) % shards);
  waiting.send(await frame(apiKey.JoinGroup, 3, joining('g')));
  await group.settle();
  const { topics } = group.metadata;
  const row = topics.partitionRow(topics.findByNameString(offsets.name), partitionOfGroup('g', partitions));
  shard.apply(delta({ follow: [row] }));
  await group.settle();
  const refused = await answerOf<JoinGroupResponse>(waiting, apiKey.JoinGroup, 3);
  assert.equal(refused?.errorCode, errorCode.NOT_COORDINATOR);
  shard.apply(delta({ lead: [row] }));
  await group.settle();
  const request = { groups: [{ groupId: 'g', topics: null }] };
  const early = await call<OffsetFetchResponse>(group, client, apiKey.OffsetFetch, 8, request);
  assert.equal(early.groups[0]!.errorCode, errorCode.COORDINATOR_LOAD_IN_PROGRESS);
  const beat = { groupId: 'g', generationId: 1, memberId: 'm' };
  assert.equal((await call<HeartbeatResponse>(group, client, apiKey.Heartbeat, 4, beat)).errorCode, 0);
  for (let slice = 0; slice < 100; slice++) {
    group.clock.advance(1);
    await group.settle();
  }
  const late = await call<OffsetFetchResponse>(group, client, apiKey.OffsetFetch, 8, request);
  assert.equal(late.groups[0]!.errorCode, 0);
  const found = late.groups[0]!.topics[0]!.partitions;
  assert.equal(found.length, 2100);
  assert.equal(found.find(({ partitionIndex }) => partitionIndex === 150)?.metadata, '1');
  assert.equal(found.find(({ partitionIndex }) => partitionIndex === 2099)?.metadata, '19');
});

/** Has the partition read again, to its end. */
async function readAgain(group: ShardGroup, owner: number, row: number): Promise<void> {
  group.shards[owner]!.apply(delta({ follow: [row] }));
  await group.settle();
  group.shards[owner]!.apply(delta({ lead: [row] }));
  for (let slice = 0; slice < 20; slice++) {
    await group.settle();
    group.clock.advance(1);
  }
}

test('records that make no sense are passed over, and the others are known; compressed ones too', async () => {
  const group = new ShardGroup(shards, [offsets, topic]);
  const owner = ownerOf(group, 'g');
  const client = group.connect(owner);
  const partition = partitionOfGroup('g', partitions);
  const { topics } = group.metadata;
  const row = topics.partitionRow(topics.findByNameString(offsets.name), partition);
  await call(group, client, apiKey.OffsetCommit, 8, commitOf('g', [1], 'before'));
  const produce = async (records: Uint8Array): Promise<void> => {
    const topicData = [{ name: offsets.name, partitionData: [{ index: partition, records }] }];
    const answer = await call<ProduceResponse>(group, client, apiKey.Produce, 9, {
      acks: -1,
      timeoutMs: 1000,
      topicData,
    });
    assert.equal(answer.responses[0]!.partitionResponses[0]!.errorCode, 0);
  };
  const nonsense = new BatchBuilder();
  for (const key of [[], [0], [0, 1], [0, 1, 0, 9, 1], [0, 2, 0, 1, 103], [0, 9, 1], [255, 255], [0, 3, 0, 1, 103]]) {
    nonsense.append(group.clock.wallMs(), Uint8Array.from(key), Uint8Array.of(9, 9, 9));
  }
  await produce(nonsense.build(checksum));
  const value = { offset: 7n, leaderEpoch: -1, metadata: 'zipped', commitTimestampMs: 1, expireTimestampMs: -1 };
  const record = {
    kind: 'offset',
    groupId: 'g',
    topic: 't',
    partition: 2,
    value: { ...value, topicId: topic.id },
  } as const;
  const encoded = encodeGroupRecord(record);
  const zipped = new BatchBuilder().append(group.clock.wallMs(), encoded.key, encoded.value);
  await produce(await zipped.buildCompressed(checksum, compression, compressionCodec.zstd));
  await call(group, client, apiKey.OffsetCommit, 8, commitOf('g', [3], 'after'));
  await readAgain(group, owner, row);
  const request = { groups: [{ groupId: 'g', topics: null }] };
  const fetched = await call<OffsetFetchResponse>(group, client, apiKey.OffsetFetch, 8, request);
  const found = fetched.groups[0]!.topics[0]!.partitions.map((one) => [one.partitionIndex, one.metadata]);
  assert.deepEqual(found.sort(), [
    [1, 'before'],
    [2, 'zipped'],
    [3, 'after'],
  ]);
  const warned = group.logger.lines.filter(({ message }) => /makes no sense/.test(message));
  assert.equal(warned.length, 6);
});

test('a directory that goes offline takes its groups along', async () => {
  const disk = new SimulatedDisk();
  const group = new ShardGroup(shards, [offsets, topic], disk);
  const owner = ownerOf(group, 'g');
  const client = group.connect(owner);
  await call(group, client, apiKey.OffsetCommit, 8, commitOf('g', [1], ''));
  const waiting = group.connect((owner + 1) % shards);
  waiting.send(await frame(apiKey.JoinGroup, 3, joining('g')));
  await group.settle();
  disk.fail('for the test');
  const beat = { groupId: 'g', generationId: 1, memberId: 'm' };
  const answer = await call<HeartbeatResponse>(group, client, apiKey.Heartbeat, 4, beat);
  assert.equal(answer.errorCode, errorCode.NOT_COORDINATOR);
  const refused = await answerOf<JoinGroupResponse>(waiting, apiKey.JoinGroup, 3);
  assert.equal(refused?.errorCode, errorCode.NOT_COORDINATOR);
});

test('a topic that is deleted takes the offsets of all groups with it', async () => {
  const group = new ShardGroup(shards, [offsets, topic]);
  const client = group.connect(0);
  const ids = ['a', 'b', 'c', 'd', 'e'];
  for (const id of ids) await call(group, client, apiKey.OffsetCommit, 8, commitOf(id, [1, 2], ''));
  for (const shard of group.shards) shard.apply(delta({ removedTopics: ['t'] }));
  await group.settle();
  const request = { groups: ids.map((groupId) => ({ groupId, topics: null })) };
  const fetched = await call<OffsetFetchResponse>(group, client, apiKey.OffsetFetch, 8, request);
  assert.deepEqual(
    fetched.groups.map(({ errorCode: code, topics }) => [code, topics.length]),
    ids.map(() => [0, 0]),
  );
});

test('while there is no offsets topic nobody coordinates', async () => {
  const group = new ShardGroup(shards, [topic]);
  const client = group.connect(0);
  const beat = { groupId: 'g', generationId: 1, memberId: 'm' };
  const answer = await call<HeartbeatResponse>(group, client, apiKey.Heartbeat, 4, beat);
  assert.equal(answer.errorCode, errorCode.NOT_COORDINATOR);
  assert.deepEqual((await call<ListGroupsResponse>(group, client, apiKey.ListGroups, 5, {})).groups, []);
});
