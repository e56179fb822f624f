import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  arenaLimitsFor,
  assertArenaLimits,
  assertLimits,
  assertRingLimits,
  ringLimitsFor,
} from '#engine/base/limits.ts';

const gib = 2 ** 30;

test('what is chosen for a node fits together, for any number of shards and any memory', () => {
  for (const shards of [1, 2, 3, 4, 5, 8, 16, 17, 32, 64]) {
    for (const memory of [gib / 2, gib, 8 * gib, 64 * gib, 1024 * gib]) {
      assertLimits(ringLimitsFor(shards), arenaLimitsFor(shards, memory));
    }
  }
});

test('arenas take in total 256 MB a shard, or an eighth of memory', () => {
  const total = (shards: number, memory: number) => {
    const { slabs, largestBytes } = arenaLimitsFor(shards, memory);
    return shards * slabs * largestBytes;
  };
  assert.equal(total(2, 64 * gib), 2 * 256 * 2 ** 20);
  assert.equal(total(2, 2 * gib), gib / 4);
  assert.equal(total(4, 2 * gib), gib / 4);
});

test('relations that do not hold are refused', () => {
  const ring = ringLimitsFor(2);
  assert.throws(() => assertRingLimits({ ...ring, credits: ring.slots / 2 }), /ring slots must cover/);
  assert.throws(() => assertRingLimits({ ...ring, slots: 3000 }), /power of two/);
  assert.throws(() => assertRingLimits({ ...ring, controlSlots: 0 }), /needs credits and control/);
  const arena = arenaLimitsFor(2, 8 * gib);
  assert.throws(() => assertArenaLimits({ ...arena, reservedSlabs: [arena.slabs] }), /leave some to share/);
  assert.throws(() => assertArenaLimits({ ...arena, largestBytes: 2 * 2 ** 20 }), /power of four/);
  assert.throws(() => assertArenaLimits({ ...arena, slabs: 257 }), /larger than a chunk ref/);
});
