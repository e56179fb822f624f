import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zeroUuid } from '#engine/base/brands.ts';
import type { CommittedOffset, OffsetRecord } from '#engine/groups/group-records.ts';
import { OffsetStore } from '#engine/groups/offset-store.ts';

function committed(offset: bigint): CommittedOffset {
  return {
    offset,
    leaderEpoch: -1,
    metadata: '',
    commitTimestampMs: 1,
    expireTimestampMs: -1,
    topicId: zeroUuid,
  };
}

function record(partition: number, offset: bigint | null): OffsetRecord {
  const value = offset === null ? null : committed(offset);
  return { kind: 'offset', groupId: 'g', topic: 't', partition, value };
}

test('offsets of a transaction count when it is committed, unless a later one was committed besides', () => {
  const store = new OffsetStore();
  store.replay(record(0, 1n), 0, null);
  store.replay(record(0, 2n), 1, 7n);
  store.replay(record(1, 5n), 2, 7n);
  store.replay(record(1, 9n), 3, null);
  store.replay(record(2, 3n), 4, 8n);
  assert.deepEqual(
    [0, 1, 2, 3].map((partition) => store.isUnstable('g', 't', partition)),
    [true, true, true, false],
  );
  assert.equal(store.hasPending('g'), true);
  assert.equal(store.get('g', 't', 0)?.offset, 1n);
  store.endTransaction(7n, true);
  store.endTransaction(8n, false);
  assert.deepEqual(
    [0, 1, 2].map((partition) => store.get('g', 't', partition)?.offset),
    [2n, 9n, undefined],
  );
  assert.equal(store.hasPending('g'), false);
  assert.equal(store.isUnstable('g', 't', 0), false);
});

test('a tombstone takes what a transaction would commit with it', () => {
  const store = new OffsetStore();
  store.replay(record(0, 1n), 0, null);
  store.replay(record(0, 2n), 1, 7n);
  store.replay(record(0, null), 2, null);
  store.endTransaction(7n, true);
  assert.equal(store.get('g', 't', 0), undefined);
  assert.equal(store.ofGroup('g').size, 0);
});

test('what is handed to the log is seen by those who delete, and by nobody else', () => {
  const store = new OffsetStore();
  const [first, second, gone] = [record(0, 1n), record(0, 2n), record(0, null)];
  store.handedOver([first]);
  store.handedOver([second]);
  assert.deepEqual([store.get('g', 't', 0), store.hasWritten('g', 't', 0)], [undefined, true]);
  assert.deepEqual(store.written('g'), [['t', 0, second.value]]);
  assert.deepEqual([...store.groupsWith(new Set(['t', 'u']))], ['g']);
  assert.deepEqual([...store.groupsWith(new Set(['u']))], []);
  store.decided([first]);
  store.replay(first, 0, null);
  assert.deepEqual(store.written('g'), [['t', 0, second.value]]);
  store.handedOver([gone]);
  assert.equal(store.hasWritten('g', 't', 0), false);
  assert.deepEqual(store.written('g'), []);
  // The last two failed: the first one stands.
  store.decided([second]);
  store.decided([gone]);
  assert.equal(store.hasWritten('g', 't', 0), true);
  assert.equal(store.get('g', 't', 0)?.offset, 1n);
});
