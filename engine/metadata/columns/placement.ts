import type { ThreadIndex } from '../../base/brands.ts';

/**
 * MurmurHash3 (32 bit, seed 0) of a topic name's bytes, as a signed int32. It is in shared rows and decides placement,
 * but lives no longer than the process: nothing on disk or on the wire depends on it.
 */
export function topicNameHash(bytes: Uint8Array, at: number, length: number): number {
  let hash = 0;
  let i = at;
  for (const end = at + (length & ~3); i < end; i += 4) {
    hash = mixBlock(hash, bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
  }
  let rest = 0;
  for (let k = (length & 3) - 1; k >= 0; k--) rest = (rest << 8) | bytes[i + k];
  return finish(hash, rest, length);
}

/** The same for a name of ASCII characters, which every legal topic name is. */
export function topicNameHashOfString(name: string): number {
  const length = name.length;
  let hash = 0;
  let i = 0;
  for (const end = length & ~3; i < end; i += 4) {
    const block =
      (name.charCodeAt(i) & 0xff) |
      ((name.charCodeAt(i + 1) & 0xff) << 8) |
      ((name.charCodeAt(i + 2) & 0xff) << 16) |
      ((name.charCodeAt(i + 3) & 0xff) << 24);
    hash = mixBlock(hash, block);
  }
  let rest = 0;
  for (let k = (length & 3) - 1; k >= 0; k--) rest = (rest << 8) | (name.charCodeAt(i + k) & 0xff);
  return finish(hash, rest, length);
}

/** The shard that owns a partition: fixed while the process runs. */
export function shardOf(nameHash: number, partition: number, shardCount: number): ThreadIndex {
  return ((nameHash >>> 0) + partition) % shardCount;
}

function mixBlock(hash: number, block: number): number {
  let k = Math.imul(block, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const mixed = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, rest: number, length: number): number {
  let k = Math.imul(rest, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593) ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
