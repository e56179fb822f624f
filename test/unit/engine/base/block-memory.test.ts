import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockMemory } from '#engine/base/block-memory.ts';

test('pieces are zero, as long as asked for, and none lies in another', () => {
  const memory = new BlockMemory();
  const pieces: Uint8Array[] = [];
  for (let i = 1; i <= 300; i++) {
    const bytes = (i * 37) % 700;
    const piece = memory.take(bytes);
    assert.equal(piece.length, bytes);
    assert.ok(
      piece.every((byte) => byte === 0),
      `piece ${i}`,
    );
    pieces.push(piece.fill(i & 0xff));
  }
  for (const [index, piece] of pieces.entries()) assert.ok(piece.every((byte) => byte === ((index + 1) & 0xff)));
  assert.equal(memory.take(100_000).length, 100_000);
});
