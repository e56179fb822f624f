import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyHash } from '../../../../../engine/log/compaction/key-hash.ts';
import { OffsetMap } from '../../../../../engine/log/compaction/offset-map.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';

const hashKey = Uint32Array.of(0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function hexOf(hash: KeyHash): string {
  return Buffer.from(hash.words.buffer).toString('hex');
}

test('keys are hashed as SipHash-2-4-128 says', () => {
  const hash = new KeyHash(hashKey);
  const input = Uint8Array.from({ length: 64 }, (_, index) => index);
  // From the vectors of the reference implementation: the first bytes of 0, 1, 2, …
  const expected: readonly (readonly [number, string])[] = [
    [0, 'a3817f04ba25a8e66df67214c7550293'],
    [1, 'da87c1d86b99af44347659119b22fc45'],
    [8, '3b62a9ba6258f5610f83e264f31497b4'],
    [15, '5493e99933b0a8117e08ec0f97cfc3d9'],
    [63, '5150d1772f50834a503e069a973fbd7c'],
  ];
  for (const [length, hex] of expected) {
    hash.hash(input, 0, length);
    assert.equal(hexOf(hash), hex, `${length} bytes`);
  }
});

test('a hash depends on every byte, wherever the key lies, and on the key of the hash', () => {
  const hash = new KeyHash(hashKey);
  const other = new KeyHash(Uint32Array.of(1, 2, 3, 4));
  const seen = new Set<string>();
  for (let length = 0; length < 40; length++) {
    const bytes = new Uint8Array(length + 6);
    hash.hash(bytes, 3, length);
    const plain = hexOf(hash);
    bytes[2] = bytes[length + 3] = 0xff;
    hash.hash(bytes, 3, length);
    assert.equal(hexOf(hash), plain);
    seen.add(plain);
    other.hash(bytes, 3, length);
    seen.add(hexOf(other));
    for (let at = 0; at < length; at++) {
      bytes[3 + at] = 0x80;
      hash.hash(bytes, 3, length);
      seen.add(hexOf(hash));
      bytes[3 + at] = 0;
    }
  }
  assert.equal(seen.size, 2 * 40 + (40 * 39) / 2);
});

test('the map holds the newest offset of each key, up to its load factor', () => {
  const random = new SeededRandom(7);
  const map = new OffsetMap(1000, 24 * 100, 0.9, hashKey);
  const naive = new Map<string, number>();
  let offset = 0;
  for (; ; offset++) {
    const key = `key ${random.below(400)}`;
    const bytes = bytesOf(`..${key}`);
    if (!map.put(bytes, 2, key.length, offset)) break;
    naive.set(key, offset);
  }
  assert.equal(map.slots, 100);
  assert.equal(map.size, 90);
  assert.equal(naive.size, 90);
  for (let key = 0; key < 400; key++) {
    const text = `key ${key}`;
    assert.equal(map.get(bytesOf(text), 0, text.length), naive.get(text) ?? -1);
  }
});

test('a map takes no more memory than its keys can need', () => {
  assert.ok(new OffsetMap(10, 128 << 20, 0.9, hashKey).slots < 20);
  assert.ok(new OffsetMap(0, 128 << 20, 0.9, hashKey).put(bytesOf('a'), 0, 1, 0));
});
