import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeLeaderChangeMessage } from '../../../../../engine/protocol/generated/leader-change-message.js';
import { BatchBuilder } from '../../../../../engine/protocol/records/batch-builder.ts';
import * as view from '../../../../../engine/protocol/records/batch-view.ts';
import { controlRecordType, endTxnMarkerValue } from '../../../../../engine/protocol/records/control-records.ts';
import { RecordCursor } from '../../../../../engine/protocol/records/record-cursor.ts';
import { Writer } from '../../../../../engine/protocol/writer.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import { requireApacheKafka } from '../../../../support/apache-kafka.ts';
import fc from '../../../../support/fast-check.ts';
import { askJava, type JavaRequest } from '../../../../support/java-batches.ts';
import {
  builderWith,
  forJava,
  plainRecords,
  type SampleRecord,
  sampleRecords,
  utf8,
} from '../../../../support/record-samples.ts';

test('what is appended is walked', () => {
  fc.assert(
    fc.property(sampleRecords, fc.integer({ min: 0, max: 2 ** 50 }), (records, baseOffset) => {
      const batch = builderWith(records, { baseOffset }).build(checksum);
      assert(view.isIntactBatch(batch, 0, batch.length, checksum));
      assert.equal(view.batchRecordCount(batch, 0), records.length);
      assert.equal(view.batchLastOffset(batch, 0), baseOffset + records.length - 1);
      assert.equal(view.batchMaxTimestamp(batch, 0), Math.max(...records.map((record) => record.timestampMs)));
      assert.deepEqual(walk(batch), records);
    }),
  );
});

test('the bytes are those that Apache Kafka writes', async (t) => {
  if (!requireApacheKafka(t)) return;
  const cases: { request: JavaRequest; ours: Uint8Array }[] = [];
  const add = (records: readonly SampleRecord[], options: Record<string, number | boolean> = {}) => {
    const { producerId, ...others } = options;
    const ours = builderWith(records, {
      ...others,
      ...(producerId === undefined ? {} : { producerId: BigInt(producerId) }),
    }).build(checksum);
    cases.push({ request: { op: 'build', ...options, records: forJava(records) }, ours });
  };
  add(plainRecords(1));
  add(plainRecords(300, 200));
  add(plainRecords(3), { baseOffset: 7_000_000_000, partitionLeaderEpoch: 12 });
  add(plainRecords(3), { producerId: 2 ** 40 + 5, producerEpoch: 3, baseSequence: 99 });
  add(plainRecords(3), { producerId: 1, producerEpoch: 0, baseSequence: 0, isTransactional: true });
  add(plainRecords(3), { logAppendTimeMs: 1_800_000_000_123 });
  for (const records of fc.sample(sampleRecords, { numRuns: 40, seed: 42 })) add(records);
  const answers = await askJava(cases.map(({ request }) => request));
  cases.forEach(({ ours }, index) => {
    assert.equal(Buffer.from(ours).toString('base64'), answers[index].batch, `case ${index}`);
  });
});

test('a transaction marker is the one that Apache Kafka writes', async (t) => {
  if (!requireApacheKafka(t)) return;
  const options = { baseOffset: 55, partitionLeaderEpoch: 4, producerEpoch: 6 };
  const requests = [true, false].map((commit) => {
    return {
      op: 'marker',
      commit,
      ...options,
      timestampMs: 1_700_000_000_000,
      producerId: 77,
      coordinatorEpoch: 9,
    } as const;
  });
  const answers = await askJava(requests);
  requests.forEach(({ commit, timestampMs, coordinatorEpoch }, index) => {
    const batch = new BatchBuilder({ ...options, producerId: 77n, isControl: true, isTransactional: true })
      .appendControl(
        timestampMs,
        commit ? controlRecordType.commit : controlRecordType.abort,
        endTxnMarkerValue(coordinatorEpoch),
      )
      .build(checksum);
    assert.equal(Buffer.from(batch).toString('base64'), answers[index].batch);
  });
});

test('a leader change is the one that Apache Kafka writes', async (t) => {
  if (!requireApacheKafka(t)) return;
  const timestampMs = 1_700_000_000_000;
  const options = { baseOffset: 3, partitionLeaderEpoch: 8 };
  const leaderId = 2;
  const [answer] = await askJava([{ op: 'leaderChange', ...options, timestampMs, leaderId }]);
  const voters = [{ voterId: leaderId }];
  const writer = new Writer();
  encodeLeaderChangeMessage(writer, { version: 0, leaderId, voters, grantingVoters: voters }, 0);
  const batch = new BatchBuilder({ ...options, isControl: true })
    .appendControl(timestampMs, controlRecordType.leaderChange, writer.toBytes())
    .build(checksum);
  assert.equal(Buffer.from(batch).toString('base64'), answer.batch);
});

test('a control record needs a batch of control', () => {
  assert.throws(() => new BatchBuilder().appendControl(0, controlRecordType.commit, endTxnMarkerValue(0)), /control/);
  assert.throws(() => new BatchBuilder().build(checksum), /without records/);
});

test('a batch grows beyond its first buffer', () => {
  const builder = new BatchBuilder().append(1, null, new Uint8Array(10)).append(2, utf8('k'), new Uint8Array(100_000));
  const batch = builder.build(checksum);
  assert.equal(batch.length, builder.sizeBytes);
  assert.equal(view.batchSizeBytes(batch, 0), batch.length);
});

function walk(batch: Uint8Array): SampleRecord[] {
  const cursor = new RecordCursor();
  cursor.openBatch(batch, 0);
  const found: SampleRecord[] = [];
  while (cursor.next()) {
    const headers: { name: string; value: Uint8Array | null }[] = [];
    while (cursor.nextHeader()) {
      const name = cursor.bytes.subarray(cursor.headerKeyAt, cursor.headerKeyAt + cursor.headerKeyLength);
      const { headerValueAt: at, headerValueLength: length } = cursor;
      headers.push({
        name: new TextDecoder('utf-8', { ignoreBOM: true }).decode(name),
        value: length < 0 ? null : cursor.bytes.slice(at, at + length),
      });
    }
    assert.equal(cursor.offset - view.batchBaseOffset(batch, 0), found.length);
    found.push({ timestampMs: cursor.timestampMs, key: cursor.copyKey(), value: cursor.copyValue(), headers });
  }
  assert.equal(cursor.fault, null);
  return found;
}
