import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeConsumerGroupMemberMetadataValue,
  encodeConsumerGroupMemberMetadataValue,
} from '../../../../engine/protocol/generated/consumer-group-member-metadata-value.js';
import { decodeFetchRequest, encodeFetchRequest } from '../../../../engine/protocol/generated/fetch-request.js';
import { encodeMetadataRequest } from '../../../../engine/protocol/generated/metadata-request.js';
import { encodePartitionRecord } from '../../../../engine/protocol/generated/partition-record.js';
import { decodeRequestHeader, encodeRequestHeader } from '../../../../engine/protocol/generated/request-header.js';
import {
  decodeTransactionLogValue,
  encodeTransactionLogValue,
} from '../../../../engine/protocol/generated/transaction-log-value.js';
import type { ProtocolErrorReason } from '../../../../engine/protocol/protocol-error.ts';
import { Reader } from '../../../../engine/protocol/reader.ts';
import { Writer } from '../../../../engine/protocol/writer.ts';

function hexOf(write: (writer: Writer) => void): string {
  const writer = new Writer();
  write(writer);
  return Buffer.from(writer.toBytes()).toString('hex');
}

function fails(reason: ProtocolErrorReason, run: () => unknown): void {
  assert.throws(run, { name: 'ProtocolError', reason });
}

test('a field that the version lacks is left out if it may be ignored', () => {
  const plain = hexOf((w) => encodeFetchRequest(w, {}, 4));
  assert.equal(
    hexOf((w) => encodeFetchRequest(w, { sessionId: 9, rackId: 'r', clusterId: 'c' }, 4)),
    plain,
  );
});

test('a field that the version lacks and that may not be ignored is an error, unless it is the default', () => {
  const forgotten = { forgottenTopicsData: [{ topic: 't' }] };
  fails('field-not-in-version', () => encodeFetchRequest(new Writer(), forgotten, 6));
  fails('field-not-in-version', () => encodeFetchRequest(new Writer(), { replicaState: { replicaId: 1 } }, 14));
  fails('field-not-in-version', () => encodeFetchRequest(new Writer(), { replicaId: 1 }, 15));
  const defaults = { forgottenTopicsData: [], replicaState: { replicaId: -1, replicaEpoch: -1n } };
  assert.equal(
    hexOf((w) => encodeFetchRequest(w, defaults, 6)),
    hexOf((w) => encodeFetchRequest(w, {}, 6)),
  );
  const elr = { eligibleLeaderReplicas: [1] };
  fails('field-not-in-version', () => encodePartitionRecord(new Writer(), elr, 1));
});

test('unknown tagged fields cannot go into a version without tags', () => {
  const unknownTaggedFields = [{ tag: 5, data: Uint8Array.of(1) }];
  fails('field-not-in-version', () => encodeFetchRequest(new Writer(), { unknownTaggedFields }, 11));
});

test('a null needs a version that allows it', () => {
  assert.equal(
    hexOf((w) => encodeMetadataRequest(w, { topics: null }, 1)),
    'ffffffff',
  );
  fails('unexpected-null', () => encodeMetadataRequest(new Writer(), { topics: null }, 0));
});

test('versions that the message does not have are refused both ways', () => {
  for (const version of [3, 19, -1, Number.NaN, 4.5 + 15]) {
    fails('unsupported-version', () => encodeFetchRequest(new Writer(), {}, version));
    fails('unsupported-version', () => decodeFetchRequest(new Reader(new Uint8Array(99)), version));
  }
});

test('tagged fields: written when not the default, in the order of their tags, known and unknown', () => {
  const message = {
    clusterId: 'c',
    replicaState: { replicaId: 7 },
    unknownTaggedFields: [{ tag: 2, data: Uint8Array.of(0xaa) }],
  };
  const hex = hexOf((w) => encodeFetchRequest(w, message, 15));
  assert.equal(
    hex.slice(-46),
    '03' + '00' + '02' + '0263' + '01' + '0d' + '00000007ffffffffffffffff00' + '02' + '01' + 'aa',
  );
  const decoded = decodeFetchRequest(new Reader(Buffer.from(hex, 'hex')), 15);
  assert.equal(decoded.clusterId, 'c');
  assert.deepEqual(decoded.replicaState, { replicaId: 7, replicaEpoch: -1n, unknownTaggedFields: [] });
  assert.equal(decoded.unknownTaggedFields[0]!.tag, 2);
  assert.equal(hexOf((w) => encodeFetchRequest(w, {}, 15)).endsWith('00'), true);
  const clash = { unknownTaggedFields: [{ tag: 1, data: Uint8Array.of(1) }] };
  fails('bad-tag', () => encodeFetchRequest(new Writer(), clash, 15));
});

test('a tagged field must be as long as it says, and belong to the version', () => {
  const flexible = `${'00'.repeat(12)}7fffffff0000000000ffffffff010101`;
  const read = (tags: string, version = 12) =>
    decodeFetchRequest(new Reader(Buffer.from(flexible + tags, 'hex')), version);
  assert.equal(read('01' + '00' + '02' + '0263').clusterId, 'c');
  fails('bad-tag', () => read('01' + '00' + '03' + '0263' + '00'));
  fails('bad-tag', () => read('01' + '01' + '0d' + '00000007ffffffffffffffff00'));
  fails('truncated', () => read('01' + '00' + '7f' + '0263'));
});

test('tags whose numbers do not follow the fields come in the order of numbers', () => {
  const value = { nextProducerEpoch: 4, clientTransactionVersion: 2, transactionPartitions: null };
  const hex = hexOf((w) => encodeTransactionLogValue(w, value, 1));
  assert.equal(hex.slice(-18), '02' + '02' + '02' + '0002' + '03' + '02' + '0004');
  assert.equal(decodeTransactionLogValue(new Reader(Buffer.from(hex, 'hex')), 1).nextProducerEpoch, 4);
  fails('field-not-in-version', () => encodeTransactionLogValue(new Writer(), value, 0));
});

test('a null struct as tagged field is a 0, as Kafka writes it', () => {
  const hex = hexOf((w) => encodeConsumerGroupMemberMetadataValue(w, { classicMemberMetadata: null }, 0));
  assert.equal(hex, '010101010101ffffffff0101000100');
  const decoded = decodeConsumerGroupMemberMetadataValue(new Reader(Buffer.from(hex, 'hex')), 0);
  assert.equal(decoded.classicMemberMetadata, null);
  const set = { classicMemberMetadata: { sessionTimeoutMs: 5 } };
  assert.equal(
    hexOf((w) => encodeConsumerGroupMemberMetadataValue(w, set, 0)),
    '010101010101ffffffff0101000701000000050100',
  );
});

test('the client id in a flexible header is not compact', () => {
  const header = { requestApiKey: 18, requestApiVersion: 3, correlationId: 1, clientId: 'ab' };
  const hex = hexOf((w) => encodeRequestHeader(w, header, 2));
  assert.equal(hex, '0012000300000001' + '00026162' + '00');
  assert.equal(decodeRequestHeader(new Reader(Buffer.from(hex, 'hex')), 2).clientId, 'ab');
});

test('bytes and strings are read from shared memory, bytes as views of it', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(64));
  const writer = new Writer(shared);
  encodeFetchRequest(writer, { rackId: 'zürich', unknownTaggedFields: [{ tag: 9, data: Uint8Array.of(1, 2) }] }, 13);
  const decoded = decodeFetchRequest(new Reader(shared, 0, writer.sizeBytes), 13);
  assert.equal(decoded.rackId, 'zürich');
  assert.equal(decoded.unknownTaggedFields[0]!.data.buffer, shared.buffer);
});
