import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zeroUuid } from '../../../../../engine/base/brands.ts';
import { createTopics } from '../../../../../engine/controller/apis/19-create-topics.ts';
import { deleteTopics } from '../../../../../engine/controller/apis/20-delete-topics.ts';
import { createPartitions } from '../../../../../engine/controller/apis/37-create-partitions.ts';
import { incrementalAlterConfigs } from '../../../../../engine/controller/apis/44-incremental-alter-configs.ts';
import { updateFeatures } from '../../../../../engine/controller/apis/57-update-features.ts';
import { allocateProducerIds } from '../../../../../engine/controller/apis/67-allocate-producer-ids.ts';
import { fenceBroker, unfenceBroker } from '../../../../../engine/controller/broker-lifecycle.ts';
import type { DecisionContext } from '../../../../../engine/controller/decision.ts';
import { PartitionChanger } from '../../../../../engine/controller/partition-changer.ts';
import { MetadataImage } from '../../../../../engine/metadata/image/metadata-image.ts';
import { type MetadataRecord, recordKey } from '../../../../../engine/metadata/metadata-record.ts';
import { loadMetadataRecordCodec } from '../../../../../engine/node/quorum/metadata-record-codec.ts';
import { Reader } from '../../../../../engine/protocol/reader.ts';
import { Writer } from '../../../../../engine/protocol/writer.ts';
import { DecisionFixture } from '../../../../support/controller-fixture.ts';
import { dumpCommitted, dumpWritten } from '../../../../support/dump-image.ts';
import fc from '../../../../support/fast-check.ts';

const names = ['a.b', 'a_b', 'c', 'd', '__consumer_offsets'];

/** Records of one random admin operation against the written state. */
function operate(context: DecisionContext, kind: number, pick: number): readonly MetadataRecord[] {
  const name = names[pick % names.length];
  const broker = context.image.broker(1);
  switch (kind % 7) {
    case 0: {
      const configs = pick % 2 === 0 ? [{ name: 'flush.ms', value: String(pick) }] : [];
      const topic = { name, numPartitions: 1 + (pick % 3), replicationFactor: 1, assignments: [], configs };
      return createTopics(context, { topics: [topic], timeoutMs: 1, validateOnly: false } as never).records;
    }
    case 1:
      return deleteTopics(context, { topics: [{ name, topicId: zeroUuid }], topicNames: [] } as never).records;
    case 2: {
      const topic = { name, count: 2 + (pick % 6), assignments: null };
      return createPartitions(context, { topics: [topic], timeoutMs: 1, validateOnly: false } as never).records;
    }
    case 3: {
      const configs = [{ name: 'retention.ms', configOperation: pick % 2, value: String(pick) }];
      const resources = [{ resourceType: 2, resourceName: name, configs }];
      return incrementalAlterConfigs(context, { resources, validateOnly: false } as never).records;
    }
    case 4: {
      const level = pick % 2;
      const update = { feature: 'group.version', maxVersionLevel: level, upgradeType: level === 1 ? 1 : 2 };
      return updateFeatures(context, { featureUpdates: [update], validateOnly: false } as never).records;
    }
    case 5:
      return allocateProducerIds(context, { brokerId: 1, brokerEpoch: 7n } as never).records;
    default: {
      const changer = new PartitionChanger(context);
      if (broker?.fenced === true) unfenceBroker(changer, broker);
      else if (broker !== undefined) fenceBroker(changer, broker);
      return changer.records;
    }
  }
}

const codec = await loadMetadataRecordCodec();

/** The record as it comes back from the log. */
function fromLog(record: MetadataRecord): MetadataRecord {
  const writer = new Writer();
  codec.encode(writer, record);
  return codec.decode(new Reader(writer.toBytes()));
}

/** The image that has exactly these records, all committed. */
function imageOf(records: readonly MetadataRecord[]): MetadataImage {
  const image = new MetadataImage();
  records.forEach((record, offset) => {
    image.replay(fromLog(record), offset);
  });
  image.commit(records.length, 1, 0);
  return image;
}

function loaded(snapshot: readonly MetadataRecord[], offset: number): MetadataImage {
  const image = new MetadataImage();
  image.beginSnapshot();
  for (const record of snapshot) image.replay(fromLog(record), offset - 1);
  image.endSnapshot(offset, 1, 0);
  return image;
}

function drain(records: Iterator<MetadataRecord>, into: MetadataRecord[], most = Number.POSITIVE_INFINITY): void {
  for (let i = 0; i < most; i++) {
    const next = records.next();
    if (next.done === true) return;
    into.push(next.value);
  }
}

const steps = fc.array(fc.tuple(fc.nat(9), fc.nat(1000)), { maxLength: 60 });

describe('metadata image', () => {
  it('is, committed and written, what its records say, whatever is dropped on the way', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const fixture = new DecisionFixture();
        const { image, records } = fixture;
        let committed = records.length;
        for (const [kind, pick] of script) {
          if (kind === 7) {
            committed += pick % (records.length - committed + 1);
            image.commit(committed, 1, 0);
          } else if (kind === 8) {
            image.drop();
            records.length = committed;
          } else {
            for (const record of operate(fixture.context(7), kind, pick)) {
              image.replay(record, records.length);
              records.push(record);
            }
          }
          assert.deepEqual(dumpWritten(image), dumpCommitted(imageOf(records)));
          assert.deepEqual(dumpCommitted(image), dumpCommitted(imageOf(records.slice(0, committed))));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives an equal image by its snapshot, drawn slowly while changes go on', () => {
    fc.assert(
      fc.property(steps, fc.nat(30), fc.integer({ min: 1, max: 5 }), (script, startAt, slice) => {
        const fixture = new DecisionFixture();
        const { image, records } = fixture;
        let drawing: Iterator<MetadataRecord> | null = null;
        let expected: object | null = null;
        let offset = 0;
        const snapshot: MetadataRecord[] = [];
        script.forEach(([kind, pick], i) => {
          if (i === startAt) {
            drawing = image.snapshotRecords();
            expected = dumpCommitted(image);
            offset = records.length;
          }
          fixture.apply(operate(fixture.context(7), kind, pick));
          if (drawing !== null) drain(drawing, snapshot, slice);
        });
        if (drawing === null) {
          drawing = image.snapshotRecords();
          expected = dumpCommitted(image);
          offset = records.length;
        }
        drain(drawing, snapshot);
        assert.deepEqual(dumpCommitted(loaded(snapshot, offset)), expected);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps what it does not understand in full, and forgets what is revoked', () => {
    const acl = {
      id: 'kkaMJXXRSg282wqUKvZ73A',
      resourceType: 2,
      resourceName: 'a',
      patternType: 3,
      principal: 'User:x',
      host: '*',
      operation: 3,
      permissionType: 3,
    };
    const quota = { entity: [{ entityType: 'user', entityName: null }], key: 'x', value: 1, remove: false };
    const entry = { apiKey: recordKey.accessControlEntry, version: 0, message: acl };
    const limit = { apiKey: recordKey.clientQuota, version: 0, message: quota };
    const image = imageOf([entry, limit]);
    const kept: MetadataRecord[] = [];
    drain(image.snapshotRecords(), kept);
    assert.deepEqual(kept, [fromLog(entry), fromLog(limit)]);
    image.replay({ apiKey: recordKey.removeAccessControlEntry, version: 0, message: { id: acl.id } }, 2);
    image.replay({ apiKey: recordKey.clientQuota, version: 0, message: { ...quota, remove: true } }, 3);
    image.commit(4, 1, 0);
    const rest: MetadataRecord[] = [];
    drain(image.snapshotRecords(), rest);
    assert.deepEqual(rest, []);
  });

  it('commits a transaction of the log at its end, or not at all', () => {
    const level = (name: string, featureLevel: number) => ({
      apiKey: recordKey.featureLevel,
      version: 0,
      message: { name, featureLevel },
    });
    const image = new MetadataImage();
    image.replay(level('metadata.version', 30), 0);
    image.replay({ apiKey: recordKey.beginTransaction, version: 0, message: { name: 't' } }, 1);
    image.replay(level('group.version', 1), 2);
    image.commit(3, 1, 0);
    assert.equal(image.inTransaction, true);
    assert.deepEqual([...image.committed.features], [['metadata.version', 30]]);
    image.replay({ apiKey: recordKey.abortTransaction, version: 0, message: { reason: null } }, 3);
    image.replay(level('share.version', 1), 4);
    image.commit(5, 1, 0);
    assert.deepEqual(
      [...image.committed.features],
      [
        ['metadata.version', 30],
        ['share.version', 1],
      ],
    );
    image.replay({ apiKey: recordKey.beginTransaction, version: 0, message: { name: 't' } }, 5);
    image.replay(level('group.version', 1), 6);
    image.replay({ apiKey: recordKey.endTransaction, version: 0, message: {} }, 7);
    image.commit(8, 1, 0);
    assert.equal(image.committed.features.get('group.version'), 1);
    assert.equal(image.committed.offset, 7);
    // A leader that resigns within a transaction keeps the part of it that is committed to the log.
    image.replay({ apiKey: recordKey.beginTransaction, version: 0, message: { name: 't' } }, 8);
    image.replay(level('streams.version', 1), 9);
    image.commit(10, 1, 0);
    image.replay(level('transaction.version', 2), 10);
    image.drop();
    assert.deepEqual(
      [image.written.featureLevel('streams.version'), image.written.featureLevel('transaction.version')],
      [1, 0],
    );
    image.replay({ apiKey: recordKey.endTransaction, version: 0, message: {} }, 10);
    image.commit(11, 2, 0);
    assert.deepEqual(
      [image.committed.features.get('streams.version'), image.committed.features.get('transaction.version')],
      [1, undefined],
    );
  });

  it('tells a snapshot from what was there before', () => {
    const before = new DecisionFixture();
    before.apply(operate(before.context(7), 0, 0));
    before.apply(operate(before.context(7), 0, 2));
    const after = new DecisionFixture(8);
    after.apply(operate(after.context(7), 0, 2));
    after.apply(operate(after.context(7), 0, 3));
    const snapshot: MetadataRecord[] = [];
    drain(after.image.snapshotRecords(), snapshot);
    before.image.beginSnapshot();
    for (const record of snapshot) before.image.replay(record, 40);
    const changes = before.image.endSnapshot(41, 2, 0);
    assert.deepEqual(dumpCommitted(before.image), dumpCommitted(after.image));
    assert.equal(changes.imageOffset, 40);
    const names = (topics: Iterable<{ readonly name: string }>) => [...topics].map(({ name }) => name).sort();
    assert.deepEqual(names([...changes.removedTopics.values()].map(({ topic }) => topic)), ['a.b', 'c']);
    assert.deepEqual(names(changes.createdTopics.values()), ['c', 'd']);
    assert.deepEqual([...changes.changedPartitions.keys()].sort(), [...changes.createdTopics.keys()].sort());
  });
});
