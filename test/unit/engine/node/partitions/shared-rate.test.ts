import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeQuota } from '#engine/node/partitions/replication-quotas.ts';
import { SharedRate } from '#engine/node/partitions/shared-rate.ts';

const windows = SharedRate.windows(3, 1);

test('the rate is over the time since the oldest window that counts, and at least over one window', () => {
  let nowMs = 5000;
  const rate = new SharedRate(SharedRate.allocate(1, windows), 0, () => nowMs);
  assert.equal(rate.bytesPerSecond(), 0);
  rate.record(300);
  assert.equal(rate.bytesPerSecond(), 300);
  nowMs += 500;
  assert.equal(rate.bytesPerSecond(), 300);
  rate.record(300);
  nowMs += 1500;
  assert.equal(rate.bytesPerSecond(), 300);
  rate.record(900);
  assert.equal(rate.bytesPerSecond(), 750);
  nowMs += 1000;
  assert.equal(rate.bytesPerSecond(), 900, 'the first window is too old');
  nowMs += 2000;
  assert.equal(rate.bytesPerSecond(), 0);
});

test('all shards count for one rate, and one that is started again goes on where its predecessor was', () => {
  let nowMs = 0;
  const description = SharedRate.allocate(2, windows);
  const [first, second] = [0, 1].map((shard) => new SharedRate(description, shard, () => nowMs)) as [
    SharedRate,
    SharedRate,
  ];
  first.record(100);
  nowMs = 1000;
  first.record(100);
  second.record(200);
  nowMs = 2000;
  for (const rate of [first, second]) assert.equal(rate.bytesPerSecond(), 200);
  const successor = new SharedRate(description, 0, () => nowMs);
  successor.record(200);
  assert.equal(second.bytesPerSecond(), 300);
  for (let turn = 0; turn < 20; turn++) {
    nowMs += 1000;
    successor.record(50);
    second.record(50);
  }
  assert.equal(first.bytesPerSecond(), 150, 'three windows of both, over the two seconds that have passed');
});

test('very many windows are kept as fewer and longer ones', () => {
  const many = SharedRate.windows(2 ** 31 - 1, 2);
  assert.ok(many.count <= 1024);
  assert.equal(many.count * many.windowMs, (2 ** 31 - 1) * 2000);
});

test('a quota is exceeded by whoever moved the bytes, and the bound may change', () => {
  let bound = Number.POSITIVE_INFINITY;
  const description = SharedRate.allocate(2, windows);
  const [first, second] = [0, 1].map(
    (shard) =>
      new NodeQuota(
        description,
        shard,
        () => 0,
        () => bound,
      ),
  ) as [NodeQuota, NodeQuota];
  first.record(1000);
  assert.equal(second.isExceeded(), false);
  bound = 1000;
  assert.equal(second.isExceeded(), false, 'what is bounded may be used up');
  second.record(1);
  assert.equal(first.isExceeded(), true);
  bound = 2000;
  assert.equal(first.isExceeded(), false);
});
