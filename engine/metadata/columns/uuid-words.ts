import type { Uuid } from '../../base/brands.ts';
import { uuidFromBytes, uuidToBytes } from '../../protocol/uuid.ts';

/** A uuid as four int32 of a shared row: the first byte is the top of the first word. */
const scratch = new Uint8Array(16);

export function wordOf(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

export function uuidOfWords(words: Int32Array, at: number): Uuid {
  for (let i = 0; i < 16; i++) scratch[i] = words[at + (i >> 2)] >>> (24 - 8 * (i & 3));
  return uuidFromBytes(scratch, 0);
}

/** The uuid's bytes, valid until the next call. Throws for text that is no uuid. */
export function bytesOfUuid(uuid: Uuid): Uint8Array {
  uuidToBytes(uuid, scratch, 0);
  return scratch;
}

/** Ids are random; the type bits of a version 4 uuid are in the second and third word. */
export function idHash(first: number, last: number): number {
  return first ^ last;
}
