import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvariantError } from '../../../../../engine/base/assert.ts';
import { encodeFetchRequest, type FetchRequest } from '../../../../../engine/protocol/generated/fetch-request.js';
import { encodeFetchResponse } from '../../../../../engine/protocol/generated/fetch-response.js';
import { ProtocolError } from '../../../../../engine/protocol/protocol-error.ts';
import type { Init } from '../../../../../engine/protocol/types.ts';
import { uuidFromBytes, uuidToBytes } from '../../../../../engine/protocol/uuid.ts';
import {
  FetchRequestView,
  highestFetchVersion,
  lowestFetchVersion,
} from '../../../../../engine/protocol/views/fetch-request-view.ts';
import { FetchResponseWriter } from '../../../../../engine/protocol/views/fetch-response-writer.ts';
import { Writer } from '../../../../../engine/protocol/writer.ts';
import fc from '../../../../support/fast-check.ts';

const version = fc.integer({ min: lowestFetchVersion, max: highestFetchVersion });
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => uuidFromBytes(bytes, 0));
const name = fc.string({ maxLength: 40 });
const tags = fc.constantFrom(
  [],
  [
    { tag: 3, data: Uint8Array.of(1) },
    { tag: 900, data: new Uint8Array(200) },
  ],
);
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

const partition = fc.record({
  partition: fc.integer(),
  currentLeaderEpoch: fc.integer(),
  fetchOffset: int64,
  lastFetchedEpoch: fc.integer(),
  logStartOffset: int64,
  partitionMaxBytes: fc.integer(),
  replicaDirectoryId: uuid,
  highWatermark: int64,
  unknownTaggedFields: tags,
});
const request = fc.record({
  clusterId: fc.option(name),
  replicaId: fc.integer(),
  replicaEpoch: int64,
  maxWaitMs: fc.integer(),
  minBytes: fc.integer(),
  maxBytes: fc.integer(),
  isolationLevel: fc.integer({ min: 0, max: 1 }),
  sessionId: fc.integer(),
  sessionEpoch: fc.integer(),
  topics: fc.array(
    fc.record({
      topic: name,
      topicId: uuid,
      partitions: fc.array(partition, { maxLength: 3 }),
      unknownTaggedFields: tags,
    }),
    { maxLength: 3 },
  ),
  forgottenTopicsData: fc.array(
    fc.record({
      topic: name,
      topicId: uuid,
      partitions: fc.array(fc.integer(), { maxLength: 3 }),
      unknownTaggedFields: tags,
    }),
    { maxLength: 3 },
  ),
  rackId: name,
  unknownTaggedFields: tags,
});
type Given = (typeof request extends fc.Arbitrary<infer T> ? T : never) & object;

/** What a version cannot carry is left out, so that encoding does not refuse it. */
function fit(given: Given, v: number): Init<FetchRequest> {
  const unknown = (fields: Given['unknownTaggedFields']) => (v >= 12 ? fields : []);
  return {
    ...given,
    unknownTaggedFields: unknown(given.unknownTaggedFields),
    replicaId: v <= 14 ? given.replicaId : -1,
    replicaState: v >= 15 ? { replicaId: given.replicaId, replicaEpoch: given.replicaEpoch } : {},
    topics: given.topics.map((topic) => ({
      ...topic,
      unknownTaggedFields: unknown(topic.unknownTaggedFields),
      partitions: topic.partitions.map((one) => ({
        ...one,
        unknownTaggedFields: unknown(one.unknownTaggedFields),
        lastFetchedEpoch: v >= 12 ? one.lastFetchedEpoch : -1,
      })),
    })),
    forgottenTopicsData:
      v < 7
        ? []
        : given.forgottenTopicsData.map((topic) => ({
            ...topic,
            unknownTaggedFields: unknown(topic.unknownTaggedFields),
          })),
  };
}

function lieInSharedMemory(message: Init<FetchRequest>, v: number): { bytes: Uint8Array; end: number } {
  const writer = new Writer();
  encodeFetchRequest(writer, message, v);
  const encoded = writer.toBytes();
  const bytes = new Uint8Array(new SharedArrayBuffer(encoded.length + 40)).fill(0xee);
  bytes.set(encoded, 17);
  return { bytes, end: 17 + encoded.length };
}

const text = (bytes: Uint8Array, start: number, length: number): string =>
  Buffer.from(bytes.slice(start, start + length)).toString();

function clamp(value: bigint): number {
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(value > limit ? limit : value < -limit ? -limit : value);
}

test('the view sees what was encoded', () => {
  const view = new FetchRequestView();
  fc.assert(
    fc.property(request, version, (given, v) => {
      const { bytes, end } = lieInSharedMemory(fit(given, v), v);
      view.open(bytes, 17, end, v);
      assert.equal(view.replicaId, given.replicaId);
      // A replica state that is all default is not sent, and then there is no epoch.
      assert.equal(view.replicaEpoch, v >= 15 ? clamp(given.replicaEpoch) : -1);
      assert.deepEqual(
        [view.maxWaitMs, view.minBytes, view.maxBytes, view.isolationLevel],
        [given.maxWaitMs, given.minBytes, given.maxBytes, given.isolationLevel],
      );
      assert.deepEqual([view.sessionId, view.sessionEpoch], v >= 7 ? [given.sessionId, given.sessionEpoch] : [0, -1]);
      assert.equal(text(bytes, view.rackIdStart, view.rackIdBytes), v >= 11 ? given.rackId : '');
      const clusterId = view.clusterIdBytes < 0 ? null : text(bytes, view.clusterIdStart, view.clusterIdBytes);
      assert.equal(clusterId, v >= 12 ? given.clusterId : null);
      assert.equal(view.topicCount, given.topics.length);
      assert.equal(view.partitionCount, given.topics.flatMap((topic) => topic.partitions).length);
      for (const topic of given.topics) {
        assert.equal(view.nextTopic(), true);
        checkTopic(view, bytes, v, topic);
        for (const one of topic.partitions) {
          assert.equal(view.nextPartition(), true);
          checkPartition(view, bytes, v, one);
        }
      }
      assert.equal(view.nextTopic(), false);
      view.rewind();
      view.nextTopic();
      view.beginForgotten();
      for (const topic of v >= 7 ? given.forgottenTopicsData : []) {
        assert.equal(view.nextForgottenTopic(), true);
        checkTopic(view, bytes, v, topic);
        // The last one is not looked at: nextForgottenTopic passes over it.
        for (const one of topic.partitions.slice(0, -1)) {
          assert.equal(view.nextForgottenPartition(), true);
          assert.equal(view.partition, one);
        }
      }
      assert.equal(view.nextForgottenTopic(), false);
    }),
  );
});

function checkTopic(
  view: FetchRequestView,
  bytes: Uint8Array,
  v: number,
  topic: Given['topics'][0] | Given['forgottenTopicsData'][0],
): void {
  if (v >= 13) assert.equal(uuidFromBytes(bytes, view.topicIdStart), topic.topicId);
  else assert.equal(text(bytes, view.topicNameStart, view.topicNameBytes), topic.topic);
  assert.equal(view.topicPartitionCount, topic.partitions.length);
}

function checkPartition(
  view: FetchRequestView,
  bytes: Uint8Array,
  v: number,
  one: Given['topics'][0]['partitions'][0],
): void {
  assert.equal(view.partition, one.partition);
  assert.equal(view.currentLeaderEpoch, v >= 9 ? one.currentLeaderEpoch : -1);
  assert.equal(view.fetchOffset, clamp(one.fetchOffset));
  assert.equal(view.lastFetchedEpoch, v >= 12 ? one.lastFetchedEpoch : -1);
  assert.equal(view.logStartOffset, v >= 5 ? clamp(one.logStartOffset) : -1);
  assert.equal(view.partitionMaxBytes, one.partitionMaxBytes);
  const id = view.replicaDirectoryIdStart;
  assert.equal(
    id < 0 ? 'AAAAAAAAAAAAAAAAAAAAAA' : uuidFromBytes(bytes, id),
    v >= 17 ? one.replicaDirectoryId : 'AAAAAAAAAAAAAAAAAAAAAA',
  );
  assert.equal(view.highWatermark, v >= 18 ? clamp(one.highWatermark) : Number.MAX_SAFE_INTEGER);
}

test('opening a request that is cut short or changed fails with a ProtocolError or not at all', () => {
  const view = new FetchRequestView();
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
  let refused = 0;
  fc.assert(
    fc.property(request, version, edits, fc.nat(), (given, v, changes, cut) => {
      const { bytes, end } = lieInSharedMemory(fit(given, v), v);
      for (const [at, value] of changes) bytes[17 + (at % (end - 17))] = value;
      const limit = changes.length === 0 ? 17 + (cut % (end - 17)) : end;
      try {
        view.open(bytes, 17, limit, v);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
        refused++;
        return;
      }
      let seen = 0;
      while (view.nextTopic()) while (view.nextPartition()) seen++;
      assert.equal(seen, view.partitionCount);
      view.beginForgotten();
      while (view.nextForgottenTopic()) while (view.nextForgottenPartition()) seen++;
      assert.equal(seen, view.partitionCount + view.forgottenPartitionCount);
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > 100);
});

test('tags of later versions are refused, as Kafka does', () => {
  const writer = new Writer();
  encodeFetchRequest(
    writer,
    { topics: [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: [{ highWatermark: 1n }] }] },
    18,
  );
  assert.throws(() => new FetchRequestView().open(writer.toBytes(), 0, writer.sizeBytes, 17), { reason: 'bad-tag' });
  assert.throws(() => new FetchRequestView().open(writer.toBytes(), 0, writer.sizeBytes, 19), {
    reason: 'unsupported-version',
  });
});

const result = fc.record({
  partition: fc.integer(),
  errorCode: fc.integer({ min: -1, max: 130 }),
  highWatermark: fc.maxSafeInteger(),
  lastStableOffset: fc.maxSafeInteger(),
  logStartOffset: fc.maxSafeInteger(),
  aborted: fc.option(fc.array(fc.record({ producerId: int64, firstOffset: fc.maxSafeNat() }), { maxLength: 2 })),
  preferredReadReplica: fc.constantFrom(-1, 4),
  records: fc.option(fc.array(fc.nat({ max: 4000 }), { maxLength: 3 })),
  diverging: fc.option(fc.tuple(fc.nat(), fc.maxSafeNat())),
  leader: fc.option(fc.tuple(fc.nat(), fc.nat())),
  snapshot: fc.option(fc.tuple(fc.maxSafeNat(), fc.nat())),
});
const response = fc.record({
  throttleTimeMs: fc.integer(),
  errorCode: fc.integer({ min: -1, max: 130 }),
  sessionId: fc.integer(),
  topics: fc.array(fc.record({ topic: name, topicId: uuid, partitions: fc.array(result, { maxLength: 3 }) }), {
    maxLength: 3,
  }),
  endpoints: fc.array(fc.record({ nodeId: fc.integer(), host: name, port: fc.integer(), rack: fc.option(name) }), {
    maxLength: 3,
  }),
});
type GivenResult = typeof result extends fc.Arbitrary<infer T> ? T : never;

function encodedPartition(one: GivenResult, v: number) {
  const flexible = v >= 12;
  const length = one.records?.reduce((sum, part) => sum + part, 0);
  return {
    partitionIndex: one.partition,
    errorCode: one.errorCode,
    highWatermark: BigInt(one.highWatermark),
    lastStableOffset: BigInt(one.lastStableOffset),
    logStartOffset: BigInt(one.logStartOffset),
    abortedTransactions: one.aborted?.map((a) => ({ ...a, firstOffset: BigInt(a.firstOffset) })) ?? null,
    preferredReadReplica: v >= 11 ? one.preferredReadReplica : -1,
    records: length === undefined ? null : new Uint8Array(length).fill(5),
    divergingEpoch: flexible && one.diverging ? { epoch: one.diverging[0], endOffset: BigInt(one.diverging[1]) } : {},
    currentLeader: flexible && one.leader ? { leaderId: one.leader[0], leaderEpoch: one.leader[1] } : {},
    snapshotId: flexible && one.snapshot ? { endOffset: BigInt(one.snapshot[0]), epoch: one.snapshot[1] } : {},
  };
}

function writePartition(responses: FetchResponseWriter, one: GivenResult): void {
  const recordsBytes = one.records === null ? -1 : one.records.reduce((sum, part) => sum + part, 0);
  responses.partition(
    one.partition,
    one.errorCode,
    one.highWatermark,
    one.lastStableOffset,
    one.logStartOffset,
    one.aborted,
    one.preferredReadReplica,
    recordsBytes,
  );
  for (const part of one.records ?? []) responses.records(new Uint8Array(part).fill(5));
  if (one.diverging !== null) responses.divergingEpoch(...one.diverging);
  if (one.leader !== null) responses.currentLeader(...one.leader);
  if (one.snapshot !== null) responses.snapshotId(...one.snapshot);
}

test('the writer makes the bytes of the generated encoder', () => {
  const responses = new FetchResponseWriter();
  fc.assert(
    fc.property(response, version, (given, v) => {
      const expected = new Writer();
      const topics = given.topics.map((topic) => ({
        topic: topic.topic,
        topicId: topic.topicId,
        partitions: topic.partitions.map((one) => encodedPartition(one, v)),
      }));
      const head = {
        throttleTimeMs: given.throttleTimeMs,
        errorCode: given.errorCode,
        sessionId: v >= 7 ? given.sessionId : 0,
      };
      encodeFetchResponse(expected, { ...head, responses: topics, nodeEndpoints: v >= 16 ? given.endpoints : [] }, v);
      const writer = new Writer(new Uint8Array(4));
      responses.begin(writer, v, given.throttleTimeMs, given.errorCode, given.sessionId, given.topics.length);
      for (const topic of given.topics) {
        const id = new Uint8Array(20);
        uuidToBytes(topic.topicId, id, 2);
        const nameBytes = Buffer.from(`xy${topic.topic}`);
        if (v >= 13) responses.topic(id, 2, -1, topic.partitions.length);
        else responses.topic(nameBytes, 2, nameBytes.length - 2, topic.partitions.length);
        for (const one of topic.partitions) writePartition(responses, one);
      }
      responses.end(given.endpoints);
      assert.equal(writer.sizeBytes, expected.sizeBytes);
      assert.deepEqual(writer.toBytes(), expected.toBytes());
    }),
  );
});

test('long records are sent from where they lie, and have to be complete', () => {
  const responses = new FetchResponseWriter();
  const writer = new Writer();
  responses.begin(writer, 12, 0, 0, 0, 1);
  responses.topic(Buffer.from('t'), 0, 1, 1);
  responses.partition(0, 0, 9, 9, 0, null, -1, 10_000);
  const first = new Uint8Array(6000);
  responses.records(first);
  assert.throws(() => responses.end([]), InvariantError);
  assert.equal(writer.segments()[1], first);
});
