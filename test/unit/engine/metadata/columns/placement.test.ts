import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shardOf, topicNameHash, topicNameHashOfString } from '#engine/metadata/columns/placement.ts';

test('the hash is MurmurHash3, the same for bytes anywhere and for a string', () => {
  // Published values of MurmurHash3_x86_32 with seed 0.
  const known: readonly (readonly [string, number])[] = [
    ['', 0],
    ['test', 0xba6bd213],
    ['Hello, world!', 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ];
  for (const [text, expected] of known) {
    assert.equal(topicNameHashOfString(text) >>> 0, expected, text);
    assert.equal(topicNameHash(Buffer.from(`--${text}--`), 2, text.length) >>> 0, expected, text);
  }
});

test('the partitions of a topic go round over the shards', () => {
  const hash = topicNameHashOfString('orders');
  const first = shardOf(hash, 0, 4);
  const shards = Array.from({ length: 8 }, (_, partition) => shardOf(hash, partition, 4));
  assert.deepEqual(
    shards,
    [0, 1, 2, 3, 0, 1, 2, 3].map((i) => (first + i) % 4),
  );
  assert.ok([1, 2, 3, 5, 7].every((n) => shardOf(-1, 1_000_000, n) >= 0 && shardOf(-1, 1_000_000, n) < n));
});

test('topics spread over the shards', () => {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) counts[shardOf(topicNameHashOfString(`topic-${i}`), 0, 4)]++;
  assert.ok(
    counts.every((n) => n > 800 && n < 1200),
    String(counts),
  );
});
