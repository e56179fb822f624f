import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProduceRequest } from '../../../../../engine/protocol/generated/produce-request.js';
import { encodeProduceRequest } from '../../../../../engine/protocol/generated/produce-request.js';
import { encodeProduceResponse } from '../../../../../engine/protocol/generated/produce-response.js';
import { ProtocolError } from '../../../../../engine/protocol/protocol-error.ts';
import type { Init } from '../../../../../engine/protocol/types.ts';
import { uuidFromBytes, uuidToBytes } from '../../../../../engine/protocol/uuid.ts';
import {
  highestProduceVersion,
  lowestProduceVersion,
  ProduceRequestView,
} from '../../../../../engine/protocol/views/produce-request-view.ts';
import { ProduceResponseWriter } from '../../../../../engine/protocol/views/produce-response-writer.ts';
import { Writer } from '../../../../../engine/protocol/writer.ts';
import fc from '../../../../support/fast-check.ts';

const version = fc.integer({ min: lowestProduceVersion, max: highestProduceVersion });
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => uuidFromBytes(bytes, 0));
const name = fc.string({ maxLength: 40 });
const tags = fc.constantFrom(
  [],
  [
    { tag: 3, data: Uint8Array.of(1) },
    { tag: 900, data: new Uint8Array(200) },
  ],
);

const request = fc.record({
  transactionalId: fc.option(name),
  acks: fc.integer({ min: -1, max: 1 }),
  timeoutMs: fc.integer(),
  topicData: fc.array(
    fc.record({
      name,
      topicId: uuid,
      partitionData: fc.array(
        fc.record({
          index: fc.integer(),
          records: fc.option(fc.uint8Array({ maxLength: 300 })),
          unknownTaggedFields: tags,
        }),
        { maxLength: 4 },
      ),
      unknownTaggedFields: tags,
    }),
    { maxLength: 4 },
  ),
  unknownTaggedFields: tags,
});

/** What a version cannot carry is left out, so that encoding does not refuse it. */
function fit(message: Init<ProduceRequest>, atVersion: number): Init<ProduceRequest> {
  if (atVersion >= 9) return message;
  const topicData = message.topicData!.map((topic) => ({
    ...topic,
    unknownTaggedFields: [],
    partitionData: topic.partitionData!.map((partition) => ({ ...partition, unknownTaggedFields: [] })),
  }));
  return { ...message, topicData, unknownTaggedFields: [] };
}

/** The request as it would lie in an arena: shared memory, something before and after it. */
function lieInSharedMemory(message: Init<ProduceRequest>, atVersion: number): { bytes: Uint8Array; end: number } {
  const writer = new Writer();
  encodeProduceRequest(writer, message, atVersion);
  const encoded = writer.toBytes();
  const bytes = new Uint8Array(new SharedArrayBuffer(encoded.length + 40)).fill(0xee);
  bytes.set(encoded, 17);
  return { bytes, end: 17 + encoded.length };
}

const text = (bytes: Uint8Array, start: number, length: number): string =>
  Buffer.from(bytes.slice(start, start + length)).toString();

test('the view sees what was encoded, as often as it is asked', () => {
  const view = new ProduceRequestView();
  fc.assert(
    fc.property(request, version, (whole, atVersion) => {
      const message = fit(whole, atVersion);
      const { bytes, end } = lieInSharedMemory(message, atVersion);
      view.open(bytes, 17, end, atVersion);
      const id =
        view.transactionalIdBytes < 0 ? null : text(bytes, view.transactionalIdStart, view.transactionalIdBytes);
      assert.equal(id, message.transactionalId);
      assert.equal(view.acks, message.acks);
      assert.equal(view.timeoutMs, message.timeoutMs);
      const partitions = message.topicData!.flatMap((topic) => topic.partitionData!);
      assert.equal(view.topicCount, message.topicData!.length);
      assert.equal(view.partitionCount, partitions.length);
      assert.equal(
        view.totalRecordsBytes,
        partitions.reduce((sum, partition) => sum + (partition.records?.length ?? 0), 0),
      );
      for (let round = 0; round < 2; round++) {
        for (const topic of message.topicData!) {
          assert.equal(view.nextTopic(), true);
          if (atVersion >= 13) assert.equal(uuidFromBytes(bytes, view.topicIdStart), topic.topicId);
          else assert.equal(text(bytes, view.topicNameStart, view.topicNameBytes), topic.name);
          assert.equal(atVersion >= 13 ? view.topicNameBytes : view.topicIdStart, -1);
          assert.equal(view.topicPartitionCount, topic.partitionData!.length);
          // In the second round a topic's last partition is not looked at: nextTopic passes over it.
          for (const partition of topic.partitionData!.slice(round)) {
            assert.equal(view.nextPartition(), true);
            if (round === 1) continue;
            assert.equal(view.partition, partition.index);
            assert.equal(view.recordsBytes, partition.records === null ? -1 : partition.records!.length);
            const seen = bytes.slice(view.recordsStart, view.recordsStart + Math.max(0, view.recordsBytes));
            assert.deepEqual(seen, partition.records ?? new Uint8Array(0));
          }
          if (round === 0) assert.equal(view.nextPartition(), false);
        }
        assert.equal(view.nextTopic(), false);
        view.rewind();
      }
    }),
  );
});

test('opening a request that is cut short or changed fails with a ProtocolError or not at all', () => {
  const view = new ProduceRequestView();
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
  let refused = 0;
  fc.assert(
    fc.property(request, version, edits, fc.nat(), (whole, atVersion, changes, cut) => {
      const { bytes, end } = lieInSharedMemory(fit(whole, atVersion), atVersion);
      for (const [at, value] of changes) bytes[17 + (at % (end - 17))] = value;
      const limit = changes.length === 0 ? 17 + (cut % (end - 17)) : end;
      try {
        view.open(bytes, 17, limit, atVersion);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
        refused++;
        return;
      }
      let seen = 0;
      while (view.nextTopic()) {
        while (view.nextPartition()) {
          seen++;
          assert.ok(view.recordsStart + Math.max(0, view.recordsBytes) <= limit);
        }
      }
      assert.equal(seen, view.partitionCount);
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > 100);
});

test('versions that cannot be read are refused', () => {
  for (const other of [0, 2, 14]) {
    assert.throws(() => new ProduceRequestView().open(new Uint8Array(50), 0, 50, other), {
      name: 'ProtocolError',
      reason: 'unsupported-version',
    });
  }
});

const partitionResult = fc.record({
  index: fc.integer(),
  errorCode: fc.integer({ min: -1, max: 130 }),
  baseOffset: fc.maxSafeInteger(),
  logAppendTimeMs: fc.maxSafeInteger(),
  logStartOffset: fc.maxSafeInteger(),
  recordErrors: fc.array(fc.record({ batchIndex: fc.integer(), message: fc.option(name) }), { maxLength: 2 }),
  errorMessage: fc.option(name),
  leader: fc.constantFrom([-1, -1], [3, 7], [-1, 0], [0, -1]),
});
const response = fc.record({
  topics: fc.array(fc.record({ name, topicId: uuid, partitions: fc.array(partitionResult, { maxLength: 3 }) }), {
    maxLength: 3,
  }),
  throttleTimeMs: fc.integer(),
  endpoints: fc.array(fc.record({ nodeId: fc.integer(), host: name, port: fc.integer(), rack: fc.option(name) }), {
    maxLength: 20,
  }),
});

test('the writer makes the bytes of the generated encoder', () => {
  const responses = new ProduceResponseWriter();
  fc.assert(
    fc.property(response, version, (given, atVersion) => {
      const expected = new Writer();
      encodeProduceResponse(
        expected,
        {
          responses: given.topics.map((topic) => ({
            name: topic.name,
            topicId: topic.topicId,
            partitionResponses: topic.partitions.map((partition) => ({
              index: partition.index,
              errorCode: partition.errorCode,
              baseOffset: BigInt(partition.baseOffset),
              logAppendTimeMs: BigInt(partition.logAppendTimeMs),
              logStartOffset: BigInt(partition.logStartOffset),
              recordErrors: partition.recordErrors.map((error) => ({
                batchIndex: error.batchIndex,
                batchIndexErrorMessage: error.message,
              })),
              errorMessage: partition.errorMessage,
              currentLeader: atVersion >= 10 ? { leaderId: partition.leader[0], leaderEpoch: partition.leader[1] } : {},
            })),
          })),
          throttleTimeMs: given.throttleTimeMs,
          nodeEndpoints: atVersion >= 10 ? given.endpoints : [],
        },
        atVersion,
      );
      const writer = new Writer(new Uint8Array(4));
      responses.begin(writer, atVersion, given.topics.length);
      for (const topic of given.topics) {
        const id = new Uint8Array(20);
        uuidToBytes(topic.topicId, id, 2);
        const nameBytes = Buffer.from(`xy${topic.name}`);
        if (atVersion >= 13) responses.topic(id, 2, -1, topic.partitions.length);
        else responses.topic(nameBytes, 2, nameBytes.length - 2, topic.partitions.length);
        for (const p of topic.partitions) {
          responses.partition(
            p.index,
            p.errorCode,
            p.baseOffset,
            p.logAppendTimeMs,
            p.logStartOffset,
            p.recordErrors,
            p.errorMessage,
            p.leader[0]!,
            p.leader[1]!,
          );
        }
      }
      responses.end(given.throttleTimeMs, given.endpoints);
      assert.deepEqual(writer.toBytes(), expected.toBytes());
    }),
  );
});
