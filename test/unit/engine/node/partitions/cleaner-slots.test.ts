import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CleanerSlots } from '../../../../../engine/node/partitions/cleaner-slots.ts';

test('all shards together hold as many slots as there are threads, and those of a dead one are free again', () => {
  const buffer = CleanerSlots.allocate();
  const [first, second] = [0, 1].map((shard) => new CleanerSlots(buffer, shard)) as [CleanerSlots, CleanerSlots];
  const taken = [first.take(3), second.take(3), first.take(3)];
  assert.deepEqual([...taken].sort(), [0, 1, 2]);
  assert.equal(second.take(3), -1);
  second.giveBack(taken[0]!);
  assert.equal(second.take(3), -1, 'nobody gives back what another holds');
  second.giveBack(taken[1]!);
  assert.equal(second.take(3), taken[1]);
  CleanerSlots.forget(buffer, 0);
  assert.deepEqual([second.take(3), second.take(3), second.take(3)].sort(), [-1, 0, 2]);
  assert.equal(first.take(0), -1);
});
