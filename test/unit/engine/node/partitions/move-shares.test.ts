import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MoveShares } from '#engine/node/partitions/move-shares.ts';

test('shards that move share alike; one that died takes no part', () => {
  const buffer = MoveShares.allocate(3);
  const [one, two] = [new MoveShares(buffer, 0), new MoveShares(buffer, 1)];
  // Who asks is about to move.
  assert.equal(one.of(900), 900);
  one.setMoving(true);
  two.setMoving(true);
  assert.deepEqual([one.of(900), two.of(900)], [450, 450]);
  assert.equal(new MoveShares(buffer, 2).of(900), 300);
  MoveShares.forget(buffer, 1);
  assert.equal(one.of(900), 900);
  assert.equal(one.of(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
});
